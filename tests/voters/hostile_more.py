"""More files that mean harm, and files that look as if: containers and sheets that lie, what reaches outside, old workbooks."""

from __future__ import annotations

import io
import struct
import zipfile
from random import Random

from tests.voters.hostile import (
    HOSTILE,
    LAUGHS,
    OLE,
    SHEET,
    a_book,
    harmless,
    hostile,
    ole,
    part,
    with_parts,
    with_sheet,
)
from tests.voters.make_voters import a_row, table
from tests.voters.old_excel import xls

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>身份证号</t></is></c></row>'
ONE = '<row r="2"><c r="A2" t="inlineStr"><is><t>王芳</t></is></c><c r="B2" t="inlineStr"><is><t>1</t></is></c></row>'


def noise(size: int, letters: bytes = b"abcdefghijklmnopqrstuvwxyz0123456789") -> bytes:
    """Bytes that hardly shrink."""
    return bytes(Random(7).choices(letters, k=size))


# --- containers that lie ---------------------------------------------------------------------------------


@hostile("BOMB")
def overlapping_members() -> bytes:
    """One packed member under many names (the bomb that does not nest)."""
    data = bytearray(with_parts({"xl/media/image1.png": b"\0" * (30 * 1024 * 1024)}))
    end = data.rfind(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    entry_at = data.rfind(b"PK\x01\x02", start, end)
    entry = bytes(data[entry_at:end])
    copies = b"".join(entry.replace(b"image1", b"imag%02d" % n) for n in range(10, 40))
    count = struct.unpack_from("<H", data, end + 10)[0] + 30
    struct.pack_into("<HHI", data, end + 8, count, count, end - start + len(copies))
    return bytes(data[:end]) + copies + bytes(data[end:])


@hostile("BOMB")
def a_terabyte_by_its_directory() -> bytes:
    data = bytearray(a_book())
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 0xFFFFFFF0)
    return bytes(data)


@hostile("BOMB")
def a_bomb_by_bzip() -> bytes:
    return with_parts({"xl/media/a.xml": b"\0" * (40 * 1024 * 1024)}, compression=zipfile.ZIP_BZIP2)


@hostile("BOMB")
def seven_zip_in_the_zip() -> bytes:
    return with_parts({"xl/media/image1.png": b"7z\xbc\xaf\x27\x1c" + noise(100)})


@hostile("BOMB")
def rar_in_the_zip() -> bytes:
    return with_parts({"docProps/thumbnail.jpeg": b"Rar!\x1a\x07\x01\0" + noise(100)})


@hostile("BOMB")
def many_small_members() -> bytes:
    return with_parts({f"xl/media/{n}.png": b"x" for n in range(600)})


for key, name in {
    "upwards": "../../../../etc/cron.d/x",
    "in_the_middle": "xl/../../x.xml",
    "from_the_root": "/etc/passwd",
    "of_a_drive": "C:\\Windows\\x.dll",
    "backslashes": "..\\..\\x.exe",
}.items():
    HOSTILE[f"member_path_{key}"] = (lambda name=name: with_parts({name: b"<x/>"})), "DAMAGED"


@hostile("DAMAGED")
def same_member_twice() -> bytes:
    out = io.BytesIO(a_book())
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/workbook.xml", part("xl/workbook.xml"))
    return out.getvalue()


@hostile("DAMAGED")
def wrong_checksum() -> bytes:
    data = bytearray(a_book())
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", data, at + 16, 0xDEADBEEF)
    return bytes(data)


@hostile("DAMAGED")
def two_names_for_one_member() -> bytes:
    data = a_book()
    at = data.find(b"xl/worksheets/sheet1.xml")
    return data[:at] + b"xl/worksheets/sheet9.xml" + data[at + 24 :]


@hostile("DAMAGED")
def unknown_compression() -> bytes:
    data = bytearray(a_book())
    struct.pack_into("<H", data, data.find(b"PK\x01\x02") + 10, 99)
    return bytes(data)


@hostile("DAMAGED")
def no_directory() -> bytes:
    data = a_book()
    return data[: data.find(b"PK\x01\x02")]


@harmless
def a_long_comment() -> bytes:
    out = io.BytesIO(a_book())
    with zipfile.ZipFile(out, "a") as book:
        book.comment = noise(60_000)
    return out.getvalue()


# --- XML ---------------------------------------------------------------------------------------------------

for where in (
    "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels", "xl/theme/theme1.xml", "xl/comments1.xml",
    "xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml", "docProps/app.xml", "customXml/item1.xml", "_rels/.rels",
):  # fmt: skip
    HOSTILE[f"doctype_laughs@{where}"] = (lambda where=where: with_parts({where: LAUGHS})), "DOCTYPE"
HOSTILE["entity_without_doctype"] = (lambda: with_parts({"xl/styles.xml": b'<a><!ENTITY x "y"></a>'})), "DOCTYPE"
HOSTILE["doctype_in_utf_32"] = (lambda: with_parts({"xl/styles.xml": LAUGHS.decode().encode("utf-32")})), "DOCTYPE"


def a_sheet(rows: str = "", before: str = "", after: str = "") -> bytes:
    text = f"<worksheet {MAIN}>{before}<sheetData>{HEAD}{ONE}{rows}</sheetData>{after}</worksheet>"
    return with_parts({"xl/worksheets/sheet1.xml": text.encode()})


@harmless
def included_from_a_file() -> bytes:
    return a_sheet(after='<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>')


@harmless
def stylesheet_from_outside() -> bytes:
    style = b'<?xml version="1.0"?><?xml-stylesheet href="http://192.0.2.1/x.xsl" type="text/xsl"?>'
    return with_parts({"docProps/app.xml": style + b"<Properties/>"})


@harmless
def elements_in_elements() -> bytes:
    return with_parts({"docProps/app.xml": b"<a>" * 200_000 + b"</a>" * 200_000}, compression=zipfile.ZIP_STORED)


@harmless
def an_attribute_without_end() -> bytes:
    return a_sheet(before=f'<sheetPr codeName="{noise(2_000_000).decode()}"/>')


# --- sheets that lie ----------------------------------------------------------------------------------------


@harmless
def dimension_of_the_whole_sheet() -> bytes:
    return a_sheet(before='<dimension ref="A1:XFD1048576"/>')


@harmless
def a_million_empty_rows() -> bytes:
    return a_sheet("".join(f'<row r="{n}"/>' for n in range(3, 1_048_577)))


@harmless
def a_million_formatted_cells() -> bytes:
    return a_sheet("".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 600_000)))


@hostile("BOMB")
def shared_strings_that_promise_more() -> bytes:
    strings = (
        f'<sst {MAIN} count="4294967295" uniqueCount="4294967295"><si><t>姓名</t></si><si><t>身份证号</t></si></sst>'
    )
    return with_shared(strings, [0, 1], [0, 1])


@hostile("DAMAGED")
def shared_strings_that_are_not_there() -> bytes:
    return with_shared(f"<sst {MAIN}><si><t>姓名</t></si></sst>", [0, 99_999_999])


def with_shared(strings: str, *rows: list[int]) -> bytes:
    cells = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{"AB"[at]}{n}" t="s"><v>{value}</v></c>' for at, value in enumerate(row))
        + "</row>"
        for n, row in enumerate(rows, 1)
    )  # fmt: skip
    types = part("[Content_Types].xml").replace(
        b"</Types>",
        b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.sharedStrings+xml"/></Types>',
    )
    links = part("xl/_rels/workbook.xml.rels").replace(
        b"</Relationships>",
        b'<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    )
    return with_parts({
        "xl/worksheets/sheet1.xml": SHEET.format(cells).encode(), "xl/sharedStrings.xml": strings.encode(),
        "[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": links,
    })  # fmt: skip


@harmless
def a_huge_cell() -> bytes:
    text = noise(3_000_000).decode()
    return a_sheet(f'<row r="3"><c r="A3" t="inlineStr"><is><t>{text}</t></is></c></row>')


@harmless
def numbers_that_are_none() -> bytes:
    values = ("1e999", "-1e999", "1e-999", "NaN", "9" * 400, "-99999999")
    return a_sheet("".join(f'<row r="{n}"><c r="A{n}"><v>{value}</v></c></row>' for n, value in enumerate(values, 3)))


@hostile("BOMB")
def the_same_cell_many_times() -> bytes:
    return a_sheet('<row r="3">' + '<c r="A3"><v>1</v></c>' * 100_000 + "</row>")


@harmless
def a_formula_without_a_result() -> bytes:
    return a_sheet('<row r="3"><c r="A3"><f>1+1</f></c><c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>')


@harmless
def a_hundred_thousand_merged_cells() -> bytes:
    merged = "".join(f'<mergeCell ref="C{n}:D{n}"/>' for n in range(1, 100_000))
    return a_sheet(after=f"<mergeCells>{merged}</mergeCells>")


for key, row, code in (
    ("zero", '<row r="0"><c r="A0"><v>1</v></c></row>', "DAMAGED"),
    ("no_letters", '<row r="3"><c r="3"><v>1</v></c></row>', "DAMAGED"),
    ("far_letters", '<row r="3"><c r="ZZZZZZ3"><v>1</v></c></row>', "BOMB"),
):
    HOSTILE[f"cell_{key}"] = (lambda row=row: a_sheet(row)), code


@hostile("BOMB")
def a_row_beyond_the_last_row() -> bytes:
    return a_sheet('<row r="4294967295"><c r="A4294967295"><v>1</v></c></row>')


def with_sheets(count: int, state: str = "") -> bytes:
    """A workbook whose directory names one sheet of a megabyte so many times."""
    book = part("xl/workbook.xml")
    start, end = book.index(b"<sheet "), book.index(b"</sheets>")
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" {state} r:id="rId1"/>' for n in range(1, count + 1))
    given = b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    parts = {
        "xl/workbook.xml": book[:start] + sheets.replace("<sheet ", f"<sheet{given.decode()} ").encode() + book[end:]
    }
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 20_000))
    return with_parts({**parts, "xl/worksheets/sheet1.xml": SHEET.format(rows).encode()})


HOSTILE["one_sheet_a_thousand_times"] = (lambda: with_sheets(1_000)), "NO_HEADER"
HOSTILE["only_hidden_sheets"] = (lambda: with_sheets(1, 'state="veryHidden"')), "EMPTY"


@hostile("DAMAGED")
def a_sheet_outside_the_file() -> bytes:
    links = part("xl/_rels/workbook.xml.rels").replace(b"/xl/worksheets/sheet1.xml", b"file:///etc/passwd")
    return with_parts({"xl/_rels/workbook.xml.rels": links})


# --- what reaches outside -------------------------------------------------------------------------------------

for key, name in {
    "web_extension": "xl/webextensions/webextension1.xml",
    "ribbon": "customUI/customUI14.xml",
    "data_model": "xl/model/item.data",
    "query_table": "xl/queryTables/queryTable1.xml",
    "form_control": "xl/ctrlProps/ctrlProp1.xml",
    "ole_by_another_name": "xl/embeddings/Microsoft_Word_Document.docx",
}.items():
    HOSTILE[f"part_{key}"] = (lambda name=name: with_parts({name: OLE})), "EXTERNAL_LINKS"
for key, name in {"dialog_sheet": "xl/dialogSheets/sheet1.xml", "macro_data": "xl/vbaData.xml"}.items():
    HOSTILE[f"part_{key}"] = (lambda name=name: with_parts({name: b"<x/>"})), "MACRO"


def linked(kind: str, target: str, at: str = "xl/worksheets/_rels/sheet1.xml.rels") -> bytes:
    relation = (
        f'<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        f'{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )
    return with_parts({at: relation.encode()})


for key, kind in {
    "ole": "oleObject",
    "pivot": "pivotCacheDefinition",
    "template": "attachedTemplate",
    "frame": "frame",
}.items():
    HOSTILE[f"linked_{key}"] = (lambda kind=kind: linked(kind, "file://192.0.2.1/share/x")), "EXTERNAL_LINKS"


@harmless
def a_link_in_a_cell() -> bytes:
    return linked("hyperlink", "javascript:alert(1)")


@hostile("FORMULA")
def a_command_in_a_name() -> bytes:
    return with_name("x", "cmd|'/c calc'!A0")


@hostile("MACRO")
def a_name_that_starts_by_itself() -> bytes:
    return with_name("_xlnm.Auto_Open", "Sheet1!$A$1")


def with_name(name: str, formula: str) -> bytes:
    given = f'</sheets><definedNames><definedName name="{name}">{formula}</definedName></definedNames>'
    book = part("xl/workbook.xml")
    assert b"</sheets>" in book
    cut = book[book.index(b"</sheets>") + 9 :].replace(b"<definedNames />", b"").replace(b"<definedNames/>", b"")
    return with_parts({"xl/workbook.xml": book[: book.index(b"</sheets>")] + given.encode() + cut})


@harmless
def a_rule_that_asks_the_web() -> bytes:
    return a_sheet(
        after='<dataValidations><dataValidation sqref="A1"><formula1>1</formula1></dataValidation></dataValidations>'
    )


@harmless
def a_formula_of_many_signs() -> bytes:
    return with_sheet(HEAD + f'<row r="2"><c r="A2" t="str"><f>{"(" * 4_000}1{")" * 4_000}</f><v>王芳</v></c></row>')


# --- old workbooks ------------------------------------------------------------------------------------------------

OLD = xls(table([a_row(1)]))


@hostile("DAMAGED")
def an_old_workbook_cut_off() -> bytes:
    return OLD[: len(OLD) // 2]


@harmless
def an_old_workbook_that_goes_round() -> bytes:
    """Every sector's next is the first: a chain without an end."""
    data = bytearray(OLD)
    for place in range(2, 64):
        struct.pack_into("<I", data, 512 + 4 * place, 2)
    return bytes(data)


@hostile("MACRO")
def an_old_workbook_with_a_vba_storage() -> bytes:
    return ole("Workbook", "VBA")


@hostile("ENCRYPTED")
def an_old_workbook_under_rights_management() -> bytes:
    return ole("\x06DataSpaces", "Workbook")


@hostile("NOT_A_SPREADSHEET")
def an_old_message() -> bytes:
    return ole("__properties_version1.0")
