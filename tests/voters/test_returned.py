"""Which column of a returned file is which: by the headings they had, or as they are understood anew."""

from voters.importing.plan import Work
from voters.importing.returned import returned
from voters.rules.columns import COLUMNS
from voters.spreadsheet import Sheet

WHICH = "原行号"
AS_IT_CAME = Sheet(("甲", "身份证号", "备注栏"), 1, {"身份证号": 1}, [(2, ["王芳", "1", "旧"]), (3, ["李强", "2", ""])])


def brought_back(headings: tuple[str, ...], mapping: dict[str, int], *rows: list[str]) -> dict:
    """What differs from the file as it came, in which 姓名 and 备注 were pointed out by hand."""
    work = Work(AS_IT_CAME, {"姓名": 0, "身份证号": 1, "备注": 2})
    sheet = Sheet((*headings, WHICH), 1, mapping, [(place, row) for place, row in enumerate(rows, 2)])
    return returned(work, sheet)[0]


def test_columns_that_were_pointed_out_keep_their_place_under_their_headings():
    found = brought_back(("备注栏", "甲", "身份证号"), {"身份证号": 2}, ["新", "王芬", "1", "2"])
    assert found == {2: {"姓名": "王芬", "备注": "新"}}


def test_a_heading_that_was_put_right_is_understood_anew():
    found = brought_back(("姓名", "身份证号", "备注栏"), {"姓名": 0, "身份证号": 1}, ["王芬", "1", "旧", "2"])
    assert found == {2: {"姓名": "王芬"}}


def test_a_column_that_the_file_did_not_have_is_not_read_into_it():
    found = brought_back(("甲", "身份证号", "电话"), {"身份证号": 1, "电话": 2}, ["王芳", "1", "0990-5550100", "2"])
    assert found == {}
    assert "电话" in COLUMNS


def test_rows_of_no_place_are_counted_and_change_nothing():
    work = Work(AS_IT_CAME, {"身份证号": 1})
    sheet = Sheet(("身份证号", WHICH), 1, {"身份证号": 0}, [(2, ["9", "4"]), (3, ["9", "x"]), (4, ["9", "3"])])
    assert returned(work, sheet) == ({3: {"身份证号": "9"}}, 2)
