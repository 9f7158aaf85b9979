"""Lists with full numbers: a reason, a second person above five hundred rows, every copy noted."""

from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from elections.models import JournalEntry, Role
from elections.rules.machine import Refused
from elections.services.hold import Overtaken
from tests.client import Browser
from tests.make import VILLAGE, a_user
from tests.voters.make_pages import signed_in
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_row, a_voter
from voters.models import RollExport
from voters.sealing import number_of
from voters.services import exporting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def election():
    return a_roll_election()


def asked(election, rows, actor):
    return exporting.ask_export(election, query="", rows=rows, reason="核对户口簿", actor=actor)


@pytest.mark.parametrize(("rows", "alone"), [(500, True), (501, False)])
def test_above_five_hundred_a_second_person_has_to_agree(election, rows, alone):
    clerk = a_clerk()
    found = asked(election, rows, clerk)
    assert (exporting.why_not_yet(found) is None) is alone
    if alone:
        exporting.take(found, rows=rows, actor=clerk)
        return
    with pytest.raises(Refused, match="须另一人同意"):
        exporting.take(found, rows=rows, actor=clerk)
    with pytest.raises(Refused, match="不能是同一个人"):
        exporting.agree(found, actor=clerk)
    found = exporting.agree(found, actor=a_clerk())
    with pytest.raises(Overtaken):
        exporting.agree(found, actor=a_clerk())
    exporting.take(found, rows=rows, actor=clerk)
    with pytest.raises(Refused, match="只能由申请的人下载"):
        exporting.take(found, rows=rows, actor=a_clerk())
    assert RollExport.objects.get().taken == 1


def test_a_long_list_cut_into_short_ones_counts_as_one(election):
    clerk, colleague = a_clerk(), a_clerk()
    first, second = asked(election, 300, clerk), asked(election, 201, clerk)
    assert exporting.why_not_yet(first) is None
    assert exporting.why_not_yet(second) == "超过500人，须另一人同意"
    assert exporting.why_not_yet(asked(election, 500, colleague)) is None
    exporting.agree(second, actor=colleague)
    assert exporting.why_not_yet(asked(election, 200, clerk)) is None


def test_a_list_that_has_grown_since_is_asked_for_again(election):
    clerk = a_clerk()
    found = asked(election, 3, clerk)
    with pytest.raises(Refused, match="多于申请时的3人"):
        exporting.take(found, rows=4, actor=clerk)
    exporting.take(found, rows=3, actor=clerk)


def test_nobody_of_another_village_finds_agrees_or_takes(election):
    a_voter(election, 1)
    found = asked(election, 1, a_clerk())
    stranger = Browser()
    stranger.force_login(a_user(Role.VILLAGE, "990100101202"), backend="django.contrib.auth.backends.ModelBackend")
    for name in ("roll_export_agree", "roll_export_take"):
        assert stranger.post(reverse(name, args=[VILLAGE, found.pk])).status_code == 404
    assert stranger.get(reverse("roll_export_file", args=[VILLAGE, found.pk])).status_code == 404
    for role in (Role.COUNTY, Role.INSPECTOR):
        assert signed_in(role).post(reverse("roll_export_take", args=[VILLAGE, found.pk])).status_code in (403, 404)
    found.refresh_from_db()
    assert (found.taken, found.agreed_by) == (0, None)


def test_after_a_day_it_has_to_be_asked_for_again(election):
    found = asked(election, 3, a_clerk())
    with time_machine.travel("2026-11-21T09:00:01+08:00"):
        assert exporting.why_not_yet(found) == "已超过24小时，需要重新申请"


def test_a_reason_and_somebody_to_export(election):
    with pytest.raises(Refused) as refused:
        exporting.ask_export(election, query="", rows=0, reason=" ", actor=a_clerk())
    assert len(refused.value.problems) == 2


def test_from_the_page_to_the_file_with_its_number(election):
    voter = a_voter(election, 1)
    a_voter(election, 2)
    clerk, page = signed_in(), reverse("roll_exports", args=[VILLAGE])
    clerk.post(page, {"reason": "核对户口簿", "query": "group=2组"})
    found = RollExport.objects.get()
    assert found.rows == 1
    address = reverse("roll_export_file", args=[VILLAGE, found.pk])
    assert clerk.get(address).status_code == 302
    response = clerk.post(reverse("roll_export_take", args=[VILLAGE, found.pk]), follow=True)
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert rows[0][0] == "第1份"
    assert (rows[2][1], rows[2][6]) == (a_row(1)["姓名"], number_of(voter))
    assert len(rows) == 3
    assert [entry.act for entry in JournalEntry.objects.filter(act__startswith="roll.export").order_by("seq")] == [
        "roll.export_asked", "roll.export_taken",
    ]  # fmt: skip
    assert signed_in(Role.COUNTY).get(page).status_code == 403


def test_finding_by_the_end_of_the_number_is_noted_without_it(election):
    voter = a_voter(election, 1)
    last = number_of(voter)[-4:]
    clerk, page = signed_in(), reverse("roll_find", args=[VILLAGE])
    assert voter.name in clerk.post(page, {"last": last}).content.decode()
    assert "没有这样的身份证号" in clerk.post(page, {"last": "9999"}).content.decode()
    assert clerk.post(page, {"last": "12"}).status_code == 422
    entries = JournalEntry.objects.filter(act="roll.searched_by_number")
    assert [entry.said["details"] for entry in entries] == [
        {"body": "committee", "found": 1},
        {"body": "committee", "found": 0},
    ]


@pytest.mark.parametrize("name", ["roll_statistics", "roll_alike", "roll_exports", "roll_find"])
def test_pages_answer_for_an_empty_and_a_filled_roll(election, name):
    clerk = signed_in()
    assert clerk.get(reverse(name, args=[VILLAGE])).status_code == 200
    a_voter(election, 1)
    assert clerk.get(reverse(name, args=[VILLAGE])).status_code == 200


def test_the_page_over_the_villages_is_the_townships(election):
    assert signed_in(Role.TOWNSHIP).get(reverse("duplicates")).status_code == 200
    assert signed_in().get(reverse("duplicates")).status_code == 403
