"""Repairing an import: one press for a group, rows taken away and brought back, two people at the same rows."""

from __future__ import annotations

from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from elections.models import Role
from tests.client import Browser
from tests.make import VILLAGE, a_user
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_row, a_typed_row, a_voter, an_id, table, xlsx
from voters.importing.checking import check
from voters.importing.grid import grid_row
from voters.importing.groups import groups, rows_with_faults
from voters.importing.source import SourceTable
from voters.importing.staging import work_of
from voters.models import RollImport, Tally, Voter
from voters.sealing import number_of, open_column
from voters.services import imports, repairs
from voters.services.registering import correct_voter

pytestmark = pytest.mark.django_db
WRONG = "990100199003074000"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def election():
    return a_roll_election()


@pytest.fixture
def clerk():
    return a_clerk()


@pytest.fixture
def desk():
    desk = Browser()
    desk.force_login(a_user(Role.VILLAGE), backend="django.contrib.auth.backends.ModelBackend")
    return desk


def opened(election, clerk, rows, **more) -> RollImport:
    return imports.open_import(
        election, SourceTable.read(xlsx(table(rows, **more)), "名单.xlsx"), actor=clerk, today=TODAY
    )


def plan_of(batch):
    return check(batch.election, work_of(batch), today=TODAY, names_villages=False)


def outcomes(batch) -> dict[int, str]:
    return {row.number: str(row.outcome) for row in plan_of(batch).rows}


def settle(batch, key, clerk):
    return repairs.settle_group(batch, key, actor=clerk, today=TODAY, version=batch.version)


# --- one press ---------------------------------------------------------------------------------------------


def test_sex_by_the_number_settles_the_sex_and_no_other_doubt(election, clerk):
    wrong_digit = a_row(3)["身份证号"]
    wrong_digit = wrong_digit[:-1] + ("1" if wrong_digit[-1] != "1" else "2")
    batch = opened(election, clerk, [a_row(1, 性别="女"), a_row(3, 性别="女", 身份证号=wrong_digit)])
    batch = settle(batch, "sex", clerk)
    assert outcomes(batch) == {2: "new", 3: "to_check"}
    assert [row.row.sex for row in plan_of(batch).rows] == ["M", "M"]
    assert [group.repair.key for group in groups(plan_of(batch))] == ["checksum"]


def corrected(election, clerk, **cells) -> Voter:
    voter = a_voter(election, 1)
    row = a_typed_row(1, **cells)
    return correct_voter(voter, row, circumstances={}, checked=False, version=0, actor=clerk)


def test_what_was_corrected_by_hand_stays_by_one_press_and_the_rest_of_the_row_comes_in(election, clerk):
    load = SourceTable.read(xlsx(table([a_row(1)])), "x")
    imports.import_roll(election, load, actor=clerk, today=TODAY)
    voter = Voter.objects.get()
    row = a_typed_row(1, 电话="13912345678", 住址="石门村9号")
    correct_voter(voter, row, circumstances={}, checked=False, version=voter.version, actor=clerk)
    batch = opened(election, clerk, [a_row(1, 民族="畲族", 电话="13800000000", 住址="石门村1号")])
    [group] = groups(plan_of(batch))
    assert group.repair.key == "hand"
    said = " ".join(fault.message for fault in plan_of(batch).rows[0].faults)
    assert "139****5678" in said
    assert "13912345678" not in said
    assert "石门村9号" not in said
    assert grid_row(plan_of(batch).rows[0]).cells == ()
    batch = settle(batch, "hand", clerk)
    imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    voter.refresh_from_db()
    assert voter.ethnicity == "畲族"
    assert open_column("phone", [voter]) == ["13912345678"]
    assert open_column("address", [voter]) == ["石门村9号"]


def test_ticked_the_file_takes_the_place_of_the_correction(election, clerk):
    imports.import_roll(election, SourceTable.read(xlsx(table([a_row(1)])), "x"), actor=clerk, today=TODAY)
    voter = Voter.objects.get()
    row = a_typed_row(1, 村民小组="9组")
    correct_voter(voter, row, circumstances={}, checked=False, version=voter.version, actor=clerk)
    batch = opened(election, clerk, [a_row(1, 村民小组="5组")])
    batch = repairs.note_choices(batch, actor=clerk, today=TODAY, version=batch.version, ticks=[2])
    imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    voter.refresh_from_db()
    assert voter.group == "5组"


def test_a_corrected_number_of_somebody_on_the_roll_is_asked_about(election, clerk):
    """Matched by the number; where only name, birth and group agree a person is asked."""
    imports.import_roll(election, SourceTable.read(xlsx(table([a_row(1), a_row(2)])), "x"), actor=clerk, today=TODAY)
    voter = Voter.objects.get(name=a_row(1)["姓名"])
    other = an_id(777, voter.birth)
    batch = opened(election, clerk, [a_row(1, 身份证号=other, 性别="男"), a_row(2)])
    assert outcomes(batch) == {2: "to_check", 3: "same"}
    assert "不导入" in plan_of(batch).rows[0].faults[0].message
    elsewhere_group = opened(election, clerk, [a_row(1, 身份证号=other, 性别="男", 村民小组="99组"), a_row(2)])
    assert outcomes(elsewhere_group) == {2: "new", 3: "same"}
    both_there = opened(election, clerk, [a_row(1, 身份证号=other, 性别="男", 村民小组="99组"), a_row(1)])
    assert outcomes(both_there)[2] == "new"


def test_who_is_too_young_by_a_wrong_number_can_be_put_right_in_the_grid(election, clerk):
    from datetime import date

    batch = opened(election, clerk, [a_row(1, 身份证号=an_id(1, date(2012, 1, 1)))])
    [row] = rows_with_faults(plan_of(batch), "young")
    assert [cell.column for cell in grid_row(row).cells] == ["身份证号"]


def test_a_long_remark_stands_whole_in_its_cell_so_that_saving_it_cuts_nothing(election, clerk):
    batch = opened(election, clerk, [a_row(1, 备注="外出务工" * 60)])
    [row] = rows_with_faults(plan_of(batch))
    assert [cell.value for cell in grid_row(row).cells] == ["外出务工" * 60]


# --- taken away and brought back -----------------------------------------------------------------------------


def taken(desk, batch) -> Workbook:
    answer = desk.post(reverse("import_take_rows", args=[batch.pk]), {}, follow=True)
    return load_workbook(BytesIO(answer.content))


def bring_back(desk, batch, book, name="改好的.xlsx", **more):
    out = BytesIO()
    book.save(out)
    sent = {"file": SimpleUploadedFile(name, out.getvalue()), "version": str(batch.version)} | more
    return desk.post(reverse("import_returned", args=[batch.pk]), sent, follow=True)


@pytest.fixture
def faulty(election, desk):
    rows = [a_row(1), a_row(2, 身份证号=WRONG), a_row(3, 姓名=""), a_row(4), a_row(5, 身份证号="12345")]
    file = SimpleUploadedFile("名单.xlsx", xlsx(table(rows, titles=["石门村选民登记表"])))
    desk.post(reverse("roll_import", args=[VILLAGE]), {"way": "upload", "file": file})
    return RollImport.objects.get()


def test_repaired_rows_go_back_to_where_they_came_from(faulty, desk):
    book = taken(desk, faulty)
    sheet = book.active
    assert [row[-1].value for row in sheet.iter_rows(min_row=2)] == ["4", "5", "7"]
    sheet["B2"], sheet["A3"] = a_row(2)["身份证号"], a_row(3)["姓名"]
    sheet.delete_rows(4)
    page = bring_back(desk, faulty, book).content.decode()
    assert "已读入改好的2行" in page
    assert "下一步：导入4人" in page
    faulty.refresh_from_db()
    desk.post(reverse("import_commit", args=[faulty.pk]), {"version": str(faulty.version)})
    assert set(Voter.objects.values_list("name", flat=True)) == {a_row(n)["姓名"] for n in range(1, 5)}
    assert number_of(Voter.objects.get(name=a_row(2)["姓名"])) == a_row(2)["身份证号"]


def test_what_was_typed_before_is_in_the_file_and_is_not_undone_by_it(faulty, desk):
    typed = {"shown": "5", "cell-5-0": "王小芳", "version": "0"}
    desk.post(reverse("import_rows", args=[faulty.pk]), typed | {"shown": ["5"]})
    desk.post(reverse("import_rows", args=[faulty.pk]), {"shown": ["7"], "cell-7-0": "李大海", "version": "1"})
    faulty.refresh_from_db()
    book = taken(desk, faulty)
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == [a_row(2)["姓名"], "李大海"]
    book.active["B3"] = a_row(5)["身份证号"]
    bring_back(desk, faulty, book)
    faulty.refresh_from_db()
    names = [row.row.name for row in plan_of(faulty).rows]
    assert (names[2], names[4]) == ("王小芳", "李大海")


def test_a_number_that_a_spreadsheet_has_cut_is_still_seen(faulty, desk):
    book = taken(desk, faulty)
    book.active["B2"] = 990100199003074123
    bring_back(desk, faulty, book)
    faulty.refresh_from_db()
    [fault] = next(row for row in plan_of(faulty).rows if row.number == 4).faults
    assert fault.code == "ID_IS_NUMBER"


def test_rows_without_their_place_are_told_and_another_file_is_refused(faulty, desk):
    book = taken(desk, faulty)
    book.active["N2"] = "999"
    assert "有1行没有对应的原行号" in bring_back(desk, faulty, book).content.decode()
    faulty.refresh_from_db()
    other = load_workbook(BytesIO(xlsx(table([a_row(9)]))))
    answer = bring_back(desk, faulty, other)
    assert answer.status_code == 422
    assert "没有“原行号”列" in answer.content.decode()


def test_bringing_rows_back_counts_as_an_upload(faulty, desk):
    book = taken(desk, faulty)
    Tally.objects.update(count=30)
    answer = bring_back(desk, faulty, book)
    assert answer.status_code == 409
    assert "一小时内已上传30次名单" in answer.content.decode()


def test_repaired_rows_alone_are_a_file_too_and_their_reasons_are_no_column(faulty, desk):
    """After the good rows are in: the rest is repaired and imported by itself."""
    book = taken(desk, faulty)
    desk.post(reverse("import_commit", args=[faulty.pk]), {"version": "0"})
    sheet = book.active
    sheet["B2"], sheet["A3"], sheet["B4"] = a_row(2)["身份证号"], a_row(3)["姓名"], a_row(5)["身份证号"]
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("改好的.xlsx", out.getvalue())
    page = desk.post(reverse("roll_import", args=[VILLAGE]), {"way": "upload", "file": file}, follow=True)
    assert "下一步：导入3人" in page.content.decode()
    batch = RollImport.objects.latest("made_at")
    assert "错误原因" not in desk.get(reverse("import_step", args=[batch.pk, 2])).content.decode()
    desk.post(reverse("import_commit", args=[batch.pk]), {"version": "0"})
    assert set(Voter.objects.values_list("name", flat=True)) == {a_row(n)["姓名"] for n in range(1, 6)}
    assert not Voter.objects.exclude(remark="").exists()


def test_columns_pointed_out_are_remembered_for_the_faulty_rows_of_the_same_file(election, clerk):
    headings = ["甲", "身份证号", "性别"]
    rows = [[a_row(n)["姓名"], a_row(n)["身份证号"], a_row(n)["性别"]] for n in (1, 2)]
    batch = imports.open_import(election, SourceTable.read(xlsx([headings, *rows]), "x"), actor=clerk, today=TODAY)
    mapping = {"姓名": 0, "身份证号": 1, "性别": 2}
    batch = repairs.note_columns(batch, mapping, actor=clerk, today=TODAY, version=batch.version)
    imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    back = SourceTable.read(xlsx([[*headings, "错误原因", "原行号"], [*rows[1], "某原因", "3"]]), "x")
    again = imports.open_import(election, back, actor=clerk, today=TODAY)
    assert dict(work_of(again).mapping) == mapping


def test_above_two_hundred_rows_the_spreadsheet_is_offered_first(election, desk):
    rows = [a_row(n, 身份证号="123") for n in range(1, 203)]
    file = SimpleUploadedFile("名单.xlsx", xlsx(table(rows)))
    desk.post(reverse("roll_import", args=[VILLAGE]), {"way": "upload", "file": file})
    page = desk.get(reverse("import_step", args=[RollImport.objects.get().pk, 3]) + "?page=4").content.decode()
    assert "另有2行" in page
    assert "第201行" in page
    assert "第202行" not in page


# --- two people at the same rows ------------------------------------------------------------------------------


def test_what_was_typed_stays_when_somebody_else_was_first(faulty, desk):
    page = {"shown": ["4", "5"], "version": "0"}
    desk.post(reverse("import_rows", args=[faulty.pk]), page | {"cell-5-0": "王小芳"})
    answer = desk.post(reverse("import_rows", args=[faulty.pk]), page | {"cell-4-1": a_row(2)["身份证号"], "skip": "5"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "已由他人修改" in text
    assert a_row(2)["身份证号"] in text
    assert 'name="version" value="1"' in text
    page["version"] = "1"
    desk.post(reverse("import_rows", args=[faulty.pk]), page | {"cell-4-1": a_row(2)["身份证号"]})
    assert outcomes(RollImport.objects.get())[4] == "new"


def test_an_automatic_save_that_was_overtaken_says_so(faulty, desk):
    page = {"shown": ["5"], "cell-5-0": "王小芳", "version": "0"}
    address, automatic = reverse("import_rows", args=[faulty.pk]), {"X-Autosave": "1"}
    assert desk.post(address, page, headers=automatic).json() == {"version": 1}
    assert desk.post(address, page | {"cell-5-0": "王大芳"}, headers=automatic).status_code == 409
    assert [row.row.name for row in plan_of(RollImport.objects.get()).rows][2] == "王小芳"


def test_an_import_that_was_finished_meanwhile_cannot_be_repaired(faulty, desk):
    desk.post(reverse("import_commit", args=[faulty.pk]), {"version": "0"})
    answer = desk.post(reverse("import_rows", args=[faulty.pk]), {"shown": ["5"], "cell-5-0": "甲", "version": "1"})
    assert answer.status_code == 409
    assert f"/import/{faulty.pk}/" in answer.content.decode()
