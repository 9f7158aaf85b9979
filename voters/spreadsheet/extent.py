"""The extent of a sheet and formulas that reach outside, found without parsing XML.

A reader keeps the whole rectangle in memory: one cell at XFD1048576 is enough to break it. Cells that are only
formatted do not count; a tail of a million empty rows is ignored.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voters.spreadsheet import limits
from voters.spreadsheet.faults import FileCode, FileFault

SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.I)
OVERLAP = 1024  # bytes
ROW = re.compile(rb"<row [^>]{0,200}?\br=[\"'](\d{1,9})[\"']")
ANY_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]{0,200}?\br\s*=\s*[\"'](\d{1,9})[\"']")
# Taken out, r="AB12" is ="AB"; a colon stays, for it may be a prefix.
BUT_LETTERS = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ=:\"'"))
WIDE = re.compile(rb"=[\"']([A-Z]{2,3})[\"']")
FILLED = re.compile(
    rb"<(?:\w+:)?c\b[^>]{0,100}?\sr\s*=\s*[\"']([A-Z]{1,3})(\d{1,9})[\"'][^>/]*>\s*<(?:\w+:)?(?:v|is|f)\b[^>/]*>[^<]"
    rb"|<(?:\w+:)?c\b[^>]{0,100}?\sr\s*=\s*[\"']([A-Z]{1,3})(\d{1,9})[\"'][^>/]*>\s*<(?:\w+:)?(?:is|f)\b"
)
ACTIVE = re.compile(
    rb"(?:^|[^A-Z.])(?:HYPERLINK|WEBSERVICE|FILTERXML|IMPORT\w+|RTD|CALL|REGISTER(?:\.ID)?|EXEC|DDE\w*|URL\w*)\s*\("
    rb"|\[\d+\]|\||file:|https?:|\\\\",
    re.I,
)
FORMULA = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,9})[\"'][^>]*>\s*<(?:\w+:)?f\b[^>]*>([^<]+)<")
BARE_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]+)<")


def formula_place(text: bytes) -> str | None:
    """Return the cell of the first formula that reads or starts something outside the sheet (HYPERLINK, DDE, other
    files)."""
    if not any(ACTIVE.search(formula) for formula in BARE_FORMULA.findall(text)):
        return None
    placed = (place.decode() for place, formula in FORMULA.findall(text) if ACTIVE.search(formula))
    return next(placed, "某个单元格")


@dataclass
class Extent:
    """The last row and column that are mentioned at all: quick to find, and never too small."""

    rows: int = 0
    columns: int = 26

    def take(self, text: bytes) -> str | None:
        """Look at a piece of the sheet; return the cell of a formula that reaches outside, if there is one."""
        letters = text.translate(None, BUT_LETTERS)
        rows = ROW.findall(text)
        if b":" in letters or len(rows) < text.count(b"<row"):
            rows = ANY_ROW.findall(text)
        self.rows = max(self.rows, max(map(int, rows), default=0))
        self.columns = max(self.columns, max(map(column_number, set(WIDE.findall(letters))), default=0))
        return formula_place(text) if b":" in letters or (b"f" in text and b"<f" in text) else None

    @property
    def harmless(self) -> bool:
        most = limits.ROWS + limits.HEADER_WITHIN
        return self.rows <= most and self.columns <= limits.COLUMNS and self.rows * self.columns <= limits.CELLS


def check_filled(pieces: Iterator[bytes]) -> None:
    """Raise :class:`FileFault` when the filled cells span more rows or columns than a roll can have."""
    rows, columns = _filled_extent(pieces)
    if columns > limits.COLUMNS:
        raise FileFault(FileCode.TOO_MANY_COLUMNS, count=columns, limit=limits.COLUMNS)
    if rows > limits.ROWS + limits.HEADER_WITHIN or rows * columns > limits.CELLS:
        raise FileFault(FileCode.TOO_MANY_ROWS, limit=limits.ROWS)


def _filled_extent(pieces: Iterator[bytes]) -> tuple[int, int]:
    """Return the last row and column that hold a value."""
    rows = columns = 0
    for text in _overlapping(pieces):
        for letters, row, other_letters, other_row in FILLED.findall(text):
            rows = max(rows, int(row or other_row))
            columns = max(columns, column_number(letters or other_letters))
    return rows, columns


def _overlapping(pieces: Iterator[bytes]) -> Iterator[bytes]:
    tail = b""
    for piece in pieces:
        yield tail + piece
        tail = piece[-OVERLAP:]


def column_number(letters: bytes) -> int:
    """Read the letters of a column as its number: A → 1, Z → 26, AA → 27"""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
