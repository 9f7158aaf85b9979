"""Reading for the first screens: what waits for whom, how far every village is, what falls due.

Every function that takes elections wants them with summaries of today, and asks the database once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from elections.models import Election, Role, SummaryTask
from elections.permissions import TABLE, Actor, may_anywhere
from elections.rules import worklist
from elections.rules.kinds import Stage, Standing
from elections.rules.wording import days_left
from elections.selectors.counts import counts
from elections.selectors.current import Township
from elections.selectors.village import page_url
from elections.services.summaries import Row
from voters.models import Voter
from voters.selectors.duplicates import to_settle

OWNER_OF = {
    Role.TOWNSHIP: worklist.TOWNSHIP,
    Role.VILLAGE: worklist.VILLAGE,
    Role.COUNTY: worklist.COUNTY,
    Role.AUDITOR: worklist.AUDITOR,
}
STEP = "step."  # begins the names of the rules that permit one
SOON = timedelta(days=7)
DUE = ALL, OVERDUE, TODAY = "all", "overdue", "today"
WEEK_LINES = 20
NAMED = 3  # villages of a line that are named; the others are only counted


def waiting_for(actor: Actor, elections: QuerySet[Election]) -> QuerySet[SummaryTask]:
    """Return the open tasks that fall to this actor's offices and the steps they may now make, soonest first."""
    owners = {OWNER_OF[Role(role)] for role, _ in actor.posts if role in OWNER_OF}
    mine = Q(step="", owner__in=owners)
    for role, area in actor.posts:
        steps = [name.removeprefix(STEP) for name, rule in TABLE.items() if name.startswith(STEP) and role in rule.who]
        mine |= Q(step__in=steps, summary__election__village__code__startswith=area)
    found = _tasks(elections).filter(mine).select_related("summary__election__village")
    return found.order_by(F("due").asc(nulls_last=True), "summary__election__village", "place")


def _tasks(elections: QuerySet[Election]) -> QuerySet[SummaryTask]:
    return SummaryTask.objects.filter(summary__in=elections.order_by().values("pk"))


def counted(actor: Actor, waiting: QuerySet[SummaryTask], today: date) -> dict[str, int]:
    """Return how many tasks are behind each word of :func:`chosen_by_due`, and ``twice`` for who settles that."""
    by_due = {due: chosen_by_due(waiting, due, today) for due in DUE}
    return counts(**by_due, **registered_twice(actor))


def chosen_by_due(waiting: QuerySet[SummaryTask], chosen: str, today: date) -> QuerySet[SummaryTask]:
    """Keep only what is due ``today`` or ``overdue``; everything for any other word."""
    if chosen == TODAY:
        return waiting.filter(due=today)
    if chosen == OVERDUE:
        return waiting.filter(due__lt=today)
    return waiting


def as_lines(tasks: Iterable[SummaryTask]) -> list[dict[str, Any]]:
    """Return the tasks as ``_task_list.html`` takes them."""
    return [_line(task) for task in tasks]


def _line(task: SummaryTask) -> dict[str, Any]:
    village = task.summary.election.village
    url = page_url(task.page, village.code, task.body)
    return {
        "title": task.title, "place": village.name, "number": None, "url": url, "status": task.status,
        "word": "可以办理" if task.step else "", "missing": task.missing.splitlines(), "owner": task.owner,
        "due": task.due, "due_kind": task.due_kind, "due_source": task.due_source, "action": "去办理", "action_url": url,
    }  # fmt: skip


def progress(rows: Sequence[Row]) -> dict[str, int]:
    """Return the counts of the first screen."""
    standings = Counter(row.standing for row in rows)
    return {
        "all": len(rows),
        "done": standings[Standing.CLOSED],
        "doing": standings[Standing.ACTIVE],
        "suspended": standings[Standing.SUSPENDED],
        "overdue_villages": sum(bool(row.overdue) for row in rows),
    }


def registered_twice(actor: Actor) -> dict[str, QuerySet[Voter]]:
    """Return persons kept off a list because they stand on another village's: for the offices that settle it
    (VR-07)."""
    return {"twice": to_settle(actor, "roll.compare")} if may_anywhere(actor, "roll.compare") else {}


@dataclass(frozen=True)
class Due:
    """A deadline that falls due on one day in some villages, the first of them by name."""

    day: date
    title: str
    villages: int
    names: list[str]


def this_week(elections: QuerySet[Election], today: date) -> list[Due]:
    """Return what falls due from today on for seven days: one line more than ``WEEK_LINES`` when there are more."""
    same, in_order = [F("due"), F("title")], F("summary__election__village").asc()
    soon = _tasks(elections).filter(due__range=(today, today + SOON)).annotate(
        villages=Window(Count("pk"), partition_by=same),
        rank=Window(RowNumber(), partition_by=same, order_by=in_order),
    )  # fmt: skip
    values = ("due", "title", "villages", "summary__election__village__name")
    named = soon.filter(rank__lte=NAMED).order_by("due", "title", "rank").values_list(*values)
    found: dict[tuple[date, str], Due] = {}
    for day, title, villages, name in named[: (WEEK_LINES + 1) * NAMED]:
        found.setdefault((day, title), Due(day, title, villages, [])).names.append(name)
    return list(found.values())[: WEEK_LINES + 1]


def sheet(elections: QuerySet[Election], townships: Iterable[Township], today: date) -> Iterator[list[object]]:
    """Return the list of villages as rows of a spreadsheet, head first."""
    yield [
        "乡镇（街道）", "村（社区）", "代码", "环节", "状态", "选举日", "下一时限", "日期", "还剩", "逾期事项", "登记人数",
    ]  # fmt: skip
    names = {each.code: each.name for each in townships}
    for election in elections.select_related("village", "summary"):
        yield _sheet_row(election, names, today)


def _sheet_row(election: Election, names: dict[str, str], today: date) -> list[object]:
    village, summary = election.village, election.summary
    due = summary.next_due
    return [
        names.get(village.township_code, ""), village.name, village.code,
        Stage(election.stage).label, Standing(election.standing).label, election.poll_day or "",
        summary.next_label, due or "", days_left(due, today) if due else "",
        summary.overdue, summary.voters,
    ]  # fmt: skip
