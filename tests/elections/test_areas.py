"""Areas from a spreadsheet: every fault at once and nothing half done; a file loaded twice changes nothing."""

from __future__ import annotations

import pytest

from elections.documents.sheets import workbook_bytes
from elections.models import Area, Role
from elections.services.areas import load
from tests.make import COUNTY, an_actor, an_area

pytestmark = pytest.mark.django_db
HEAD = ["区划代码", "名称", "类别", "户籍人口", "办公电话"]
TOWN = ["990100103", "新溪镇", "镇", "", "0990-5550109"]
VILLAGE = ["990100103201", "龙口村", "村", "1204", ""]


@pytest.fixture
def admin():
    an_area(COUNTY)
    return an_actor(Role.ADMIN, COUNTY)


def file(*rows: list[str]) -> bytes:
    return workbook_bytes("名单", [HEAD, *rows])


def test_a_file_of_areas_is_loaded_and_the_second_time_changes_nothing(admin):
    first = load(file(TOWN, VILLAGE), actor=admin.user, reach=admin)
    assert (first.added, first.changed, first.same, first.faults) == (2, 0, 0, [])
    assert Area.objects.get(code="990100103201").population == 1204
    again = load(file(TOWN, VILLAGE), actor=admin.user, reach=admin)
    assert (again.added, again.changed, again.same) == (0, 0, 2)


def test_one_changed_row_changes_one_area(admin):
    load(file(TOWN, VILLAGE), actor=admin.user, reach=admin)
    report = load(file(TOWN, [*VILLAGE[:3], "1210", ""]), actor=admin.user, reach=admin)
    assert (report.added, report.changed, report.same) == (0, 1, 1)


def test_every_fault_is_told_with_its_row_and_nothing_is_written(admin):
    rows = (TOWN, ["9901001032", "", "庄", "很多", ""], ["990200101201", "外县村", "村", "", ""])
    report = load(file(*rows), actor=admin.user, reach=admin)
    assert report.faults == [
        (3, "区划代码“9901001032”不对，应为6位、9位或者12位数字。请核对。"),
        (3, "名称没有填写。请填写。"),
        (3, "类别“庄”不认识，可以是县、市、区、街道、镇、乡、村、社区。请改正。"),
        (3, "“很多”应是整数。请改正。"),
        (4, "区划代码990200101201不在本单位范围内。请核对。"),
    ]
    assert not Area.objects.filter(code=TOWN[0]).exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"not a workbook", "文件打不开。请用xlsx格式另存后再上传。"),
        (workbook_bytes("x", [["甲", "乙"], ["1", "2"]]), "没有找到“名称”列。请用“区划代码、名称、类别”作列名。"),
        (workbook_bytes("x", [HEAD]), "表头下面没有内容。请填写后再上传。"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_plain_words(admin, data, said):
    assert load(data, actor=admin.user, reach=admin).faults == [(0, said)]
