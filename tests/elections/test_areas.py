"""Areas from a spreadsheet: every fault at once and nothing half done; a file loaded twice changes nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from elections.documents.sheets import workbook_bytes
from elections.models import Area, JournalEntry, Role
from elections.services.areas import load
from tests.client import Browser
from tests.elections.make_pages import said, text_of
from tests.make import COUNTY, a_user, an_actor, an_area

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


def test_a_corrected_area_is_saved_and_no_other(admin):
    load(file(TOWN, VILLAGE), actor=admin.user, reach=admin)
    load(file([TOWN[0], "新溪街道", "街道", "", "0990-5550110"]), actor=admin.user, reach=admin)
    told = Area.objects.order_by("code").values_list("code", "name", "kind", "population", "phone")
    assert list(told)[1:] == [
        ("990100103", "新溪街道", "street", None, "0990-5550110"),
        ("990100103201", "龙口村", "village", 1204, ""),
    ]


# --- By page ----------------------------------------------------------------------------------------


def upload(browser: Browser, *rows: list[str], name: str = "名单.xlsx"):
    sent = SimpleUploadedFile(name, file(*rows))
    return browser.post(reverse("areas"), {"file": sent}, follow=True)


@pytest.fixture
def signed_in(admin) -> Browser:
    found = Browser()
    found.force_login(admin.user)
    return found


def test_areas_are_loaded_and_corrected_by_page(signed_in, admin):
    assert said(upload(signed_in, TOWN, VILLAGE)) == "已导入2个，更新0个，没有变化0个。"
    page = upload(signed_in, TOWN, [VILLAGE[0], "龙口社区", "社区", "1210", ""])
    assert said(page) == "已导入0个，更新1个，没有变化1个。"
    assert "龙口社区" in text_of(page)
    area = Area.objects.get(code=VILLAGE[0])
    assert (area.name, area.kind, area.population) == ("龙口社区", "community", 1210)
    lines = JournalEntry.objects.filter(act="areas.loaded").order_by("seq")
    assert [(line.area_code, line.actor, line.said["details"]) for line in lines] == [
        (COUNTY, admin.user, {"added": 2, "changed": 0}),
        (COUNTY, admin.user, {"added": 0, "changed": 1}),
    ]


def test_a_file_with_a_fault_comes_back_with_its_row_and_changes_nothing(signed_in):
    upload(signed_in, TOWN, VILLAGE)
    page = upload(signed_in, [*VILLAGE[:1], "龙口社区", "社区", "1210", ""], ["9901001032", "甲村", "村", "", ""])
    assert page.status_code == 422
    assert "区划代码“9901001032”不对，应为6位、9位或者12位数字。请核对。" in text_of(page)
    assert Area.objects.get(code=VILLAGE[0]).name == "龙口村"
    assert signed_in.post(reverse("areas"), {"act": str(uuid4())}).status_code == 422  # no file


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_an_administrator_loads_areas(admin, role):
    found = Browser()
    found.force_login(a_user(role, COUNTY))
    assert upload(found, TOWN, VILLAGE).status_code == 403
    assert not Area.objects.filter(code=TOWN[0]).exists()
