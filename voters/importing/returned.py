"""Rows that were taken away to be repaired in a spreadsheet, and brought back: what differs is typed anew."""

from __future__ import annotations

from typing import Any

from elections.rules.naming import text_of
from voters.importing.plan import Work
from voters.rules.columns import COLUMNS
from voters.spreadsheet import Sheet
from voters.spreadsheet.writing import WHICH

Typed = dict[int, dict[str, Any]]  # row → column → cell


def returned(work: Work, sheet: Sheet) -> tuple[Typed, int]:
    """Return what the returned rows say otherwise, and how many rows stand in no row of the file they were taken from.

    Cells keep their kind: a number that a spreadsheet has cut is still seen as one.
    """
    which = sheet.headings.index(WHICH)
    places = _places(work, sheet)
    now = dict(work.rows())
    found: Typed = {}
    strangers = 0
    for _, cells in sheet.rows:
        number = text_of(_cell(cells, which))
        if not number.isdecimal() or int(number) not in now:
            strangers += 1
            continue
        as_it_is = dict(zip(COLUMNS, now[int(number)], strict=True))
        typed = {column: _cell(cells, place) for column, place in places.items()}
        found[int(number)] = {column: cell for column, cell in typed.items() if _differs(cell, as_it_is[column])}
    return {number: typed for number, typed in found.items() if typed}, strangers


def _places(work: Work, sheet: Sheet) -> dict[str, int]:
    """Our columns in the returned file: under the headings they had; where those are gone, as they are understood."""
    by_heading = {heading: place for place, heading in reversed(list(enumerate(sheet.headings))) if heading}
    had = {column: work.sheet.headings[place] for column, place in work.mapping.items()}
    kept = {column: by_heading[heading] for column, heading in had.items() if heading in by_heading}
    return {**{column: place for column, place in sheet.mapping.items() if column in work.mapping}, **kept}


def _cell(cells: list[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else ""


def _differs(cell: Any, before: Any) -> bool:
    return cell != before and (isinstance(cell, float) or text_of(cell) != text_of(before))
