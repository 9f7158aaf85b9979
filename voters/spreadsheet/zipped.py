"""Contents refused in an .xlsx before it is parsed: bombs, DOCTYPE, macros, links, dangerous formulas.

The directory of a zip is only a promise, so every member is also counted while it is unpacked, in pieces that are
thrown away; nothing is written and no XML parser sees anything.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from voters.spreadsheet import limits
from voters.spreadsheet.extent import ACTIVE, SHEET, Extent, check_filled
from voters.spreadsheet.faults import FileCode, FileFault

PIECE = 256 * 1024
OVERLAP = 256  # bytes of the last piece looked at again, so that nothing hides on a border
WORKBOOK = "xl/workbook.xml"
NOT_XML = (".png", ".jpeg", ".jpg", ".gif", ".bmp", ".emf", ".wmf", ".tiff", ".bin", ".fntdata")
MACRO_PARTS = re.compile(r"vbaproject|vbadata|/macrosheets/|/dialogsheets/", re.I)
LINK_PARTS = re.compile(
    r"^(xl/(externallinks|querytables|ctrlprops|activex|embeddings|webextensions|model)/|xl/connections\.xml|customui/)",
    re.I,
)
OUTWARD = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|:")  # of member names: upwards, from the root, of a drive
NAMED = re.compile(rb"<(?:\w+:)?definedName\b([^>]*)>([^<]*)")
STARTS_BY_ITSELF = re.compile(rb"auto_?(?:open|close|activate|deactivate)", re.I)
NESTED = (b"PK\x03\x04", b"\x1f\x8b\x08", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\xfd7zXZ")
MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject", re.I)
BINARY_BOOKS = frozenset(("xl/workbook.bin", "mimetype"))  # .xlsb, .ods: other formats in the same container
DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|NOTATION)", re.I)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.I)
OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.I)
HYPERLINK = re.compile(rb"relationships/hyperlink[\"']")  # shown blue in the cell; only its text is read


def check(data: bytes) -> int:
    """Return the unpacked size; raise :class:`FileFault` when this is not a plain .xlsx of reasonable size."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            members = [each for each in book.infolist() if not each.is_dir()]
            _check_directory(members)
            unpacked = 0
            for member in members:
                unpacked += _check_member(book, member, limits.UNPACKED_BYTES - unpacked)
            return unpacked
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise FileFault(FileCode.DAMAGED) from None


def _name(member: zipfile.ZipInfo) -> str:
    return member.filename.replace("\\", "/").lstrip("/")


def _check_directory(members: list[zipfile.ZipInfo]) -> None:
    """Check what the directory already tells."""
    names = [_name(each) for each in members]
    if len(members) > limits.MEMBERS or sum(each.file_size for each in members) > limits.UNPACKED_BYTES:
        raise FileFault(FileCode.BOMB)
    if any(each.flag_bits & 0x1 for each in members):
        raise FileFault(FileCode.ENCRYPTED)
    if WORKBOOK not in names or BINARY_BOOKS & set(names):
        raise FileFault(FileCode.NOT_A_SPREADSHEET)
    if len({name.lower() for name in names}) != len(names):  # of two members of one name, which is read is a guess
        raise FileFault(FileCode.DAMAGED)
    if any(OUTWARD.search(each.filename) for each in members):  # names are never paths here; elsewhere they might be
        raise FileFault(FileCode.DAMAGED)
    if any(MACRO_PARTS.search(name) for name in names):
        raise FileFault(FileCode.MACRO)
    if any(LINK_PARTS.search(name) for name in names):
        raise FileFault(FileCode.EXTERNAL_LINKS)
    if any(_is_bomb(each.compress_size, each.file_size) for each in members):
        raise FileFault(FileCode.BOMB)


def _is_bomb(packed: int, unpacked: int) -> bool:
    return unpacked > limits.RATIO_FROM and unpacked > max(packed, 1) * limits.UNPACKED_RATIO


def _check_member(book: zipfile.ZipFile, member: zipfile.ZipInfo, room: int) -> int:
    """Unpack one member piece by piece, look at its text; return its true size."""
    size, tail, name = 0, b"", _name(member)
    xml, extent = not name.lower().endswith(NOT_XML), Extent() if SHEET.fullmatch(name) else None
    for piece in _pieces(book, member):
        if not size:
            _check_beginning(piece, xml)
        size += len(piece)
        if size > room or _is_bomb(member.compress_size, size):
            raise FileFault(FileCode.BOMB)
        if xml:
            text, tail = tail + piece, piece[-OVERLAP:]
            _check_text(name, text)
            if extent:
                _check_sheet(text, extent)
    if extent and not extent.harmless:
        check_filled(_pieces(book, member))
    return size


def _pieces(book: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with book.open(member) as stream:
        while piece := stream.read(PIECE):
            yield piece


def _check_beginning(piece: bytes, xml: bool) -> None:
    if piece.startswith(NESTED):
        raise FileFault(FileCode.BOMB)
    if xml and b"\0" in piece[:64]:  # UTF-16 would hide a DOCTYPE from a search in bytes; no office program writes it
        raise FileFault(FileCode.DOCTYPE)


def _check_text(name: str, text: bytes) -> None:
    if b"!" in text and DECLARATION.search(text):
        raise FileFault(FileCode.DOCTYPE)
    if name == "[Content_Types].xml" and MACRO_TYPE.search(text):
        raise FileFault(FileCode.MACRO)
    if name == WORKBOOK:
        _check_names(text)
    if name.endswith(".rels") and any(
        OUTSIDE.search(one) and not HYPERLINK.search(one) for one in RELATION.findall(text)
    ):
        raise FileFault(FileCode.EXTERNAL_LINKS)


def _check_names(text: bytes) -> None:
    """Check what a workbook calls by a name: nothing that starts by itself, nothing that reaches outside."""
    for attributes, formula in NAMED.findall(text):
        if STARTS_BY_ITSELF.search(attributes):
            raise FileFault(FileCode.MACRO)
        if ACTIVE.search(formula):
            raise FileFault(FileCode.FORMULA, place="名称管理器")


def _check_sheet(text: bytes, extent: Extent) -> None:
    place = extent.take(text)
    if place:
        raise FileFault(FileCode.FORMULA, place=place)
