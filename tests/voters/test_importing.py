"""A roll file on its way into the roll: every fault by row, nothing half saved, the same file twice."""

import json
from datetime import date

import pytest
from django.db import transaction

from elections.models import JournalEntry
from elections.rules.machine import Refused
from tests.make import TOWN, an_actor
from tests.voters.make_imports import codes, figures, given, load
from tests.voters.make_pages import OTHER
from tests.voters.make_voters import (
    TODAY,
    a_clerk,
    a_roll_election,
    a_row,
    an_id,
    table,
    xlsx,
)
from voters.importing.plan import Outcome
from voters.importing.report import Report
from voters.importing.source import SourceTable, safe_name
from voters.models import RollImport, Voter
from voters.sealing import number_of
from voters.services import imports, repairs
from voters.services.registering import correct_voter
from voters.spreadsheet import FileFault

pytestmark = pytest.mark.django_db


def test_a_clean_file_becomes_the_roll():
    election = a_roll_election()
    report = load(election, [a_row(n) for n in range(1, 41)])
    assert figures(report) == {"read": 40, "new": 40, "changed": 0, "same": 0, "refused": 0, "to_check": 0}
    assert report.committed
    voter = Voter.objects.get(name=a_row(7)["姓名"])
    assert (voter.sex, voter.birth, voter.group, voter.listed, voter.omission) == (
        "M",
        date(1957, 8, 8),
        "8组",
        True,
        "",
    )
    assert number_of(voter) == a_row(7)["身份证号"]
    assert (voter.initials, voter.place) == ("hff", "000008组\x1f000002")


def test_a_rehearsal_changes_nothing():
    election, actor = a_roll_election(), a_clerk()
    plan = imports.rehearse(election, given([a_row(1), a_row(2)]), actor=actor, today=TODAY)
    assert figures(plan)["new"] == 2
    assert (Voter.objects.count(), RollImport.objects.count()) == (0, 0)


def test_the_same_file_twice_changes_nothing():
    election, file, actor = a_roll_election(), given([a_row(n) for n in range(1, 21)]), a_clerk()
    imports.import_roll(election, file, actor=actor, today=TODAY)
    before = list(Voter.objects.order_by("pk").values())
    report = imports.import_roll(election, file, actor=actor, today=TODAY)
    assert figures(report) == {"read": 20, "new": 0, "changed": 0, "same": 20, "refused": 0, "to_check": 0}
    assert report.known
    assert list(Voter.objects.order_by("pk").values()) == before
    assert RollImport.objects.count() == 1


def test_one_edited_row_changes_one_row():
    election, rows = a_roll_election(), [a_row(n, 电话="13800138000") for n in range(1, 21)]
    load(election, rows)
    before = {voter["id"]: voter for voter in Voter.objects.values()}
    rows[4]["电话"], rows[4]["村民小组"] = "13900139000", "9组"
    plan = imports.rehearse(election, given(rows), actor=a_clerk(), today=TODAY)
    [changed] = plan.with_outcome(Outcome.CHANGED)
    assert changed.changes == (("村民小组", "6组", "9组"), ("电话", "13800138000", "13900139000"))
    assert figures(load(election, rows)) | {"read": 20} == {
        "read": 20, "new": 0, "changed": 1, "same": 19, "refused": 0, "to_check": 0,
    }  # fmt: skip
    differing = [pk for pk, row in before.items() if row != Voter.objects.filter(pk=pk).values().get()]
    assert len(differing) == 1
    assert Voter.objects.get(pk=differing[0]).place == "000009组\x1f000002"


def test_a_file_without_some_columns_leaves_them_as_they_are():
    election = a_roll_election()
    load(election, [a_row(n, 住址="石门村12号") for n in range(1, 4)])
    report = load(election, [a_row(n, 民族="畲族") for n in range(1, 4)], headings=["姓名", "身份证号", "民族"])
    assert figures(report)["changed"] == 3
    assert {voter.group for voter in Voter.objects.all()} == {"2组", "3组", "4组"}
    assert all(voter.address_sealed for voter in Voter.objects.all())


FAULTS = {
    "NAME_MISSING": {"姓名": ""},
    "ID_MISSING": {"身份证号": ""},
    "ID_LENGTH": {"身份证号": "99010019800506001"},
    "ID_EXCEL_ROUNDED": {"身份证号": "990100199003074000"},
    "BIRTH_IMPOSSIBLE": {"身份证号": an_id(1, date(1980, 2, 28)).replace("19800228", "19800230")},
    "CATEGORY_UNKNOWN": {"登记类型": "不知道"},
}
DOUBTS = {
    "ID_CHECKSUM": {"身份证号": "990100198005060010"},
    "SEX_MISMATCH": {"性别": "女", "身份证号": an_id(1)},
}
HINTS = {"RARE_CHARACTER": {"姓名": "王喆䶮"}}


@pytest.mark.parametrize("code", FAULTS)
def test_an_error_keeps_its_row_out_and_lets_the_others_in(code):
    election = a_roll_election()
    report = load(election, [a_row(1), a_row(2, **FAULTS[code]), a_row(3)])
    assert figures(report) == {"read": 3, "new": 2, "changed": 0, "same": 0, "refused": 1, "to_check": 0}
    assert codes(report) == [(3, code)]
    assert Voter.objects.count() == 2


@pytest.mark.parametrize("code", DOUBTS)
def test_a_doubt_waits_for_somebody_to_look(code):
    election = a_roll_election()
    report = load(election, [a_row(1), a_row(2, **DOUBTS[code])])
    assert (figures(report)["new"], figures(report)["to_check"]) == (1, 1)
    assert (3, code) in codes(report)


@pytest.mark.parametrize("code", HINTS)
def test_a_hint_keeps_nobody_out(code):
    report = load(a_roll_election(), [a_row(1, **HINTS[code])])
    assert (figures(report)["new"], codes(report)) == (1, [(2, code)])


def test_an_id_typed_as_a_number_is_never_repaired():
    election = a_roll_election()
    cells = table([a_row(1), a_row(2)])
    cells[1][1] = 990100195102020026
    report = imports.import_roll(election, SourceTable.read(xlsx(cells), "x"), actor=a_clerk(), today=TODAY)
    assert (codes(report), figures(report)["refused"]) == ([(2, "ID_IS_NUMBER")], 1)


def test_the_second_of_equal_numbers_is_refused():
    report = load(a_roll_election(), [a_row(1), a_row(2), a_row(1)])
    assert (figures(report)["new"], codes(report)) == (2, [(4, "DUP_IN_FILE")])
    assert report.faults[0].fault.message == "与第2行身份证号相同。请保留一行。"


@pytest.mark.parametrize(("birth", "listed"), [(date(2008, 12, 20), True), (date(2008, 12, 21), False)])
def test_eighteen_on_election_day_and_a_day_too_young(birth, listed):
    election = a_roll_election()
    report = load(election, [a_row(1, 身份证号=an_id(1, birth))])
    assert (figures(report)["new"], report.under_age) == (int(listed), int(not listed))
    assert [code for _, code in codes(report)] == ([] if listed else ["UNDER_AGE"])
    assert Voter.objects.count() == int(listed)


def test_who_does_not_live_here_and_did_not_state_it_is_kept_off_the_list_with_the_reason():
    rows = [
        a_row(1, 登记类型="户籍在本村不居住", 本人表示参加="是"),
        a_row(2, 登记类型="户籍在本村不居住", 本人表示参加="否"),
        a_row(3, 登记类型="户籍不在本村居住一年以上"),
    ]
    report = load(a_roll_election(), rows)
    assert report.not_listed == {"NO_STATEMENT": 1, "NO_APPLICATION": 1}
    assert list(Voter.objects.order_by("category", "listed").values_list("category", "listed", "omission")) == [
        ("CAT2", False, "NO_STATEMENT"), ("CAT2", True, ""), ("CAT3", False, "NO_APPLICATION"),
    ]  # fmt: skip


def test_listed_elsewhere_is_named_to_the_township_only():
    other, election = a_roll_election(OTHER), a_roll_election()
    load(other, [a_row(1)])
    sheet = given([a_row(1), a_row(2)])
    mine = imports.rehearse(election, sheet, actor=a_clerk(), today=TODAY).report
    town = imports.rehearse(election, sheet, actor=an_actor("township", TOWN), today=TODAY).report
    assert codes(mine) == codes(town) == [(2, "DUP_ELSEWHERE")]
    assert (figures(mine)["to_check"], figures(mine)["new"]) == (1, 1)
    assert mine.faults[0].fault.message == "此人已在其他村登记。只能在一个村登记。请与镇换届办核实。"
    assert town.faults[0].fault.message == "此人已在测试202村登记。只能在一个村登记。请与测试202村核实。"


def test_after_publication_a_file_changes_nothing(roll):
    election, rows = roll
    rows[0]["村民小组"] = "9组"
    plan = imports.rehearse(election, given([*rows, a_row(99)]), actor=a_clerk(), today=TODAY)
    assert figures(plan) == {"read": 6, "new": 0, "changed": 0, "same": 4, "refused": 2, "to_check": 0}
    assert codes(plan.report) == [(2, "PUBLISHED"), (7, "PUBLISHED")]


@pytest.fixture
def roll():
    from voters.services.publishing import publish_roll

    election, rows = a_roll_election(), [a_row(n) for n in range(1, 6)]
    load(election, rows)
    publish_roll(election, place="村务公开栏", posted_by="甲", actor=a_clerk(), today=TODAY)
    return election, rows


def test_without_an_election_day_nobody_can_be_judged():
    with pytest.raises(Refused, match="选举日还没有设定"):
        load(a_roll_election(poll_day=None), [a_row(1)])


def test_a_hand_correction_stays_until_it_is_ticked():
    election, rows, clerk = a_roll_election(), [a_row(n) for n in range(1, 4)], a_clerk()
    load(election, rows, clerk)
    voter = Voter.objects.get(name=rows[1]["姓名"])
    from tests.voters.make_voters import a_typed_row

    correct_voter(
        voter, a_typed_row(2, 村民小组="7组"), circumstances={}, checked=False, version=voter.version, actor=clerk
    )
    report = load(election, rows, clerk)
    assert (figures(report)["to_check"], codes(report)) == (1, [(3, "HAND_CORRECTED")])
    assert Voter.objects.get(pk=voter.pk).group == "7组"
    batch = imports.open_import(election, given(rows), actor=clerk, today=TODAY)
    batch = repairs.note_choices(batch, actor=clerk, today=TODAY, version=batch.version, ticks=[3])
    plan = imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    assert figures(plan)["changed"] == 1
    after = Voter.objects.get(pk=voter.pk)
    assert (after.group, after.by_hand) == ("3组", "")


def test_a_journal_line_holds_hash_and_figures_and_nobody(caplog):
    election = a_roll_election()
    load(election, [a_row(1), a_row(2, 身份证号="99010019800506001")])
    entry = JournalEntry.objects.filter(act="roll.imported").get()
    details = entry.said["details"]
    assert (details["read"], details["new"], details["refused"], len(details["file"])) == (2, 1, 1, 64)
    assert a_row(1)["姓名"] not in entry.body
    assert "990100195" not in entry.body


def test_masked_values_in_every_report():
    rows = [a_row(1, 身份证号="990100199003074000"), a_row(2), a_row(2), a_row(3, 性别="女")]
    report = load(a_roll_election(), rows)
    text = json.dumps(report.as_json(), ensure_ascii=False)
    assert "990100********4000" in text
    for row in rows:
        assert row["身份证号"] not in text


def test_an_open_import_survives_and_is_done_once():
    election, clerk = a_roll_election(), a_clerk()
    rows = [a_row(1), a_row(2, 性别="男"), a_row(3, 身份证号="12345")]
    batch = imports.open_import(election, given(rows), actor=clerk, today=TODAY)
    raw = bytes(RollImport.objects.get(pk=batch.pk).source_sealed)
    assert a_row(1)["身份证号"].encode() not in raw
    batch = RollImport.objects.get(pk=batch.pk)
    batch = repairs.note_choices(batch, actor=clerk, today=TODAY, version=batch.version, ticks=[3])
    fixed = a_row(3)["身份证号"]
    batch = repairs.note_repairs(batch, {4: {"身份证号": fixed}}, actor=clerk, today=TODAY, version=batch.version)
    assert json.loads(batch.summary)["new"] == 3
    imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    assert Voter.objects.count() == 3
    assert Voter.objects.get(name=rows[1]["姓名"]).checked
    from elections.services.hold import Overtaken

    with pytest.raises(Overtaken):
        imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)


def test_undoing_puts_everything_back_as_it_was():
    election, clerk = a_roll_election(), a_clerk()
    load(election, [a_row(n) for n in range(1, 6)], clerk)
    before = list(Voter.objects.order_by("pk").values())
    rows = [a_row(n, 民族="畲族") for n in range(3, 9)]
    batch = imports.open_import(election, given(rows), actor=clerk, today=TODAY)
    imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    assert Voter.objects.count() == 8
    batch.refresh_from_db()
    assert imports.undo_import(batch, actor=clerk) == 0
    after = list(Voter.objects.order_by("pk").values())
    assert [{**row, "version": 0} for row in after] == [{**row, "version": 0} for row in before]
    with pytest.raises(Refused, match="已经撤销"):
        imports.undo_import(batch, actor=clerk)


def test_undoing_keeps_what_a_person_changed_since():
    election, clerk = a_roll_election(), a_clerk()
    load(election, [a_row(1), a_row(2)], clerk)
    from tests.voters.make_voters import a_typed_row

    voter = Voter.objects.get(name=a_row(1)["姓名"])
    correct_voter(voter, a_typed_row(1, 电话="13800138000"), circumstances={}, checked=False, version=0, actor=clerk)
    assert imports.undo_import(RollImport.objects.get(), actor=clerk) == 1
    assert list(Voter.objects.values_list("name", flat=True)) == [voter.name]


def test_nothing_is_half_saved_when_storing_breaks(monkeypatch):
    election, clerk = a_roll_election(), a_clerk()
    load(election, [a_row(1)], clerk)

    def broken(*_arguments):
        raise RuntimeError("power cut")

    monkeypatch.setattr("voters.importing.storing.update_many", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        load(election, [a_row(1, 民族="畲族"), a_row(2)], clerk)
    assert Voter.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04rubbish"])
def test_a_file_that_cannot_be_read_says_so(content):
    with pytest.raises(FileFault):
        SourceTable.read(content, "名单.xlsx")


def test_the_name_of_a_file_shows_no_path_and_no_number():
    assert safe_name("C:\\用户\\名单 990100198005060012.xlsx") == "名单 *.xlsx"
    assert safe_name("../../etc/passwd") == "passwd"


def test_figures_are_those_of_the_interface():
    assert list(Report().figures()) == ["read", "new", "changed", "same", "refused", "to_check"]
    assert Report().summary().text
