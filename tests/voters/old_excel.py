"""A minimal .xls (BIFF8 in a compound file) of text and number cells, for tests of reading."""

from __future__ import annotations

import struct
from collections.abc import Sequence

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(cells: Sequence[Sequence[object]], name: str = "名单") -> bytes:
    """One visible sheet."""
    return _compound(_book(cells, name))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _text(text: str, length: str = "<H") -> bytes:
    return struct.pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def _book(cells: Sequence[Sequence[object]], name: str) -> bytes:
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    width = max(map(len, cells), default=0)
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(cells), 0, width, 0))
    for row, line in enumerate(cells):
        for column, value in enumerate(line):
            where = struct.pack("<HHH", row, column, 0)
            if isinstance(value, int | float):
                sheet += _record(0x0203, where + struct.pack("<d", value))
            elif value != "":
                sheet += _record(0x0204, where + _text(str(value)))
    sheet += _record(0x000A)
    beginning = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + _record(0x0042, b"\xb0\x04")
    bound = struct.pack("<BB", 0, 0) + _text(name, "<B")
    at = len(beginning) + len(_record(0x0085, b"\0\0\0\0" + bound)) + len(_record(0x000A))
    return beginning + _record(0x0085, struct.pack("<I", at) + bound) + _record(0x000A) + sheet


def _compound(stream: bytes) -> bytes:
    """One stream of at least 4096 bytes called Workbook."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    tables = -(-(count + 2) // 128)
    directory = tables
    chain = [FAT] * tables + [END] + [directory + 1 + place + 1 for place in range(count)]
    chain[-1] = END
    chain += [FREE] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, tables, directory, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    entries = _entry("Root Entry", 5, END, 0, child=1) + _entry("Workbook", 2, directory + 1, len(stream))
    return header + struct.pack(f"<{len(chain)}I", *chain) + entries.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + struct.pack("<III", FREE, FREE, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)
