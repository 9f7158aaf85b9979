"""Reading for the county: how far, what is overdue, township by township.

Every function that takes elections wants them with summaries of today, and asks the database once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from elections.models import Area, Election
from elections.permissions import Actor
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.wording import cn_date, share
from elections.selectors.counts import counts
from elections.selectors.current import TOWNSHIP
from office.screens.desk import registered_twice

AHEAD = timedelta(days=14)
NAMED = 8  # villages of a day, or with something overdue, that are named; the others stand behind a link


@dataclass
class Tally:
    """Counts of the villages of a township, or of all."""

    code: str = ""
    name: str = ""
    standings: Counter[str] = field(default_factory=Counter)
    in_stage: Counter[str] = field(default_factory=Counter)  # archived ones are not in any
    elected: int = 0
    overdue: int = 0  # deadlines
    overdue_villages: int = 0

    @property
    def all(self) -> int:
        return self.standings.total()

    @property
    def done(self) -> int:
        return self.standings[Standing.CLOSED]

    @property
    def stages(self) -> list[tuple[Stage, int]]:
        return [(stage, self.in_stage[stage]) for stage in Stage]

    def add(self, stage: str, standing: str, villages: int, overdue: int, overdue_villages: int) -> None:
        self.standings[standing] += villages
        if standing != Standing.CLOSED:
            self.in_stage[stage] += villages
        if stage == Stage.HANDOVER and standing in (Standing.ACTIVE, Standing.CLOSED):
            self.elected += villages
        self.overdue += overdue
        self.overdue_villages += overdue_villages


def by_township(elections: QuerySet[Election]) -> list[Tally]:
    """Return a tally for each township: a row of the stacked bar."""
    name = Subquery(Area.objects.filter(code=OuterRef("town")).values("name"))
    late = Count("pk", filter=Q(summary__overdue__gt=0))
    grouped = elections.order_by().annotate(town=TOWNSHIP).values("town", "stage", "standing")
    counted = grouped.annotate(n=Count("pk"), overdue=Sum("summary__overdue", default=0), late=late, name=name)
    found: dict[str, Tally] = {}
    for each in counted.order_by("town"):
        tally = found.setdefault(each["town"], Tally(each["town"], each["name"] or each["town"]))
        tally.add(each["stage"], each["standing"], each["n"], each["overdue"], each["late"])
    return list(found.values())


def total(townships: Iterable[Tally]) -> Tally:
    """Return all townships together."""
    whole = Tally()
    for each in townships:
        whole.standings += each.standings
        whole.in_stage += each.in_stage
        whole.elected += each.elected
        whole.overdue += each.overdue
        whole.overdue_villages += each.overdue_villages
    return whole


def counted(actor: Actor, rule: str) -> dict[str, int]:
    """``party``: villages whose Party organisation has finished its election; ``twice`` for who settles that."""
    done = Election.objects.filter(body=Body.PARTY, stage=Stage.HANDOVER)
    villages = actor.reaches(Area.objects.filter(pk__in=done.values("village")), "code", rule)
    return counts(party=villages, **registered_twice(actor))


def figures(whole: Tally, party: int) -> list[dict[str, Any]]:
    """Return the tiles, each with its definition and the list behind it."""
    villages = reverse("villages")
    suspended = whole.standings[Standing.SUSPENDED]
    late = f"{villages}?overdue=1"
    # fmt: off
    return [
        _figure("应换届村（社区）", whole.all, "个", "本县（本镇）本届应换届的村和社区", villages),
        _figure("党组织换届完成", party, "个", "党组织选举已进入移交环节的村（社区）", villages, whole.all),
        _figure("村（居）委会选举完成", whole.elected, "个", "村（居）民委员会选举已进入移交环节或已归档", f"{villages}?done=1", whole.all),
        _figure("逾期事项", whole.overdue, "项", "当前环节中已过时限还没有办结的事项", late, alert=whole.overdue > 0),
        _figure("暂缓", suspended, "个", "经批准暂缓换届的村（社区），不计入进度", f"{villages}?standing=suspended"),
        _figure("已归档", whole.done, "个", "档案齐全并完成归档的村（社区）", f"{villages}?standing=closed", whole.all),
    ]
    # fmt: on


def _figure(name: str, value: int, unit: str, definition: str, url: str, whole: int = 0, alert: bool = False) -> dict:
    return {
        "name": name, "value": value, "unit": unit, "definition": definition, "url": url, "whole": whole,
        "alert": "逾期" if alert else "",
    }  # fmt: skip


def sentence(townships: list[Tally], party: int, now: datetime) -> str:
    """Return the overview in one sentence, to be copied into a report (复制为文字)."""
    whole = total(townships)
    return (
        f"截至{cn_date(now.date())}{now.hour}时，{whole.all}个村（社区）中，已完成村党组织换届{party}个，"
        f"占{share(party, whole.all)}；已完成村（居）民委员会选举{whole.elected}个，"
        f"占{share(whole.elected, whole.all)}；"
        f"逾期事项{whole.overdue}项，涉及{sum(each.overdue > 0 for each in townships)}个乡镇（街道）。"
    )


class Village(NamedTuple):
    """A village with something overdue, or one that votes soon."""

    code: str
    name: str
    standing: str
    poll_day: date | None
    overdue: int
    next_label: str
    next_due: date | None


@dataclass(frozen=True)
class PollDay:
    """A day and the villages that vote on it, the first of them by name."""

    day: date
    count: int
    villages: list[Village]


def late_or_voting(elections: QuerySet[Election], today: date) -> tuple[list[Village], list[PollDay]]:
    """Return the first villages with something overdue; the days of the next fourteen on which somebody votes."""
    votes = Q(standing=Standing.ACTIVE, poll_day__range=(today, today + AHEAD))
    found = elections.filter(votes | Q(summary__overdue__gt=0)).values_list(
        "village_id", "village__name", "standing", "poll_day", "summary__overdue", "summary__next_label",
        "summary__next_due",
    )  # fmt: skip
    villages = [Village(*each) for each in found]
    return [each for each in villages if each.overdue][:NAMED], _poll_days(villages, today)


def _poll_days(villages: Iterable[Village], today: date) -> list[PollDay]:
    voting: dict[date, list[Village]] = {}
    for each in villages:
        if each.standing == Standing.ACTIVE and each.poll_day and today <= each.poll_day <= today + AHEAD:
            voting.setdefault(each.poll_day, []).append(each)
    return [PollDay(day, len(found), found[:NAMED]) for day, found in sorted(voting.items())]
