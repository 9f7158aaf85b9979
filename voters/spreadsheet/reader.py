"""The program that parses a spreadsheet, in a process of its own with little memory and time.

Run as ``python -m voters.spreadsheet.reader SHEET`` with a line on standard input that tells how many bytes of memory it
may take, and then the file, which comes when it has been checked; SHEET is a name or empty. Writes marshalled values: first (names of the visible sheets, the one read, how many rows
each piece holds), then the pieces of packed rows (number, [cells]) without empty ones. Cells are text or float; dates
are ISO text. Exit code 3: the file cannot be read.
"""

import datetime
import marshal
import os
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import chain, count, islice
from operator import itemgetter
from time import process_time
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from voters.spreadsheet import columns, limits
from voters.spreadsheet.opening import TOO_MANY, UNREADABLE
from voters.spreadsheet.packed import ROWS_A_PIECE, Row, Rows

TEXT_ONLY = {str}
FIRST_OF = itemgetter(0)


def main(sheet: str, data: bytes) -> int:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        names = [
            each.name
            for each in book.sheets_metadata
            if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
        ]
        name, rows = _chosen(book, names, sheet)
    except CalamineError:
        return UNREADABLE
    if len(rows) > limits.ROWS + limits.HEADER_WITHIN:
        return TOO_MANY
    marshal.dump((names, name, rows.counts), sys.stdout.buffer)
    for piece in rows.pieces:
        marshal.dump(piece, sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return 0


def _chosen(book: CalamineWorkbook, names: list[str], wanted: str) -> tuple[str, Rows]:
    """Return the sheet asked for; else the first with headings; else the first with anything in it."""
    filled = names[0] if names else "", Rows(())
    for name in [wanted] if wanted in names else names:
        rows = Rows.of(_rows(book.get_sheet_by_name(name)))
        if name == wanted or _has_header(rows):
            return name, rows
        if rows and not filled[1]:
            filled = name, rows
        if process_time() > limits.LOOKING_SECONDS:  # one sheet named a thousand times would keep us for a minute
            break
    return filled


def _has_header(rows: Rows) -> bool:
    try:
        columns.find_header(rows[: limits.HEADER_WITHIN])
    except columns.FileFault:
        return False
    return True


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    """Return the rows that hold something, a piece at a time: mostly a piece is text and full, and is taken as it
    is."""
    start = sheet.start
    if start is None or sheet.width > limits.COLUMNS:
        return
    before, coming, number = [""] * start[1], sheet.iter_rows(), start[0] + 1
    while piece := list(islice(coming, ROWS_A_PIECE)):
        if set(map(type, chain.from_iterable(piece))) != TEXT_ONLY:
            piece = [list(map(_plain, cells)) for cells in piece]
        rows = zip(count(number), piece if not before else (before + cells for cells in piece))
        full = all(map(FIRST_OF, piece)) and " " not in map(FIRST_OF, piece)
        yield from rows if full else (row for row in rows if _says_something(row[1]))
        number += len(piece)


def _says_something(cells: list) -> bool:
    return any(cell and cell != " " for cell in cells)


def _plain(cell: Any) -> str | float:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, datetime.date | datetime.time) else str(cell)


def restrain(space: int) -> None:
    """Take away what a parser of a hostile file could use up."""
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.READER_SECONDS, limits.READER_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    restrain(int(sys.stdin.buffer.readline() or b"0"))
    os._exit(main(sys.argv[1], sys.stdin.buffer.read()))  # at once: taking a large table down again costs time
