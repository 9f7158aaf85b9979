"""What the one who objected is given: a receipt, then the decision (F3, VR-13, VR-14, VR-16)."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta

import pytest
import time_machine

from tests.elections.make_pages import a_browser
from tests.make import VILLAGE
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_voter
from voters.documents.appeals import appeal_values
from voters.services.objections import receive_objection, uphold
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db
MATTER = '#read("/etc/passwd") 张三应当列入'  # what is typed is never read as markup


@pytest.fixture
def election():
    election = a_roll_election()
    a_voter(election, 1)
    publish_roll(election, place="公告栏", posted_by="甲", actor=a_clerk(), today=TODAY)
    return election


def objected(election, days=0):
    day = TODAY + timedelta(days=days)
    return receive_objection(
        election, person="张三", objector="李四", matter=MATTER, received_on=day, voter=None, actor=a_clerk(), today=day
    )


def words_of(data: bytes) -> str:
    out = subprocess.run([shutil.which("pdftotext"), "-layout", "-", "-"], input=data, capture_output=True, check=True)
    return re.sub(r"\s", "", out.stdout.decode())


def test_a_receipt_says_by_when_it_is_decided_and_the_decision_says_why(election):
    found = objected(election)
    browser = a_browser("village")
    page = f"/villages/{VILLAGE}/roll/appeals/{found.pk}/"
    with time_machine.travel(f"{TODAY}T09:00:00+08:00"):
        assert "打印受理回执" in browser.get(page).content.decode()
        answer = browser.get(page + "paper/")
        assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"].startswith("inline")
        receipt = words_of(answer.content)
        uphold(found, "经核对户口簿，登记无误", actor=a_clerk(), today=TODAY)
        assert "打印处理决定书" in browser.get(page).content.decode()
        decision = words_of(browser.get(page + "paper/").content)
    assert "选民名单申诉受理回执" in receipt and "将在2026年11月23日前作出处理决定" in receipt
    assert '#read("/etc/passwd")' in receipt
    assert "《村民委员会组织法》第十七条第二款" in receipt and "处理决定维持" not in receipt
    assert "选民名单申诉处理决定书" in decision and "维持原名单" in decision and "登记无误" in decision


@pytest.mark.parametrize(("days", "words"), [(5, "前作出处理决定"), (6, "申诉期限已过")])
def test_a_late_one_promises_no_decision_by_a_day(election, days, words):
    assert words in str(appeal_values(election, objected(election, days))["words"])


def test_objections_are_numbered_as_they_came(election):
    first, second = objected(election), objected(election)
    assert [appeal_values(election, each)["number"][-2:] for each in (first, second)] == ["1号", "2号"]
