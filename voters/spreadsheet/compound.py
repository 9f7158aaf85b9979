"""Contents refused in an old .xls (a compound file) before it is parsed: macros, encryption, wrong content."""

import re
import struct

from voters.spreadsheet.faults import FileCode, FileFault

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENTRY = 128  # bytes of one directory entry; entries stand at multiples of it
NAME_BYTES = 64
SECTOR = 512

BOOKS = ("Workbook", "Book")
MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros")
ENCRYPTED = ("EncryptedPackage", "EncryptionInfo", "\x06DataSpaces")
BEGINNING = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]\x05\x00")  # BOF of the workbook's globals
FILEPASS = 0x2F


def check(data: bytes) -> int:
    """Return the size; raise :class:`FileFault` when this is not a plain .xls."""
    names = entry_names(data)
    if names & set(ENCRYPTED):
        raise FileFault(FileCode.ENCRYPTED)
    if names & set(MACROS):
        raise FileFault(FileCode.MACRO)
    if not names & set(BOOKS):
        raise FileFault(FileCode.NOT_A_SPREADSHEET)
    if _has_password(data):
        raise FileFault(FileCode.ENCRYPTED)
    return len(data)


def entry_names(data: bytes) -> set[str]:
    """Return the names of all streams and storages, read from wherever a directory entry may stand."""
    names = set()
    for start in range(SECTOR, len(data) - ENTRY + 1, ENTRY):
        length, kind, colour = struct.unpack_from("<HBB", data, start + NAME_BYTES)
        if kind in (1, 2, 5) and colour in (0, 1) and 2 <= length <= NAME_BYTES and not length % 2:
            raw = data[start : start + length]
            if raw.endswith(b"\0\0"):
                names.add(raw[:-2].decode("utf-16-le", "replace"))
    return names


def _has_password(data: bytes) -> bool:
    """Return whether a FILEPASS record stands near the beginning of the workbook stream."""
    found = BEGINNING.search(data, SECTOR)
    start = found.start() if found else len(data)
    for _ in range(8):
        if start + 4 > len(data):
            return False
        kind, length = struct.unpack_from("<HH", data, start)
        if kind == FILEPASS:
            return True
        start += 4 + length
    return False
