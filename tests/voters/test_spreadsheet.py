"""Ugly files read right: titles above the headings, columns in any order, old Excel, GB18030, full-width."""

from datetime import date

import pytest

from tests.voters.make_voters import HEADINGS, a_row, csv_bytes, table, xlsx
from tests.voters.old_excel import xls
from voters import spreadsheet
from voters.rules.columns import COLUMNS
from voters.rules.identity import IdFault
from voters.rules.identity import read as read_id
from voters.spreadsheet import FileCode, FileFault
from voters.spreadsheet.columns import bare, guess

ROWS = [a_row(1), a_row(2), a_row(3)]
CELLS = table(ROWS)
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


def names(sheet):
    return [cells[sheet.mapping["姓名"]] for _, cells in sheet.rows]


def test_an_xlsx():
    sheet = spreadsheet.rows(xlsx(CELLS))
    assert sheet.mapping == {column: place for place, column in enumerate(COLUMNS)}
    assert (sheet.header_row, sheet.name, sheet.names) == (1, "名单", ("名单",))
    assert [number for number, _ in sheet.rows] == [2, 3, 4]
    assert sheet.rows[0][1][:3] == [ROWS[0]["姓名"], ROWS[0]["身份证号"], "男"]


def test_an_old_xls():
    sheet = spreadsheet.rows(xls(table(ROWS, titles=["石门村选民名单", "2026年"])))
    assert (sheet.header_row, names(sheet)) == (3, [row["姓名"] for row in ROWS])
    assert sheet.rows[0][1][1] == ROWS[0]["身份证号"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_in_every_encoding(encoding, delimiter):
    sheet = spreadsheet.rows(csv_bytes(CELLS, encoding, delimiter))
    assert names(sheet) == [row["姓名"] for row in ROWS]
    assert [number for number, _ in sheet.rows] == [2, 3, 4]


def test_pasted_text():
    sheet = spreadsheet.pasted("\n".join("\t".join(map(str, row)) for row in CELLS))
    assert names(sheet) == [row["姓名"] for row in ROWS]


def test_title_rows_merged_cells_and_empty_rows_are_passed_over():
    cells = table(ROWS, titles=["石门村登记参加选举的村民名单", "制表：村民选举委员会　2026年11月", ""])
    cells.insert(5, [""] * 5)
    sheet = spreadsheet.rows(xlsx(cells, merge="A1:L1"))
    assert sheet.header_row == 4
    assert [number for number, _ in sheet.rows] == [5, 7, 8]


def test_a_table_that_does_not_begin_in_the_first_column():
    sheet = spreadsheet.rows(xlsx([["", "", *row] for row in CELLS]))
    assert sheet.mapping["姓名"] == 2
    assert names(sheet) == [row["姓名"] for row in ROWS]


def test_columns_in_any_order_by_synonyms_with_stars_and_brackets():
    headings = ["序号", "联系电话", " 姓 名 *", "公民身份号码（18位）", "组别", "其他说明列", "家庭住址", "登记类别"]
    assert guess(headings) == {"电话": 1, "姓名": 2, "身份证号": 3, "村民小组": 4, "住址": 6, "登记类型": 7}


def test_the_official_name_beats_a_synonym():
    assert guess(["名字", "姓名", "身份证"]) == {"姓名": 1, "身份证号": 2}


@pytest.mark.parametrize("column", HEADINGS)
def test_every_column_knows_itself(column):
    assert guess([column]) == {column: 0}


def test_headings_without_noise():
    assert bare(" 姓　名（必填）* ") == "姓名"
    assert bare("身份证号：") == "身份证号"


def test_a_number_stays_a_number_so_that_an_id_can_be_refused():
    cells = table(ROWS)
    cells[1][1], cells[1][4] = 990100195102020026, 3
    sheet = spreadsheet.rows(xlsx(cells))
    assert isinstance(sheet.rows[0][1][1], float)
    assert read_id(sheet.rows[0][1][1], date(2026, 11, 20)).fault is IdFault.IS_NUMBER
    assert sheet.rows[0][1][4] == 3.0


def test_dates_and_ticks_become_text():
    cells = [["姓名", "身份证号", "备注", "本人表示参加"], ["王芳", "x", date(2026, 3, 5), True]]
    assert spreadsheet.rows(xlsx(cells)).rows[0][1][2:] == ["2026-03-05", "是"]


@pytest.mark.parametrize("cell", ['="990100195102020026"', "'990100195102020026"])
def test_ways_to_keep_the_digits_of_a_number_in_text(cell):
    sheet = spreadsheet.rows(f"姓名,身份证号\n王芳,{cell}\n".encode())
    assert sheet.rows[0][1][1] == "990100195102020026"


def test_a_cell_over_two_lines_keeps_the_numbers_of_the_rows():
    sheet = spreadsheet.rows('姓名,身份证号,备注\n王芳,1,"一\n二"\n李伟,2,\n'.encode())
    assert [number for number, _ in sheet.rows] == [2, 4]


def test_the_sheet_with_headings_is_found_and_another_can_be_asked_for():
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "说明"
    book.active.append(["填表说明"])
    for title, rows in (("一组", ROWS[:1]), ("二组", ROWS[1:])):
        for row in table(rows):
            (book[title] if title in book.sheetnames else book.create_sheet(title)).append(row)
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    first = spreadsheet.rows(out.getvalue())
    assert (first.name, first.names, len(first.rows)) == ("一组", ("说明", "一组", "二组"), 1)
    assert len(spreadsheet.rows(out.getvalue(), sheet="二组").rows) == 2


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ([["甲", "乙"], ["1", "2"]], FileCode.NO_HEADER),
        ([["石门村"], ["王芳", "990100"]], FileCode.NO_HEADER),
        ([["姓名", "身份证号"]], FileCode.EMPTY),
    ],
)
def test_a_table_that_is_no_roll(cells, code):
    with pytest.raises(FileFault) as refused:
        spreadsheet.rows(xlsx(cells))
    assert refused.value.code is code


@pytest.mark.parametrize(
    ("headings", "code", "words"),
    [
        (["身份证号", "性别"], FileCode.NO_NAME_COLUMN, "没有找到“姓名”列。请在第2步指定是哪一列。"),
        (["姓名", "性别"], FileCode.NO_ID_COLUMN, "没有找到“身份证号”列。请在第2步指定是哪一列。"),
    ],
)
def test_a_required_column_that_is_missing_can_be_pointed_out_later(headings, code, words):
    sheet = spreadsheet.rows(xlsx([headings, ["x", "y"]]))
    with pytest.raises(FileFault) as refused:
        spreadsheet.check_required(sheet.mapping)
    assert (refused.value.code, str(refused.value)) == (code, words)


def test_an_empty_formatted_tail_is_ignored():
    from tests.voters.hostile import with_parts

    rows = "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(3, 1_048_577))
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c><c r="B1" t="inlineStr"><is><t>身份证号</t></is></c></row>'
    one = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>王芳</t></is></c><c r="B2" t="inlineStr"><is><t>1</t></is></c></row>'
    )
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        f"{head}{one}{rows}</sheetData></worksheet>"
    )
    assert list(spreadsheet.rows(with_parts({"xl/worksheets/sheet1.xml": sheet.encode()})).rows) == [(2, ["王芳", "1"])]
