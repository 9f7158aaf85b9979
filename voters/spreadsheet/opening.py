"""From bytes to rows: what kind of file it is, its checks, and the process that parses it."""

import marshal
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from voters.spreadsheet import columns, compound, delimited, limits, zipped
from voters.spreadsheet.faults import FileCode, FileFault
from voters.spreadsheet.packed import Row, Rows

ROOT = Path(__file__).resolve().parent.parent.parent
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
EMPTY_READER = 160 * limits.MIB  # address space of the reading process before it reads
PER_BYTE = 6  # of what the file unpacks to
XLS_PER_BYTE = 40  # .xls is not packed: a cell of 14 bytes becomes some 32 in memory, twice
UNREADABLE, TOO_MANY = 3, 4  # exit codes of the reading process


@dataclass(frozen=True)
class Sheet:
    """One table as it stands in the file. ``rows``: those under the headings, each with its number in the file."""

    headings: tuple[str, ...]
    header_row: int
    mapping: dict[str, int]
    rows: Sequence[Row]
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
        return _parsed(data, sheet, lambda: EMPTY_READER + zipped.check(data) * PER_BYTE)
    if data.startswith(compound.MAGIC):
        return _parsed(data, sheet, lambda: EMPTY_READER + compound.check(data) * XLS_PER_BYTE)
    return _table(Rows.of(delimited.rows(delimited.decode(data))))


def pasted(text: str) -> Sheet:
    """Read a table copied from Excel, WPS or Word."""
    return _table(Rows.of(delimited.rows(text)))


def _table(rows: Rows, sheet: str = "", sheets: Sequence[str] = ()) -> Sheet:
    first = rows[: limits.HEADER_WITHIN]
    place = columns.find_header(first)
    number, cells = first[place]
    below = rows.after(place + 1)
    if not below:
        raise FileFault(FileCode.EMPTY)
    if len(below) > limits.ROWS:
        raise FileFault(FileCode.TOO_MANY_ROWS, limit=limits.ROWS)
    headings = tuple(" ".join(str(cell).split()) for cell in cells)
    return Sheet(headings, number, columns.guess(headings), below, sheet, tuple(sheets))


def _parsed(data: bytes, sheet: str, check: Callable[[], int]) -> Sheet:
    """Parse in a child process; whatever becomes of it, this process goes on.

    The child starts while ``check`` looks through the file, and is given the file only when nothing was found: then
    ``check`` says how much memory it may take.
    """
    with _reader(sheet) as child:
        watch = Timer(limits.READER_SECONDS, child.kill)
        try:
            space = min(check(), limits.READER_BYTES)
            watch.start()
            answer = _asked(child, b"%d\n" % space, data)
        finally:
            watch.cancel()
            child.kill()  # it has answered, or was not asked
    if answer:
        return _table(*answer)
    if child.returncode == UNREADABLE:
        raise FileFault(FileCode.DAMAGED)
    if child.returncode == TOO_MANY:
        raise FileFault(FileCode.TOO_MANY_ROWS, limit=limits.ROWS)
    raise FileFault(FileCode.BOMB)


def _asked(child: subprocess.Popen[bytes], *said: bytes) -> tuple[Rows, str, Sequence[str]] | None:
    """Return what the child answers, taken in a piece at a time; nothing when it gave up."""
    assert child.stdin
    assert child.stdout
    with suppress(BrokenPipeError), closing(child.stdin):
        child.stdin.writelines(said)
    try:
        names, name, counts = marshal.load(child.stdout)  # noqa: S302  written by our own program
        rows = Rows((count, marshal.load(child.stdout)) for count in counts)  # noqa: S302
    except (EOFError, ValueError, TypeError):
        child.wait()
        return None
    return rows, name, names


def _reader(sheet: str) -> subprocess.Popen[bytes]:
    """Return the process that will parse, waiting for its file."""
    command = [sys.executable, "-m", "voters.spreadsheet.reader", sheet]
    alone = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, cwd=ROOT, env=alone)
