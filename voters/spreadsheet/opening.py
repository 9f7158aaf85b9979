"""From bytes to rows: what kind of file it is, its checks, and the process that parses it."""

import marshal
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from voters.spreadsheet import columns, compound, delimited, limits, zipped
from voters.spreadsheet.faults import FileCode, FileFault

ROOT = Path(__file__).resolve().parent.parent.parent
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
EMPTY_READER = 160 * limits.MIB  # address space of the reading process before it reads
PER_BYTE = 6  # of what the file unpacks to
XLS_PER_BYTE = 40  # .xls is not packed: a cell of 14 bytes becomes some 32 in memory, twice

Row = tuple[int, list[Any]]


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in the file. ``rows``: those under the headings, each with its number in the file."""

    headings: tuple[str, ...]
    header_row: int
    mapping: dict[str, int]
    rows: list[Row]
    name: str = ""
    names: tuple[str, ...] = ()  # all visible sheets


def rows(data: bytes, name: str = "", *, sheet: str = "", limit: int = limits.FILE_BYTES) -> Sheet:
    """Read the table of a file. Raises :class:`FileFault`; ``name`` is only for the eye and decides nothing."""
    if len(data) > limit:
        size = -(-len(data) // limits.MIB)
        raise FileFault(FileCode.TOO_BIG, size=size, limit=limit // limits.MIB)
    if not data.strip(b"\0 \t\r\n"):
        raise FileFault(FileCode.EMPTY)
    if data.startswith(ZIP):
        return _table(**_parsed(data, sheet, EMPTY_READER + zipped.check(data) * PER_BYTE))
    if data.startswith(compound.MAGIC):
        return _table(**_parsed(data, sheet, EMPTY_READER + compound.check(data) * XLS_PER_BYTE))
    return _table(delimited.read(data))


def pasted(text: str) -> Sheet:
    """Read a table copied from Excel, WPS or Word."""
    return _table(list(delimited.rows(text)))


def _table(rows: list[Row], sheet: str = "", sheets: tuple[str, ...] | list[str] = ()) -> Sheet:
    place = columns.find_header(rows)
    number, cells = rows[place]
    below = rows[place + 1 :]
    if not below:
        raise FileFault(FileCode.EMPTY)
    if len(below) > limits.ROWS:
        raise FileFault(FileCode.TOO_MANY_ROWS, limit=limits.ROWS)
    headings = tuple(" ".join(str(cell).split()) for cell in cells)
    return Sheet(headings, number, columns.guess(headings), below, sheet, tuple(sheets))


def _parsed(data: bytes, sheet: str, space: int) -> dict[str, Any]:
    """Parse in a child process; whatever becomes of it, this process goes on."""
    command = [sys.executable, "-m", "voters.spreadsheet.reader", sheet, str(min(space, limits.READER_BYTES))]
    alone = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, cwd=ROOT, env=alone, timeout=limits.READER_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise FileFault(FileCode.BOMB) from None
    if done.returncode == 3:
        raise FileFault(FileCode.DAMAGED)
    if done.returncode == 4:
        raise FileFault(FileCode.TOO_MANY_ROWS, limit=limits.ROWS)
    if done.returncode:
        raise FileFault(FileCode.BOMB)
    return marshal.loads(done.stdout)  # noqa: S302  written by our own program
