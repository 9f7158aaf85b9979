"""Reading the deadlines of all villages in reach, grouped as people ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from elections.models import Election, SummaryDeadline
from elections.rules.wording import cn_weekday_date, days_left

WEEK = timedelta(days=7)
FIRST = 10  # lines of a group before one asks for all of it
ORDER = ("latest", "summary__election__village", "key")
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

    @property
    def lines(self) -> Q:
        """Which deadlines these are."""
        first = Q() if self.first is None else Q(latest__gte=self.first)
        return first if self.last is None else first & Q(latest__lte=self.last)


@dataclass(frozen=True)
class Section:
    """The beginning of a group, with the number of all its lines."""

    group: Group
    count: int
    lines: list[SummaryDeadline]


def groups(today: date) -> tuple[Group, ...]:
    """Return the groups in order of date; together they hold every day."""
    day = timedelta(days=1)
    return (
        Group("overdue", "逾期", None, today - day),
        Group("today", "今天", today, today),
        Group("week", "7天内", today + day, today + WEEK),
        Group("later", "以后", today + WEEK + day, None),
    )


def lines(elections: QuerySet[Election], today: date) -> QuerySet[SummaryDeadline]:
    """Return what is still ahead, and what was missed in open tasks, in order of date."""
    mine = SummaryDeadline.objects.filter(summary__in=elections.order_by().values("pk"))
    shown = mine.filter(Q(latest__gte=today) | Q(open=True))
    return shown.select_related("summary__election__village").order_by(*ORDER)


def within(found: QuerySet[SummaryDeadline], group: Group) -> QuerySet[SummaryDeadline]:
    """Return the lines of one group."""
    return found.filter(group.lines)


def by_day(found: QuerySet[SummaryDeadline]) -> dict[date, int]:
    """Return how many lines each day has, in order."""
    return dict(found.order_by("latest").values_list("latest").annotate(n=Count("pk")))


def offered(days: dict[date, int], today: date) -> list[tuple[date, int]]:
    """Return the next days that have anything, to be asked for by themselves."""
    return [(day, n) for day, n in days.items() if day >= today][:DAYS]


def beginnings(found: QuerySet[SummaryDeadline], groups_: Iterable[Group], days: dict[date, int]) -> list[Section]:
    """Return each group with its first lines; those of all groups in one statement."""
    key = Case(*(When(group.lines, then=Value(group.key)) for group in groups_))
    ranked = found.annotate(group=key, rank=Window(RowNumber(), partition_by="group", order_by=ORDER))
    lines_of: dict[str, list[SummaryDeadline]] = {}
    for line in ranked.filter(rank__lte=FIRST):
        lines_of.setdefault(line.group, []).append(line)
    return [
        Section(group, sum(n for day, n in days.items() if group.holds(day)), lines_of.get(group.key, []))
        for group in groups_
    ]


def chosen_group(groups_: Iterable[Group], asked: dict[str, Any]) -> Group | None:
    """Return the days that a filter asks for: one day, or one of the groups; ``None`` for all."""
    day = asked.get("day")
    if day:
        return Group("", cn_weekday_date(day), day, day)
    return next((each for each in groups_ if each.key == asked.get("group")), None)


def sheet(found: Iterable[SummaryDeadline], today: date) -> Iterator[list[object]]:
    """Return the same as rows of a spreadsheet, head first."""
    yield ["村（社区）", "事项", "时限", "还剩", "性质", "依据", "算法"]
    for each in found:
        yield [
            each.summary.election.village.name, each.label, each.latest, days_left(each.latest, today),
            each.get_kind_display(), each.cite, each.formula,
        ]  # fmt: skip
