"""Working out what the lists show of villages, from the facts: the columns of a summary and the rows below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

from elections import worklist
from elections.facts import Facts
from elections.kinds import Body, Standing
from elections.models import Election, SummaryDeadline, SummaryTask
from elections.selectors.facts import facts_for
from elections.selectors.steps import open_steps
from elections.selectors.village import deadlines, task_values
from elections.timetable import Item
from voters.selectors import listed_counts

ENDED = ("done", "blocked")  # a task with nothing to do now


@dataclass(frozen=True)
class Digest:
    """Values of the columns, of the open tasks and of the deadlines, by the names of the models' fields."""

    columns: dict[str, Any]
    tasks: tuple[dict[str, Any], ...] = ()
    deadlines: tuple[dict[str, Any], ...] = ()

    @cached_property
    def lines(self) -> str:
        """The fingerprint of the rows."""
        return blake2b(repr((self.tasks, self.deadlines)).encode(), digest_size=16).hexdigest()

    def task_models(self, summary_id: int) -> list[SummaryTask]:
        return [SummaryTask(summary_id=summary_id, **values) for values in self.tasks]

    def deadline_models(self, summary_id: int) -> list[SummaryDeadline]:
        return [SummaryDeadline(summary_id=summary_id, **values) for values in self.deadlines]


def work_out(elections: Iterable[Election], today: date) -> dict[int, Digest]:
    """The digests by election. A village that stands still has neither tasks nor deadlines."""
    elections = list(elections)
    voters = listed_counts(elections)
    facts = facts_for_many([each for each in elections if each.standing == Standing.ACTIVE], today)
    return {each.pk: _digest(each, facts.get(each.pk), voters.get(each.pk, 0), today) for each in elections}


def facts_for_many(elections: list[Election], today: date) -> dict[int, Facts]:
    return {each.pk: facts_for(each, today) for each in elections}


def _digest(election: Election, facts: Facts | None, voters: int, today: date) -> Digest:
    if facts is None:
        return Digest(_columns(voters, [], today))
    items = sorted(deadlines(election, facts).values(), key=lambda item: (item.latest, item.key))
    found = [task for task in task_values(election, election.stage, facts) if task["status"] not in ENDED]
    keys = {task["due_key"] for task in found}
    due = [item for item in items if item.key in keys]
    return Digest(
        _columns(voters, due, today),
        (*_ready(election, facts), *(_task(place, task) for place, task in enumerate(found, 1))),
        tuple(_deadline(item, item.key in keys) for item in items),
    )


def _columns(voters: int, due: list[Item], today: date) -> dict[str, Any]:
    """``due``: the deadlines of the open tasks, soonest first."""
    return {
        "voters": voters,
        "next_label": due[0].label if due else "",
        "next_due": due[0].latest if due else None,
        "overdue": sum(item.latest < today for item in due),
    }


def _ready(election: Election, facts: Facts) -> tuple[dict[str, Any], ...]:
    """The first forward step that nothing stands against, as a line before the tasks."""
    row = next((row for row, held in open_steps(election, facts) if not held), None)
    if row is None:
        return ()
    title = f"条件已满足：{row.label}"
    return (
        {
            "place": 0, "step": row.step, "title": title, "owner": worklist.TOWNSHIP, "page": "village",
            "body": Body.COMMITTEE.value, "status": "doing",
        },
    )  # fmt: skip


def _task(place: int, task: dict[str, Any]) -> dict[str, Any]:
    kept = ("title", "owner", "page", "body", "status", "due", "due_kind", "due_source")
    return {"place": place, "missing": "\n".join(task["missing"]), **{name: task[name] for name in kept}}


def _deadline(item: Item, open_: bool) -> dict[str, Any]:
    return {
        "key": item.key, "label": item.label, "kind": item.kind.value, "latest": item.latest, "cite": item.cite,
        "formula": item.formula, "open": open_,
    }  # fmt: skip
