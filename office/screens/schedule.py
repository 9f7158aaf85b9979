"""Reading the deadlines of all villages in reach, grouped as people ask for them (screens §3.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from elections.models import Election, SummaryDeadline
from elections.rules.wording import cn_weekday_date, days_left

WEEK = timedelta(days=7)
FIRST = 10  # lines of a group before one asks for all of it
DAYS = 14  # days offered by themselves


@dataclass(frozen=True)
class Group:
    """逾期, 今天, 7天内 or 以后: the days from ``first`` to ``last``, both within; ``None`` is without an end."""

    key: str
    name: str
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Section:
    """The beginning of a group, with the number of all its lines."""

    group: Group
    count: int
    lines: list[SummaryDeadline]


def groups(today: date) -> tuple[Group, ...]:
    """The groups in order of date; together they hold every day."""
    day = timedelta(days=1)
    return (
        Group("overdue", "逾期", None, today - day),
        Group("today", "今天", today, today),
        Group("week", "7天内", today + day, today + WEEK),
        Group("later", "以后", today + WEEK + day, None),
    )


def lines(elections: QuerySet[Election], today: date) -> QuerySet[SummaryDeadline]:
    """What is still ahead, and what was missed in open tasks, in order of date."""
    mine = SummaryDeadline.objects.filter(summary__in=elections.order_by().values("pk"))
    shown = mine.filter(Q(latest__gte=today) | Q(open=True))
    return shown.select_related("summary__election__village").order_by("latest", "summary__election__village", "key")


def within(found: QuerySet[SummaryDeadline], group: Group) -> QuerySet[SummaryDeadline]:
    """The lines of one group."""
    if group.first is not None:
        found = found.filter(latest__gte=group.first)
    return found if group.last is None else found.filter(latest__lte=group.last)


def by_day(found: QuerySet[SummaryDeadline]) -> dict[date, int]:
    """How many lines each day has, in order."""
    return dict(found.order_by("latest").values_list("latest").annotate(n=Count("pk")))


def offered(days: dict[date, int], today: date) -> list[tuple[date, int]]:
    """The next days that have anything, to be asked for by themselves."""
    return [(day, n) for day, n in days.items() if day >= today][:DAYS]


def beginnings(found: QuerySet[SummaryDeadline], groups_: Iterable[Group], days: dict[date, int]) -> list[Section]:
    """The first lines of each group; groups without any are not asked for."""
    sections = []
    for group in groups_:
        count = sum(n for day, n in days.items() if group.holds(day))
        sections.append(Section(group, count, list(within(found, group)[:FIRST]) if count else []))
    return sections


def asked_for(groups_: Iterable[Group], asked: dict[str, Any]) -> Group | None:
    """The days that a filter asks for: one day, or one of the groups; ``None`` for all."""
    day = asked.get("day")
    if day:
        return Group("", cn_weekday_date(day), day, day)
    return next((each for each in groups_ if each.key == asked.get("group")), None)


def sheet(found: Iterable[SummaryDeadline], today: date) -> Iterator[list[object]]:
    """The same as rows of a spreadsheet, head first."""
    yield ["村（社区）", "事项", "时限", "还剩", "性质", "依据", "算法"]
    for each in found:
        yield [
            each.summary.election.village.name, each.label, each.latest, days_left(each.latest, today),
            each.get_kind_display(), each.cite, each.formula,
        ]  # fmt: skip
