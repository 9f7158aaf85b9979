"""Decisions about the rows of an open import: columns, coded_choices, left out, typed anew. Kept at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from elections.permissions import Actor
from elections.services.act import act
from voters.hourly_limits import UPLOADS, spend
from voters.importing.checking import check
from voters.importing.groups import BY_KEY, Act, rows_with_faults
from voters.importing.returned import returned
from voters.importing.staging import keep_choices, keep_repairs, work_of
from voters.models import RollImport
from voters.services.imports import UNTIL_IMPORTED, hold_open, judge_again, names_villages
from voters.spreadsheet import Sheet


@dataclass(frozen=True)
class Decisions:
    """Decisions on one page of rows: those shown, looked into, left out, and what was typed anew."""

    shown: frozenset[int]
    ticks: frozenset[int]
    skips: frozenset[int]
    repairs: Mapping[int, Mapping[str, str]]


@act(silent=UNTIL_IMPORTED)
def note_choices(batch: RollImport, *, actor: Actor, today: date, version: int, **changed: Any) -> RollImport:
    """Note coded_choices, skips or columns of an open import. Raises :class:`Overtaken` when somebody else did."""
    batch = hold_open(batch, actor, version)
    keep_choices(batch, **changed)
    return judge_again(batch, actor, today)


@act(silent=UNTIL_IMPORTED)
def note_repairs(
    batch: RollImport, repairs: Mapping[int, Mapping[str, str]], *, actor: Actor, today: date, version: int
) -> RollImport:
    """Note what is to be read instead of single cells: row → column → text; laid over earlier repairs."""
    batch = hold_open(batch, actor, version)
    _lay_over(batch, repairs)
    return judge_again(batch, actor, today)


def _lay_over(batch: RollImport, repairs: Mapping[int, Mapping[str, Any]]) -> None:
    kept = {number: dict(cells) for number, cells in work_of(batch).repairs.items()}
    for number, cells in repairs.items():
        kept[number] = {**kept.get(number, {}), **cells}
    keep_repairs(batch, kept)


@act(silent=UNTIL_IMPORTED)
def settle_group(batch: RollImport, key: str, *, actor: Actor, today: date, version: int) -> RollImport:
    """Do for all rows of a group what its button says: put in what is right, or leave them out.

    Only the fault of the group is settled: what else is doubtful in those rows still waits for somebody to look.
    """
    held = batch.election
    repair = BY_KEY[key]
    plan = check(held, work_of(batch), today=today, names_villages=names_villages(actor, held))
    rows = rows_with_faults(plan, key)
    if repair.act is Act.TYPE:
        typed = {row.number: repair.typed(row) for row in rows}
        return note_repairs(batch, typed, actor=actor, today=today, version=version)
    kept = sorted(set(batch.chosen.skips or ()) | {row.number for row in rows})
    return note_choices(batch, actor=actor, today=today, version=version, skips=kept)


@act(silent=UNTIL_IMPORTED)
def note_returned(batch: RollImport, sheet: Sheet, *, actor: Actor, today: date, version: int) -> tuple[int, int]:
    """Lay rows that were repaired in a spreadsheet over those of the open import; a tick on a changed row is gone.

    Return how many rows changed, and how many belong to no row of this import. Counts as an upload.
    """
    batch = hold_open(batch, actor, version)
    spend(actor.user, UPLOADS)
    found, strangers = returned(work_of(batch), sheet)
    _lay_over(batch, found)
    ticks = set(batch.chosen.ticks or ())
    keep_choices(batch, ticks=sorted(ticks - set(found)))
    judge_again(batch, actor, today)
    return len(found), strangers


@act(silent=UNTIL_IMPORTED)
def note_row_decisions(batch: RollImport, decided: Decisions, *, actor: Actor, today: date, version: int) -> RollImport:
    """Note what was decided on one page of rows; rows that it did not show keep what they had."""
    batch = hold_open(batch, actor, version)
    made = batch.chosen
    kept = {
        "ticks": sorted((set(made.ticks or ()) - decided.shown) | decided.ticks),
        "skips": sorted((set(made.skips or ()) - decided.shown) | decided.skips),
    }
    keep_choices(batch, **kept)
    _lay_over(batch, decided.repairs)
    return judge_again(batch, actor, today)


@act(silent=UNTIL_IMPORTED)
def note_columns(
    batch: RollImport, mapping: Mapping[str, int], *, actor: Actor, today: date, version: int
) -> RollImport:
    """Note which column of the file is which."""
    return note_choices(batch, actor=actor, today=today, version=version, mapping=dict(mapping))
