"""What hangs on the wall: the roll and its supplements as papers, each version for ever, nobody's secrets (VR-15, VR-19)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from elections import tasks
from elections.documents import store
from elections.models import Job, Paper, Role
from office.papers import shelf
from office.papers.making import make_paper
from tests.client import Browser
from tests.make import VILLAGE, a_user, an_actor
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_voter
from voters.services.listing import omit, restore
from voters.services.publishing import publish_roll, publish_supplement

pytestmark = pytest.mark.django_db
BOARD = {"place": "村务公开栏", "posted_by": "甲"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def clerk():
    return a_clerk()


@pytest.fixture
def township():
    return an_actor(Role.TOWNSHIP)


@pytest.fixture
def election(clerk):
    """Four people posted; of two supplements the first takes two off, the second puts one back."""
    election = a_roll_election()
    one, two, _, _ = (a_voter(election, serial, 村民小组=f"{serial}组") for serial in range(1, 5))
    a_voter(election, 5, 登记类型="户籍在本村不居住", 本人表示参加="是", 村民小组="1组")
    publish_roll(election, **BOARD, actor=clerk, today=TODAY)
    omit(one, "UNABLE", evidence="县精神病医院诊断书", version=one.version, actor=clerk)
    omit(two, "DIED", evidence="死亡医学证明", version=two.version, actor=clerk)
    publish_supplement(election, **BOARD, actor=clerk, today=TODAY + timedelta(days=1))
    two.refresh_from_db()
    restore(two, reason="登错了人", version=two.version, actor=clerk, cause="OVERLOOKED")
    publish_supplement(election, **BOARD, actor=clerk, today=TODAY + timedelta(days=2))
    return election


def printed(paper: Paper) -> bytes:
    tasks.run(str(Job.objects.get(kind="print_paper").pk))
    paper.refresh_from_db()
    return store.get(paper.pdf)


def facts(paper: Paper) -> dict:
    return json.loads(paper.snapshot)


def test_the_notice_is_the_roll_as_it_was_first_posted_whatever_came_later(election, township):
    paper, _ = make_paper(election, "roll", actor=township)
    said = facts(paper)
    assert (said["version"], said["count"]) == (1, 5)
    assert [each["name"] for each in said["groups"]] == ["1组", "2组", "3组", "4组"]
    assert sorted(sex for _, _, sex in said["groups"][0]["lines"]) == ["男", "男②"]
    assert "注②的户籍在本村不居住" in said["note"]
    assert said["note"].startswith("按组别、户号、姓氏笔画排列")


@pytest.mark.parametrize("version", [1, 2, 3])
def test_every_version_can_be_printed_for_ever_and_gives_the_same_bytes(election, township, version):
    kind = "roll" if version == 1 else "roll_fix"
    paper, _ = make_paper(election, kind, actor=township, version=version)
    first = printed(paper)
    again, none = make_paper(election, kind, actor=township, version=version)
    assert (again.pk, none) == (paper.pk, None)
    assert not shelf.is_stale(paper)
    assert facts(paper)["version"] == version
    from elections.documents.pdf import print_pdf
    from office.papers import catalogue

    row = catalogue.BY_KEY[kind]
    once_more = print_pdf(
        template=row.template, title=paper.title, snapshot=paper.snapshot, issuer=row.issuer_of(paper.snapshot),
        fingerprint=paper.fingerprint, code=paper.code,
    )  # fmt: skip
    assert once_more.data == first


def test_a_supplement_tells_kinds_of_reasons_and_no_illness(election, township):
    paper, _ = make_paper(election, "roll_fix", actor=township, version=2)
    said = facts(paper)
    assert (said["was"], said["count"]) == (5, 3)
    [gone] = said["sections"]
    assert gone["title"] == "一、减少（2人）"
    assert {row[4] for row in gone["rows"]} == {"依法不列入名单", "死亡"}
    for words in ("精神", "诊断", "证明"):
        assert words not in paper.snapshot
    later, _ = make_paper(election, "roll_fix", actor=township)
    assert [(each["title"], each["rows"][0][4]) for each in facts(later)["sections"]] == [("一、增加（1人）", "漏登")]


def test_an_older_supplement_printed_late_takes_nothing_from_the_newer_one(election, township):
    newer, _ = make_paper(election, "roll_fix", actor=township)
    older, _ = make_paper(election, "roll_fix", actor=township, version=2)
    assert older.number > newer.number
    assert older.replaces is None
    assert shelf.verdict(newer.code)["state"] == shelf.verdict(older.code)["state"] == "valid"
    rows = {row["kind"].key: row for row in shelf.kinds(election)}
    assert rows["roll_fix"]["paper"] == newer
    assert not rows["roll_fix"]["stale"]


def test_from_the_page_of_a_version_to_its_paper(election):
    clerk = Browser()
    clerk.force_login(a_user(Role.TOWNSHIP), backend="django.contrib.auth.backends.ModelBackend")
    page = clerk.get(reverse("roll_version", args=[VILLAGE, 2])).content.decode()
    assert reverse("paper_make", args=[VILLAGE, "roll_fix"]) in page
    make = reverse("paper_make", args=[VILLAGE, "roll_fix"])
    assert clerk.post(make, {"version": "2"}).status_code == 302
    assert facts(Paper.objects.get())["version"] == 2
    assert clerk.post(make, {"version": "9"}).status_code == 404
    assert clerk.post(reverse("paper_make", args=[VILLAGE, "ec_list"]), {"version": "1"}).status_code == 404
