"""Spreadsheets out: rows of plain values, strings always as strings — no formula, no link."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 40


def workbook_bytes(title: str, rows: Iterable[Iterable[object]]) -> bytes:
    """Return an .xlsx of one sheet; the first row is the head. Texts stay texts, dates are real dates."""
    table = [list(row) for row in rows]
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(zip(*table, strict=False), 1):
        sheet.column_dimensions[chr(64 + number)].width = min(WIDEST, 4 + max(_width(value) for value in column))
    for index, row in enumerate(table):
        sheet.append([_cell(sheet, value, head=index == 0) for value in row])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: object, value: object, *, head: bool) -> WriteOnlyCell:
    plain = value if isinstance(value, (int, float, date)) else ILLEGAL_CHARACTERS_RE.sub("", str(value or ""))
    cell = WriteOnlyCell(sheet, value=plain)
    if isinstance(cell.value, str):
        cell.data_type = "s"
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    if head:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="center")
    return cell


def _width(value: object) -> int:
    return sum(2 if ord(letter) > 255 else 1 for letter in str(value or ""))
