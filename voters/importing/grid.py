"""The grid of rows that need a person: what is shown of a row, what can be typed into it, its original cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from elections.rules.identity import masked
from elections.rules.kinds import SEXES
from voters.importing.groups import can_tick
from voters.importing.plan import Judged, Outcome, Plan, Work
from voters.importing.report import Report
from voters.models import Category, Omission
from voters.rules import columns
from voters.rules.columns import COLUMNS, REQUIRED
from voters.rules.faults import Fault, Level

BY_HAND, CHECKED, FILE_COUNTS = "HAND_CORRECTED", "已核对户口簿", "用文件的"

FIXABLE = frozenset((Level.ERROR, Level.CHECK))
SHOWN_WHOLE = {
    columns.NAME: "name",
    columns.ETHNICITY: "ethnicity",
    columns.GROUP: "group",
    columns.HOUSEHOLD: "household",
    columns.PARTY: "party",
    columns.REMARK: "remark",
}

CHOICES = {
    columns.SEX: tuple(SEXES.values()),
    columns.CATEGORY: tuple(Category.labels),
    columns.STATED: ("是", "否"),
}


@dataclass(frozen=True)
class Cell:
    """One cell that can be typed anew: its place among our columns, its name, what stands in it (never a number)."""

    place: int
    column: str
    value: str
    typed: str = ""  # what somebody has typed and could not save

    @property
    def choices(self) -> tuple[str, ...]:
        """What it may be, when that is a short list."""
        return CHOICES.get(self.column, ())


class Decided(Protocol):
    """Decisions about the rows of one page."""

    @property
    def ticks(self) -> frozenset[int]: ...

    @property
    def skips(self) -> frozenset[int]: ...

    @property
    def repairs(self) -> Mapping[int, Mapping[str, str]]: ...


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

    @property
    def tick_words(self) -> str:
        """What ticking the row says about its doubts."""
        codes = {fault.code for fault in self.faults if fault.level is Level.CHECK}
        if BY_HAND not in codes:
            return CHECKED
        return FILE_COUNTS if codes == {BY_HAND} else f"{CHECKED}，{FILE_COUNTS}"

    def with_typed(self, decided: Decided) -> GridRow:
        """Return the row with what somebody has typed and ticked and could not save."""
        typed = decided.repairs.get(self.number, {})
        cells = {cell.column: cell for cell in self.cells}
        for column, text in typed.items():
            cells[column] = replace(cells.get(column) or Cell(COLUMNS.index(column), column, ""), typed=text)
        number = self.number
        return replace(
            self, cells=tuple(cells.values()), ticked=number in decided.ticks, skipped=number in decided.skips
        )


def grid_row(row: Judged) -> GridRow:
    """Return a row as it may be shown: its number masked, a cell for each thing that is wrong."""
    wrong = dict.fromkeys(fault.column for fault in row.faults if _can_be_typed(fault))
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


def _can_be_typed(fault: Fault) -> bool:
    """Return whether the cell is offered: not for what a person had corrected, there it is only asked whose word
    counts."""
    if fault.code in (BY_HAND, "SAME_IN_ROLL", "SAME_PERSON", "DUP_ELSEWHERE"):
        return False
    return fault.column in COLUMNS and (fault.level in FIXABLE or fault.code == "UNDER_AGE")


def _shown(row: Judged, column: str) -> str:
    """Return what stands in the cell, whole, so that saving it unchanged changes nothing; never a number or an
    address."""
    if column in SHOWN_WHOLE:
        return getattr(row.row, SHOWN_WHOLE[column])
    if column in CHOICES:
        return next(fault.value for fault in row.faults if fault.column == column)
    return ""


def with_original(rows: Sequence[Judged], work: Work) -> list[tuple[int, list[Any], str]]:
    """Return number in the file, the cells as they came and were typed anew since, and what is wrong with them."""
    came = dict(work.sheet.rows)
    return [
        (row.number, _laid_over(came[row.number], row.number, work), "；".join(fault.message for fault in row.faults))
        for row in rows
        if row.number in came
    ]


def _laid_over(cells: list[Any], number: int, work: Work) -> list[Any]:
    typed = {
        work.mapping[column]: cell for column, cell in work.repairs.get(number, {}).items() if column in work.mapping
    }
    width = max([len(cells), *(place + 1 for place in typed)])
    return [typed.get(place, cells[place] if place < len(cells) else "") for place in range(width)]


def listed_more(plan: Plan) -> int:
    """Return by how many the list grows when the plan is stored."""
    before = sum(1 for row in plan.with_outcome(Outcome.CHANGED) if row.listing and row.known.listed)
    after = sum(1 for row in plan.with_outcome(Outcome.NEW, Outcome.CHANGED) if row.listing and row.listing.listed)
    return after - before


def has_required(mapping: Mapping[str, int]) -> bool:
    """Return whether name and id have their columns."""
    return all(column in mapping for column in REQUIRED)


def words_for_omissions(report: Report) -> list[tuple[str, int]]:
    """Return why people who are imported will not be on the list."""
    return [(Omission(code).label, count) for code, count in report.not_listed.items()]
