"""Spreadsheets of rolls: the empty one to fill in, and the rows of a file that need repair."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.datavalidation import DataValidation

from voters.rules import columns

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "@"
WIDTHS = {columns.ID_NUMBER: 22, columns.ADDRESS: 30, columns.CATEGORY: 24, columns.REMARK: 20, columns.PHONE: 15}
CHOICES = {
    columns.SEX: "男,女",
    columns.CATEGORY: "户籍在本村且居住,户籍在本村不居住,户籍不在本村居住一年以上",
    columns.STATED: "是,否",
}
LAST_ROW = 5_000  # of the cells that are set up as text
WHY, WHICH = "错误原因", "原行号"  # columns of our own in the rows that were taken away to be repaired
HOW = (
    "一行一人，带*的必填。",
    "身份证号一列已设为文本，请不要改成数字，否则后几位会丢失。",
    "登记类型填三种之一；外出的村民写明本人是否表示参加选举。",
    "选举日未满18周岁的人不列入名单，不需要填写。",
)


def template() -> bytes:
    """Return the empty roll file."""
    book = Workbook()
    sheet = book.active
    sheet.title = "选民名单"
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns.COLUMNS, 1):
        head = sheet.cell(1, place, f"{column}*" if column in columns.REQUIRED else column)
        head.font, head.alignment = Font(bold=True), Alignment(vertical="center")
        letter = head.column_letter
        sheet.column_dimensions[letter].width = WIDTHS.get(column, 12)
        sheet.column_dimensions[letter].number_format = TEXT
        if column in CHOICES:
            rule = DataValidation(type="list", formula1=f'"{CHOICES[column]}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)
    for row in sheet.iter_rows(min_row=2, max_row=200, max_col=len(columns.COLUMNS)):
        for cell in row:
            cell.number_format = TEXT
    _explain(book)
    return _bytes(book)


def _explain(book: Workbook) -> None:
    sheet = book.create_sheet("填写说明")
    sheet.column_dimensions["A"].width = 60
    for line in HOW:
        sheet.append([line])


def without_ours(headings: Sequence[str]) -> tuple[str, ...]:
    """Return the headings of a file without the two that we add at its end."""
    return tuple(headings[:-2] if tuple(headings[-2:]) == (WHY, WHICH) else headings)


def with_reasons(headings: Sequence[str], rows: Iterable[tuple[int, Sequence[Any], str]]) -> bytes:
    """Return the original rows that could not be imported, each with what is wrong and where it stood."""
    headings = without_ours(headings)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("需要修改的行")
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, heading, bold=True) for heading in (*headings, WHY, WHICH)])
    for number, cells, why in rows:
        padded = [*cells[: len(headings)], *[""] * (len(headings) - len(cells))]
        sheet.append([_text(sheet, cell) for cell in (*padded, why, number)])
    return _bytes(book)


def _text(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    """Return a cell that holds text and nothing else: no formula, no link. A number shows all its digits."""
    shown = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    cell = WriteOnlyCell(sheet, value=shown)
    cell.data_type, cell.number_format = "s", TEXT
    if bold:
        cell.font = Font(bold=True)
    return cell


def _bytes(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()
