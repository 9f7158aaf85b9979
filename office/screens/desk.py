"""Reading for the first screens: what waits for whom, how far every village is, what falls due."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from elections.models import Area, Election, Role
from elections.permissions import Actor, holds, role_reason
from elections.rules import timetable, worklist
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.wording import days_left
from elections.selectors.digest import Digest, digest_of
from voters.selectors import to_settle

OWNER_OF = {
    Role.TOWNSHIP: worklist.TOWNSHIP,
    Role.VILLAGE: worklist.VILLAGE,
    Role.COUNTY: worklist.COUNTY,
    Role.AUDITOR: worklist.AUDITOR,
}
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Row:
    """One village in a list: its committee's election, the next deadline, what is wrong."""

    election: Election
    digest: Digest
    today: date
    ready: str = ""  # label of a forward step with nothing against it, when it is this person's to make

    @property
    def village(self) -> Area:
        return self.election.village

    @property
    def voters(self) -> int:
        return self.digest.voters

    @property
    def tasks(self) -> list[dict[str, Any]]:
        return self.digest.tasks

    @property
    def due(self) -> list[timetable.Item]:
        """The deadlines of the tasks still to be done, soonest first."""
        return [item for item in self.digest.items if item.key in self.digest.open_keys]

    @property
    def next_item(self) -> timetable.Item | None:
        return self.due[0] if self.due else None

    @property
    def overdue(self) -> tuple[timetable.Item, ...]:
        return tuple(item for item in self.due if item.latest < self.today)


def elections_of(actor: Actor, rule: str) -> list[Election]:
    """The committee's elections in reach of this actor under ``rule``, newest cycle and attempt of each village."""
    reach = actor.reaches(Election.objects.filter(body=Body.COMMITTEE), "village_id", rule)
    found: dict[str, Election] = {}
    for each in reach.select_related("village", "cycle", "summary").order_by("cycle__starts_on", "attempt"):
        found[each.village_id] = each
    return [found[code] for code in sorted(found)]


def rows(actor: Actor, rule: str, today: date) -> list[Row]:
    """Every village in reach."""
    return [row_of(each, actor, today) for each in elections_of(actor, rule)]


def row_of(election: Election, actor: Actor, today: date) -> Row:
    """One village's row."""
    digest = digest_of(election, today)
    if digest.ready is None:
        return Row(election, digest, today)
    step, label = digest.ready
    mine = role_reason(actor, f"step.{step}", election.village_id) is None
    return Row(election, digest, today, label if mine else "")


def waiting_for(actor: Actor, rows_: list[Row]) -> list[dict[str, Any]]:
    """The open tasks that fall to this actor's offices, soonest first, and the steps he may now make."""
    owners = {OWNER_OF[Role(role)] for role, _ in actor.posts if role in OWNER_OF}
    found: list[dict[str, Any]] = []
    for row in rows_:
        if row.ready:
            found.append(_step_line(row))
        found += [
            task | {"place": row.village.name, "number": None}
            for task in row.tasks
            if task["owner"] in owners and task["status"] not in ("done", "blocked")
        ]
    return sorted(found, key=lambda task: (task["due"] is None, task["due"] or date.max))


def _step_line(row: Row) -> dict[str, Any]:
    url = reverse("village", args=[row.village.code])
    return {
        "title": f"条件已满足：{row.ready}", "place": row.village.name, "url": url, "status": "doing", "word": "可以办理",
        "missing": [], "owner": worklist.TOWNSHIP, "due": None, "action": "去办理", "action_url": url, "due_key": "",
    }  # fmt: skip


def progress(rows_: list[Row]) -> dict[str, Any]:
    """The counts of the first screens, each with the villages behind it."""
    standing = Counter(row.election.standing for row in rows_)
    active = [row for row in rows_ if row.election.standing == Standing.ACTIVE]
    overdue = [row for row in active if row.overdue]
    done = [row for row in rows_ if row.election.standing == Standing.CLOSED]
    return {
        "all": len(rows_),
        "done": len(done),
        "doing": len(active),
        "overdue": sum(len(row.overdue) for row in overdue),
        "overdue_villages": len(overdue),
        "suspended": standing[Standing.SUSPENDED],
        "annulled": standing[Standing.ANNULLED],
    }


def registered_twice(actor: Actor) -> int | None:
    """Persons kept off a list because they stand on another village's: for the offices that settle it (VR-07)."""
    return to_settle(actor, "roll.compare") if holds(actor, "roll.compare") else None


def chosen_by_due(waiting: list[dict[str, Any]], chosen: str, today: date) -> list[dict[str, Any]]:
    """Only what is due ``today`` or ``overdue``; everything for any other word."""
    if chosen == "today":
        return [task for task in waiting if task["due"] == today]
    if chosen == "overdue":
        return [task for task in waiting if task["due"] and task["due"] < today]
    return waiting


def this_week(rows_: list[Row], today: date) -> list[tuple[date, str, list[Area]]]:
    """What falls due from today on for seven days: day, label, villages."""
    found: dict[tuple[date, str], list[Area]] = {}
    for row in rows_:
        for task in row.tasks:
            if task["due"] and task["status"] not in ("done", "blocked") and today <= task["due"] <= today + SOON:
                found.setdefault((task["due"], task["title"]), []).append(row.village)
    return [(day, title, villages) for (day, title), villages in sorted(found.items(), key=lambda pair: pair[0])]


def townships_of(rows_: list[Row]) -> dict[str, str]:
    """Code → name of the townships that these villages belong to."""
    codes = {row.village.township_code for row in rows_}
    return dict(Area.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))


def sheet(rows_: list[Row], townships: dict[str, str], today: date) -> list[list[object]]:
    """The list of villages as rows of a spreadsheet, head first."""
    head: list[object] = [
        "乡镇（街道）",
        "村（社区）",
        "代码",
        "环节",
        "状态",
        "选举日",
        "下一时限",
        "日期",
        "还剩",
        "逾期事项",
        "登记人数",
    ]
    return [head, *(_sheet_row(row, townships, today) for row in rows_)]


def _sheet_row(row: Row, townships: dict[str, str], today: date) -> list[object]:
    election, item = row.election, row.next_item
    return [
        townships.get(row.village.township_code, ""), row.village.name, row.village.code,
        Stage(election.stage).label, Standing(election.standing).label, election.poll_day or "",
        item.label if item else "", item.latest if item else "", days_left(item.latest, today) if item else "",
        len(row.overdue), row.voters,
    ]  # fmt: skip
