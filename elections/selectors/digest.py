"""Working out what the lists show of villages, from the facts: the columns of a summary and the rows below it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import Any

from elections.models import Election, SummaryDeadline, SummaryTask
from elections.rules import worklist
from elections.rules.facts import Facts
from elections.rules.kinds import Body, Standing
from elections.rules.timetable.items import Item
from elections.selectors.facts import facts_for_many
from elections.selectors.neighbours import listed_counts
from elections.selectors.steps import open_steps
from elections.selectors.village import open_deadlines, task_values

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


def work_out(elections: Collection[Election], today: date) -> dict[int, Digest]:
    """Return the digests by election. A village that stands still has neither tasks nor deadlines."""
    still = {each.pk: each for each in elections if each.standing != Standing.ACTIVE}
    active = {each.pk: each for each in elections if each.pk not in still}
    voters, facts = listed_counts(still.values()), facts_for_many(active.values(), today)
    found = {pk: Digest(_columns(voters.get(pk, 0), [], today)) for pk in still}
    return found | {pk: _digest(each, facts[pk], today) for pk, each in active.items()}


def _digest(election: Election, facts: Facts, today: date) -> Digest:
    items = sorted(open_deadlines(election, facts).values(), key=lambda item: (item.latest, item.key))
    found = [task for task in task_values(election, election.stage, facts) if task["status"] not in ENDED]
    keys = {task["due_key"] for task in found}
    due = [item for item in items if item.key in keys]
    return Digest(
        _columns(facts.registration.listed, due, today),
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
    """Return the first forward step that nothing stands against, as a line before the tasks."""
    row = next((row for row, held in open_steps(election, facts) if not held), None)
    if row is None:
        return ()
    title = f"条件已满足：{row.label}"
    return (
        {
            "place": 0, "step": row.step, "title": title, "owner": worklist.TOWNSHIP, "page": "village",
            "body": Body.VILLAGERS_COMMITTEE.value, "status": "doing",
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
