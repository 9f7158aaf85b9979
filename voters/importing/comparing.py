"""A file against the roll as it stands: which rows are new, changed field by field, or the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from typing import Any
from uuid import UUID

from elections.models import Election
from elections.rules.kinds import SEXES
from voters.importing.plan import Judged, Outcome
from voters.models import Category, Voter
from voters.rules import columns, faults
from voters.rules.rows import Row
from voters.sealing import open_column
from voters.selectors.roll import roll_of

CHUNK = 500
BY_HAND = "、"  # between the names of columns in ``Voter.by_hand``

# column → the attribute of Voter and of rules.Row that holds it, as it stands
PLAIN = {
    columns.NAME: "name",
    columns.SEX: "sex",
    columns.ETHNICITY: "ethnicity",
    columns.GROUP: "group",
    columns.HOUSEHOLD: "household",
    columns.CATEGORY: "category",
    columns.STATED: "stated",
    columns.PARTY: "party",
    columns.REMARK: "remark",
}
SEALED = {columns.PHONE: "phone", columns.ADDRESS: "address"}
SHOWN: dict[str, Callable[[Any], str]] = {
    columns.SEX: lambda value: SEXES.get(value, ""),
    columns.CATEGORY: lambda value: Category(value).label,
    columns.STATED: lambda value: "是" if value else "否",
}


def compare(election: Election, rows: list[Judged], present: tuple[str, ...]) -> None:
    """Set ``existing``, ``changes`` and ``outcome``; note what a person had corrected by hand."""
    found = roll_of(election).values_list("id_index", "pk", "row_mark")
    known = {index: (pk, mark) for index, pk, mark in found}
    moved: list[tuple[Judged, UUID]] = []
    for each in rows:
        if each.index not in known:
            continue
        pk, mark = known[each.index]
        if mark and mark.hex == each.mark:
            each.outcome = Outcome.SAME
        else:
            moved.append((each, pk))
    for start in range(0, len(moved), CHUNK):
        _compare_chunk(moved[start : start + CHUNK], present)
    if known:
        _ask_about_newcomers(election, rows, set(known))


def _ask_about_newcomers(election: Election, rows: list[Judged], known: set[UUID]) -> None:
    """Ask about a new number whose name, birth and group the roll already has: perhaps the number was corrected."""
    newcomers = [each for each in rows if each.index not in known]
    in_file = {each.index for each in rows}
    for start in range(0, len(newcomers), CHUNK):
        chunk = newcomers[start : start + CHUNK]
        names = {each.row.name for each in chunk}
        found = roll_of(election).filter(name__in=names).values_list("id_index", "name", "birth", "group")
        there = {(name, birth, group) for index, name, birth, group in found if index not in in_file}
        for each in chunk:
            if (each.row.name, each.row.birth, each.row.group) in there:
                each.faults += (faults.same_in_roll(each.row.name, each.row.group),)


def _compare_chunk(moved: list[tuple[Judged, UUID]], present: tuple[str, ...]) -> None:
    voters = Voter.objects.select_related("circumstances").in_bulk([pk for _, pk in moved])
    found = [voters[pk] for _, pk in moved]
    opened = {column: open_column(name, found) for column, name in SEALED.items() if column in present}
    for place, (each, _) in enumerate(moved):
        each.existing = found[place]
        sealed = {column: texts[place] for column, texts in opened.items()}
        each.changes = tuple(_differences(each, sealed, present))
        each.outcome = Outcome.CHANGED if each.changes else Outcome.SAME
        by_hand = found[place].by_hand.split(BY_HAND)
        each.faults += tuple(faults.hand_corrected(column, old) for column, old, _ in each.changes if column in by_hand)


def _differences(each: Judged, sealed: dict[str, str], present: tuple[str, ...]) -> Iterable[tuple[str, str, str]]:
    """Return column, what the roll says, what the file says."""
    for column in present:
        if column in PLAIN:
            before, after = getattr(each.existing, PLAIN[column]), getattr(each.row, PLAIN[column])
        elif column in SEALED:
            before, after = sealed[column], getattr(each.row, SEALED[column])
        else:
            continue  # the id number: it is what the two rows were matched by
        if before != after:
            show = SHOWN.get(column, str)
            yield column, show(before), show(after)


def after_file(voter: Voter, row: Row, present: tuple[str, ...]) -> Voter:
    """Return the row of the roll as it will be, unsealed columns only; not saved."""
    changed = copy(voter)
    for column, name in PLAIN.items():
        if column in present:
            setattr(changed, name, getattr(row, name))
    return changed
