"""Reading .csv and text copied from a spreadsheet: UTF-8 with or without BOM, GB18030, UTF-16 with BOM."""

import codecs
import csv
from collections.abc import Iterator
from io import StringIO

from voters.spreadsheet import limits
from voters.spreadsheet.faults import FileCode, FileFault

Row = tuple[int, list[str]]  # number in the file, cells
DELIMITERS = ",\t;，"
SAMPLE_LINES = 20
WIDE_MARK = codecs.BOM_UTF32_LE  # begins as that of UTF-16 does
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
MARKUP = (
    "<!doctype",
    "<html",
    "<table",
    "<?xml",
    "<meta",
    "<script",
    "<svg",
    "<?php",
    "%pdf",
    "{\\rtf",
    "mime-version:",
)


def decode(data: bytes) -> str:
    """Return the text; :class:`FileFault` when it is none."""
    for mark, encoding in () if data.startswith(WIDE_MARK) else MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\0" in data:
        raise FileFault(FileCode.NOT_A_SPREADSHEET)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise FileFault(FileCode.NOT_A_SPREADSHEET) from None


def rows(text: str) -> Iterator[Row]:
    """Split text into rows, without those that are empty. A row over several lines has the number of its first line."""
    if text.lstrip("\ufeff \t\r\n").lower().startswith(MARKUP):
        raise FileFault(FileCode.NOT_A_SPREADSHEET)
    csv.field_size_limit(limits.CELL_CHARACTERS * 10)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    number = 1
    try:
        for count, cells in enumerate(reader, start=1):
            if count > limits.ROWS + limits.HEADER_WITHIN:
                raise FileFault(FileCode.TOO_MANY_ROWS, limit=limits.ROWS)
            if len(cells) > limits.COLUMNS and any(cell.strip() for cell in cells[limits.COLUMNS :]):
                raise FileFault(FileCode.TOO_MANY_COLUMNS, count=len(cells), limit=limits.COLUMNS)
            if any(cell.strip() for cell in cells):
                yield number, [_unguarded(cell) for cell in cells[: limits.COLUMNS]]
            number = reader.line_num + 1
    except csv.Error:
        raise FileFault(FileCode.DAMAGED) from None


def _delimiter(text: str) -> str:
    """Return the sign that stands most evenly in the first lines."""
    lines = [line for line in text[:20_000].splitlines()[:SAMPLE_LINES] if line.strip()]
    return max(DELIMITERS, key=lambda sign: sorted(line.count(sign) for line in lines)[len(lines) // 2] if lines else 0)


def _unguarded(cell: str) -> str:
    """="990100…" and '990100…, as programs write an id number so that a spreadsheet keeps its digits."""
    bare = cell.strip()
    if bare.startswith('="') and bare.endswith('"') and len(bare) >= 3:
        return bare[2:-1]
    return bare[1:] if bare.startswith("'") else cell
