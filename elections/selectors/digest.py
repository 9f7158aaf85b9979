"""What the lists show of one village: worked out from the facts, or read from the summary that the last act left."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from elections.models import Election, Summary
from elections.rules.kinds import Standing
from elections.rules.timetable import Item, Kind
from elections.selectors.facts import facts_for
from elections.selectors.neighbours import listed
from elections.selectors.steps import open_steps
from elections.selectors.village import deadlines, task_rows


@dataclass(frozen=True)
class Digest:
    """Tasks of the present stage, every deadline in order of date, the step that nothing stands against, N."""

    tasks: list[dict[str, Any]]
    items: list[Item]
    ready: tuple[str, str] | None  # step, label
    voters: int

    @property
    def open_keys(self) -> set[str]:
        """Keys of the deadlines that belong to a task still to be done."""
        return {task["due_key"] for task in self.tasks if task["status"] not in ("done", "blocked")}


def digest_of(election: Election, today: date) -> Digest:
    """The stored digest when it is of today and no act came after it; otherwise worked out now."""
    summary = getattr(election, "summary", None)
    if summary is not None and summary.day == today:
        return from_text(summary)
    return work_out(election, today)


def work_out(election: Election, today: date) -> Digest:
    """The digest from the facts. A village that stands still has neither tasks nor deadlines."""
    voters = listed(election).count()
    if election.standing != Standing.ACTIVE:
        return Digest([], [], None, voters)
    facts = facts_for(election, today)
    items = sorted(deadlines(election, facts).values(), key=lambda item: (item.latest, item.key))
    ready = next(((row.step, row.label) for row, held in open_steps(election, facts) if not held), None)
    return Digest(task_rows(election, election.stage, facts), items, ready, voters)


def as_values(digest: Digest) -> dict[str, Any]:
    """The fields of a :class:`Summary` that hold the digest."""
    return {
        "voters": digest.voters,
        "ready": json.dumps(digest.ready, ensure_ascii=False),
        "tasks": json.dumps(digest.tasks, ensure_ascii=False, default=str),
        "items": json.dumps([asdict(item) for item in digest.items], ensure_ascii=False, default=str),
    }


def from_text(summary: Summary) -> Digest:
    """The digest behind :func:`as_values`."""
    tasks = [task | {"due": _day(task["due"])} for task in json.loads(summary.tasks)]
    items = [
        Item(**item | {"kind": Kind(item["kind"]), "latest": _day(item["latest"]), "advised": _day(item["advised"])})
        for item in json.loads(summary.items)
    ]
    ready = json.loads(summary.ready)
    return Digest(tasks, items, (ready[0], ready[1]) if ready else None, summary.voters)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
