"""Rows of a list: what is understood, what is not and why. All people are invented."""

from datetime import date

import pytest

from config.demo.people import id_number
from elections.models import Area
from office.teams.reading import Line, Reader

TODAY = date(2026, 12, 20)
SHIMEN = Area(code="990100101201", name="石门村", kind="village")
SHAXI = Area(code="990100101202", name="沙溪村", kind="village")
HEAD = ("村", "姓名", "性别", "出生年月", "身份证号", "职务", "任职时间")


def read(*cells, villages=(SHIMEN, SHAXI), since=None, head=HEAD) -> Line:
    return Reader({name: place for place, name in enumerate(head)}, villages, today=TODAY, since=since).read(7, cells)


def row(**changed) -> list[str]:
    cells = {
        "村": "石门村", "姓名": "丁甲子", "性别": "女", "出生年月": "1980-05-03", "身份证号": "", "职务": "主任",
        "任职时间": "2021年3月8日",
    }  # fmt: skip
    return list((cells | changed).values())


def test_a_row_that_is_understood():
    line = read(*row())
    assert (line.faults, line.notes) == ([], [])
    assert (line.village, line.name, line.sex, line.birth) == (SHIMEN, "丁甲子", "F", date(1980, 5, 3))
    assert (line.posts, line.since, line.how) == ((("committee", "chair"),), date(2021, 3, 8), "imported")


@pytest.mark.parametrize("written", ["石门村", "石门", "石门村委会", "石门村民委员会"])
def test_a_village_by_any_of_its_names(written):
    assert read(*row(村=written)).village == SHIMEN


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"村": "东源村"}, "没有找到“东源村”这个村（社区）。请按村名填写。"),
        ({"村": ""}, "没有填写村名。请补上。"),
        ({"姓名": ""}, "没有填写姓名。请补上。"),
        ({"姓名": "丁甲子1"}, "姓名中有“1”。请按户口簿填写。"),
        ({"性别": ""}, "没有填写性别。请补上。"),
        ({"性别": "不详"}, "性别“不详”不认识。请核对后重新填写。"),
        ({"出生年月": "五十年代"}, "出生年月：日期“五十年代”认不出来。请写成2026年3月15日或2026-3-15。"),
        ({"出生年月": "2026-12-21"}, "出生年月2026年12月21日在今天以后。请核对。"),
        ({"出生年月": "1925-12-20"}, "出生年月1925年12月20日，已经超过100岁。请核对。"),
        ({"出生年月": "2003-03-09"}, "2021年3月8日任职时未满18周岁。请核对出生年月和任职时间。"),
        ({"身份证号": "990100198005030000"}, "身份证号不对，请核对每一位。表格里这一列应设为文本。"),
        ({"职务": "会计"}, "职务“会计”不认识。本页只登记“两委”和监督委员会的职务。"),
        ({"任职时间": "去年"}, "任职时间：日期“去年”认不出来。请写成2026年3月15日或2026-3-15。"),
        ({"任职时间": ""}, "没有填写任职时间。请补上，或者在粘贴时填写统一的任职时间。"),
        ({"任职时间": "2026-12-21"}, "任职时间2026年12月21日在今天以后。请核对。"),
    ],
)
def test_what_is_wrong_is_named(changed, fault):
    assert fault in read(*row(**changed)).faults


@pytest.mark.parametrize(
    "changed", [{"出生年月": "1926-12-20"}, {"出生年月": "2003-03-08"}, {"任职时间": "2026-12-20"}]
)
def test_the_other_side_of_each_limit(changed):
    assert read(*row(**changed)).faults == []


@pytest.mark.parametrize("month", ["1980年5月", "1980.05", "1980-5", "198005"])
def test_of_a_month_the_first_day_is_kept_and_told(month):
    line = read(*row(出生年月=month))
    assert (line.birth, line.notes, line.faults) == (
        date(1980, 5, 1), ["出生年月只有年月，按1980年5月1日登记"], [],
    )  # fmt: skip


def test_the_number_knows_the_day_of_the_month():
    number = id_number(date(1980, 5, 3), "F", 4)
    line = read(*row(出生年月="1980年5月", 身份证号=number))
    assert (line.birth, line.notes, line.faults, line.key) == (date(1980, 5, 3), [], [], (number,))


def test_the_number_against_what_was_typed():
    number = id_number(date(1980, 6, 3), "M", 4)
    assert read(*row(身份证号=number)).faults == [
        "出生年月与身份证号不一致。请核对。", "性别与身份证号不一致。请核对。",
    ]  # fmt: skip


def test_the_number_says_birth_and_sex_where_nobody_typed_them():
    line = read(*row(性别="", 出生年月="", 身份证号=id_number(date(1980, 6, 3), "M", 4)))
    assert (line.sex, line.birth, line.faults) == ("M", date(1980, 6, 3), [])


def test_one_day_for_everybody_of_the_list():
    assert read(*row(任职时间=""), since=date(2021, 3, 1)).since == date(2021, 3, 1)
    assert read(*row(任职时间="2020-1-1"), since=date(2021, 3, 1)).since == date(2020, 1, 1)
    assert read(*row(任职时间="去年"), since=date(2021, 3, 1)).since is None


def test_the_page_of_one_village_needs_no_column_for_it():
    line = read(*row()[1:], villages=[SHIMEN], head=HEAD[1:])
    assert (line.village, line.faults) == (SHIMEN, [])
    assert read(*row(村="沙溪村"), villages=[SHIMEN]).faults == ["没有找到“沙溪村”这个村（社区）。请按村名填写。"]


def test_who_left_before_he_came():
    line = read(*row(), "2021-3-7", head=(*HEAD, "离任时间"))
    assert line.faults == ["离任时间早于任职时间。请核对。"]
    assert read(*row(), "2021-3-8", head=(*HEAD, "离任时间")).faults == []
