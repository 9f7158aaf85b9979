"""What an act leaves behind: which rows of the whole database it added, changed and removed, and its journal lines."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from types import CodeType
from typing import Any

from django.apps import apps
from django.db import models

from elections.journal import ROOT, reference
from elections.models import Act, Election, JournalEntry, JournalHead, Summary, User
from elections.models.summaries import SummaryDeadline, SummaryTask

# What every act moves: asserted as journal lines, not as rows.
BOOKKEEPING = (Act, JournalEntry, JournalHead, Summary, SummaryDeadline, SummaryTask)

# Of a person: an id number of the invented county, or a mobile telephone; not the digits inside a fingerprint.
NUMBER = re.compile(r"990100\d{11}[\dX]|(?<![0-9a-f])1[3-9]\d{9}(?![0-9a-f])")

Row = tuple[str, Any]  # label of the model, primary key
Image = dict[Row, dict[str, Any]]
Line = tuple[str, str, str, str]  # area, act, object, keys of the details


def image() -> Image:
    """Every row of every table with all its columns."""
    return {
        (model._meta.label, values[model._meta.pk.attname]): {
            name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()
        }
        for model in apps.get_models(include_auto_created=True)
        for values in model._base_manager.order_by().values()
    }


@dataclass(frozen=True)
class Footprint:
    """What differs between two images. ``changed``: row → names of the columns that became others."""

    added: frozenset[Row]
    removed: frozenset[Row]
    changed: Mapping[Row, frozenset[str]]

    @classmethod
    def between(cls, before: Image, after: Image) -> Footprint:
        both = before.keys() & after.keys()
        changed = {
            row: frozenset(name for name, value in after[row].items() if value != before[row][name])
            for row in both
            if after[row] != before[row]
        }
        return cls(frozenset(after.keys() - before.keys()), frozenset(before.keys() - after.keys()), changed)

    def without(self, *kept_apart: type[models.Model]) -> Footprint:
        labels = {each._meta.label for each in kept_apart}
        return Footprint(
            frozenset(row for row in self.added if row[0] not in labels),
            frozenset(row for row in self.removed if row[0] not in labels),
            {row: names for row, names in self.changed.items() if row[0] not in labels},
        )

    def rows_of(self, model: type[models.Model]) -> set[Any]:
        """Primary keys of the rows of one table that were added, changed or removed."""
        return {pk for label, pk in (*self.added, *self.removed, *self.changed) if label == model._meta.label}


def row_of(row: models.Model) -> Row:
    return row._meta.label, row.pk


def village_of(row: models.Model) -> str:
    """The area a row belongs to, found along its foreign keys; empty for accounts and what hangs on them."""
    for name in ("election", "round", "nominee", "audit", "voter"):
        if getattr(row, f"{name}_id", None):
            return village_of(getattr(row, name))
    for name in ("village_id", "area_code", "area_id", "county_id", "code"):
        if hasattr(row, name):
            return getattr(row, name)
    return ""


@contextmanager
def only(
    *,
    at: str = "",
    by: User | None,
    added: Iterable[str] = (),
    changed: Mapping[models.Model, str] | None = None,
    removed: Iterable[models.Model] = (),
    lines: Iterable[Line] = (),
    marks: Iterable[str] = (),
) -> Iterator[None]:
    """Assert that the block touches exactly these rows and writes exactly these journal lines.

    The lines are made by this person and have no number of anybody in them.

    ``added``: labels of models, once for each new row, all of them of the area ``at``; a label may name its own area:
    ``elections.Area@990100``. ``changed``: row → names of its columns. In ``lines`` a row that the block itself added
    is called ``<model>:new``; what a line tells as changed is not named, but held against the columns of its row.
    ``marks``: villages whose summaries are touched although no line stands in their chain.
    """
    gone = {row_of(row) for row in removed}  # before the block: a removed row forgets its key
    was = {row_of(row): frozenset(names.split()) for row, names in (changed or {}).items()}
    before, last = image(), JournalEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0
    with _noting_calls():
        yield
    after = image()
    found = Footprint.between(before, after)
    touched = found.without(*BOOKKEEPING)
    expected = _readable(Counter(label if "@" in label else f"{label}@{at}" for label in added), gone, was)
    assert _readable(Counter(map(_with_area, touched.added)), touched.removed, touched.changed) == expected
    entries = list(JournalEntry.objects.filter(pk__gt=last).order_by("pk"))
    new = {reference(_instance(row)) for row in touched.added}
    written = [_line(entry, new) for entry in entries]
    WRITTEN.extend(written)
    assert written == list(lines)
    for entry in entries:
        assert NUMBER.findall(entry.body) == []
        assert _untrue(entry, before, after) == []
        assert entry.actor == (None if entry.area_code == ROOT else by)
    _assert_own_books(found, {entry.area_code for entry in entries}, set(marks))


def _assert_own_books(found: Footprint, areas: set[str], marks: set[str]) -> None:
    """Only the chains that got a line stepped forward, only the summaries of their villages were marked."""
    assert found.rows_of(JournalHead) == areas
    marked = Election.objects.filter(pk__in=found.rows_of(Summary)).values_list("village_id", flat=True)
    assert set(marked) <= areas | marks


def _untrue(entry: JournalEntry, before: Image, after: Image) -> list[str]:
    """Columns of the line's row that were not, or are not, as the line tells. What is no column is counted over rows."""
    label, _, pk = entry.obj.partition(":")
    row = next((row for row in after if (row[0].lower(), str(row[1])) == (label, pk)), None)
    sides = ((before, entry.details.get("before", {})), (after, entry.details.get("after", {})))
    return [
        name
        for image_, told in sides
        for name, value in told.items()
        if row in image_ and name in image_[row] and _as_told(image_[row][name]) != value
    ]


def _as_told(value: Any) -> Any:
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _readable(added: Counter[str], removed: Iterable[Row], changed: Mapping[Row, frozenset[str]]) -> dict[str, Any]:
    """One line for each row, so that a difference is told alone."""
    return (
        {f"+ {label}": count for label, count in added.items()}
        | {f"- {label} {pk}": "" for label, pk in removed}
        | {f"~ {label} {pk}": " ".join(sorted(names)) for (label, pk), names in changed.items()}
    )


def _instance(row: Row) -> models.Model:
    label, pk = row
    return apps.get_model(label)._base_manager.get(pk=pk)


def _with_area(row: Row) -> str:
    return f"{row[0]}@{village_of(_instance(row))}"


CHANGES = {"before", "after", "retyped"}


def _line(entry: JournalEntry, new: set[str]) -> Line:
    obj = f"{entry.obj.partition(':')[0]}:new" if entry.obj in new else entry.obj
    return entry.area_code, entry.act, obj, " ".join(sorted(entry.details.keys() - CHANGES))


CALLED: set[CodeType] = set()  # by the blocks of the story that runs
WRITTEN: list[Line] = []  # by the same


@contextmanager
def _noting_calls() -> Iterator[None]:
    """Remember which functions run, so that a story cannot claim an act that it never made."""

    def note(frame: Any, event: str, _: Any) -> None:
        if event == "call":
            CALLED.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)


def called(service: Callable[..., Any]) -> bool:
    """Whether the innermost function of a service ran in a block of :func:`only`."""
    while hasattr(service, "__wrapped__"):
        service = service.__wrapped__
    return service.__code__ in CALLED
