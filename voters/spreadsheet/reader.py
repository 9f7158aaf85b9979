"""The program that parses a spreadsheet, in a process of its own with little memory and time (5.12, C92).

Run as ``python -m voters.spreadsheet.reader SHEET`` with the file on standard input; SHEET is a name or empty. Writes
one marshalled dict: ``sheets`` (visible names), ``sheet`` (the one read), ``rows`` [(number, [cells]), …] without empty
rows. Cells are text or float; dates are ISO text. Exit code 3: the file cannot be read.
"""

import datetime
import marshal
import resource
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from voters.spreadsheet import columns, limits

UNREADABLE = 3
TOO_MANY = 4
MOST_KEPT = 100_000  # different texts of which one copy is enough: the answer is shorter, and quicker to take in


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
    sys.stdout.buffer.write(marshal.dumps({"sheets": names, "sheet": name, "rows": rows}))
    return 0


def _chosen(book: CalamineWorkbook, names: list[str], wanted: str) -> tuple[str, list]:
    """The sheet asked for; else the first with headings; else the first with anything in it."""
    filled: tuple[str, list] = (names[0] if names else "", [])
    for name in [wanted] if wanted in names else names:
        rows = list(_rows(book.get_sheet_by_name(name)))
        if name == wanted or _has_header(rows):
            return name, rows
        if rows and not filled[1]:
            filled = name, rows
    return filled


def _has_header(rows: list) -> bool:
    try:
        columns.find_header(rows)
    except columns.FileFault:
        return False
    return True


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list]]:
    start = sheet.start
    if start is None or sheet.width > limits.COLUMNS:
        return
    before, kept = [""] * start[1], {"": ""}
    keep = kept.setdefault
    for number, cells in enumerate(sheet.iter_rows(), start=start[0] + 1):
        if len(kept) > MOST_KEPT:
            keep = kept.get
        row = [keep(cell, cell) if type(cell) is str else _plain(cell) for cell in cells]
        if any(cell and cell != " " for cell in row):
            yield number, before + row if before else row


def _plain(cell: Any) -> str | float:
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
    restrain(int(sys.argv[2]))
    sys.exit(main(sys.argv[1], sys.stdin.buffer.read()))
