"""The grid of rows that need a person: what is shown of a row, what can be typed into it, its original cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voters import columns
from voters.columns import COLUMNS, REQUIRED
from voters.faults import Fault, Level
from voters.identity import masked
from voters.importing.groups import can_tick
from voters.importing.plan import Judged, Outcome
from voters.importing.report import Report
from voters.models import Category, Omission
from voters.spreadsheet import Sheet

FIXABLE = frozenset((Level.ERROR, Level.CHECK))


CHOICES = {
    columns.SEX: ("男", "女"),
    columns.CATEGORY: tuple(Category.labels),
    columns.STATED: ("是", "否"),
}


@dataclass(frozen=True)
class Cell:
    """One cell that can be typed anew: its place among our columns, its name, what stands in it (never a number)."""

    place: int
    column: str
    value: str

    @property
    def choices(self) -> tuple[str, ...]:
        """What it may be, when that is a short list."""
        return CHOICES.get(self.column, ())


@dataclass(frozen=True)
class GridRow:
    """One row of the grid."""

    number: int
    name: str
    id_number: str
    group: str
    faults: tuple[Fault, ...]
    cells: tuple[Cell, ...]
    can_tick: bool
    ticked: bool
    skipped: bool


def grid_row(row: Judged) -> GridRow:
    """A row as it may be shown: its number masked, a cell for each thing that is wrong."""
    wrong = dict.fromkeys(fault.column for fault in row.faults if fault.level in FIXABLE and fault.column in COLUMNS)
    return GridRow(
        number=row.number,
        name=row.row.name,
        id_number=masked(row.row.id_number),
        group=row.row.group,
        faults=tuple(row.faults),
        cells=tuple(Cell(COLUMNS.index(column), column, _shown(row, column)) for column in wrong),
        can_tick=can_tick(row),
        ticked=row.checked,
        skipped=row.outcome is Outcome.SKIPPED,
    )


def _shown(row: Judged, column: str) -> str:
    if column == columns.NAME:
        return row.row.name
    fault = next(fault for fault in row.faults if fault.column == column)
    return "" if column in (columns.ID_NUMBER, columns.PHONE, columns.ADDRESS) else fault.value.removesuffix("…")


def with_original(rows: Sequence[Judged], sheet: Sheet) -> list[tuple[list[Any], str]]:
    """The cells as they came, and what is wrong with them."""
    came = dict(sheet.rows)
    return [(came[row.number], "；".join(fault.message for fault in row.faults)) for row in rows if row.number in came]


def has_required(mapping: Mapping[str, int]) -> bool:
    """Whether name and id have their columns."""
    return all(column in mapping for column in REQUIRED)


def words_for_omissions(report: Report) -> list[tuple[str, int]]:
    """Why people who are imported will not be on the list."""
    return [(Omission(code).label, count) for code, count in report.not_listed.items()]
