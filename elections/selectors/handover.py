"""Reading the handover: the list by class with totals, the ten-day clock, what the archive box holds and lacks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from elections.models import ArchiveItem, Election, HandoverItem
from elections.rules.timetable.counting import handover_last_day
from elections.rules.wording import money
from elections.selectors.pages import NO_DATA
from elections.selectors.rounds import formed_on


def last_day(election: Election) -> date | None:
    """Return the day by which the handover must be complete."""
    start = formed_on(election)
    return handover_last_day(start, election.policy) if start else None


def items_of(election: Election) -> list[HandoverItem]:
    """Return the lines of the list in the order of the form's classes."""
    return sorted(HandoverItem.objects.filter(election=election), key=lambda each: (RANK[each.category], each.pk))


def totals(election: Election) -> list[dict[str, Any]]:
    """Return items and money of each class that has any, in the order of the form, and of all."""
    items = items_of(election)
    lines = [_total(category.label, [each for each in items if each.category == category]) for category in CLASSES]
    found = [line for line in lines if line["items"]]
    return [*found, _total("合计", items)] if found else []


def _total(label: str, items: list[HandoverItem]) -> dict[str, Any]:
    worth = [each.value for each in items if each.value is not None]
    return {"label": label, "items": len(items), "value": money(sum(worth, Decimal(0))) if worth else NO_DATA}


CLASSES = tuple(HandoverItem.Category)
RANK = {category.value: place for place, category in enumerate(CLASSES)}


def box(election: Election) -> list[dict[str, Any]]:
    """Return every kind of paper of the archive list: filed row or none, and whether it must be there."""
    filed = {each.kind: each for each in ArchiveItem.objects.filter(election=election)}
    required = set(election.policy.archive_required)
    kinds = [*election.policy.archive_kinds, *(kind for kind in filed if kind not in election.policy.archive_kinds)]
    return [
        {"number": number, "kind": kind, "row": filed.get(kind), "required": kind in required}
        for number, kind in enumerate(kinds, 1)
    ]


def archive_missing(election: Election) -> list[str]:
    """Return kinds that are not filed yet, those that must be there first."""
    empty = [line for line in box(election) if line["row"] is None]
    return [line["kind"] for line in sorted(empty, key=lambda line: not line["required"])]
