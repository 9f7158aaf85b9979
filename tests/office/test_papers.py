"""Papers: from frozen facts, the same bytes every time, without a number of a person, with a code that can be checked."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.demo.people import people
from config.demo.walk import STOPS, Walk
from elections import tasks
from elections.documents import fonts
from elections.documents.pdf import MemoryOnly, print_pdf
from elections.models import Appointment, Election, Job, Paper, Role
from elections.permissions import actor_of
from elections.rules.kinds import Body
from elections.rules.machine import Refused
from elections.services.beginning import begin_cycle
from office.papers import catalogue, shelf
from office.papers.making import make_paper
from tests.make import COUNTY, VILLAGE, a_user, an_area, an_election
from voters.models import Voter

NUMBERS = re.compile(r"\d{6}(19|20)\d{9}[\dXx]|1[3-9]\d{9}|(19|20)\d{2}[-年]\d{1,2}[-月]\d{1,2}日?生")
RARE = ["王喆", "李玥", "张堃", "欧阳䶮"]


@pytest.fixture
def archived(db) -> Election:
    """One village through its whole election; four of its people have rare names."""
    today = timezone.localdate()
    an_area(VILLAGE, "石门村", population=900, households=250, party_members=30)
    user = a_user(Role.COUNTY, COUNTY)
    Appointment.objects.create(user=user, role=Role.TOWNSHIP, area_id=COUNTY, since="2020-01-01")
    begin_cycle(
        an_area(COUNTY), "届", term_no=12, starts_on=today - timedelta(days=90), ends_on=today, pack="national-2025", actor=user
    )  # fmt: skip
    election = Election.objects.select_related("village", "cycle").get(
        village_id=VILLAGE, body=Body.VILLAGERS_COMMITTEE
    )
    poll = today - timedelta(days=20)
    villagers = people(VILLAGE, 140, poll)
    for place, name in zip((0, 10, 11, 30), RARE, strict=True):
        villagers[place] = replace(villagers[place], name=name)
    actor = actor_of(user)
    walk = Walk(election, poll, today, actor, actor, villagers)
    for act in STOPS["closed"]:
        act(walk)
    return walk.election


def printed() -> dict[str, Paper]:
    """Run the waiting jobs as a worker would."""
    for job in Job.objects.filter(kind="print_paper"):
        tasks.run(str(job.pk))
    return {paper.kind: paper for paper in Paper.objects.all()}


def text_of(paper: Paper) -> str:
    from elections.documents import store

    pdftotext = shutil.which("pdftotext")
    out = subprocess.run([pdftotext, "-layout", "-", "-"], input=store.get(paper.pdf), capture_output=True, check=True)
    return out.stdout.decode()


def test_four_papers_of_a_whole_election_print_without_a_number_of_a_person(archived):
    papers = printed()
    assert set(papers) == {"ec_list", "roll", "formal", "result"}
    texts = {kind: text_of(paper) for kind, paper in papers.items()}
    for kind, text in texts.items():
        assert NUMBERS.search(text) is None, kind
        assert NUMBERS.search(papers[kind].snapshot) is None, kind
    listed = Voter.objects.filter(election=archived, listed=True).count()
    assert f"共{listed}人" in texts["roll"].replace(" ", "").replace("\n", "")
    assert "王喆" in texts["ec_list"]
    assert all(name in texts["roll"] for name in RARE)


def test_a_public_paper_is_gathered_from_views_that_hold_no_personal_field():
    fields = {"id_sealed", "id_index", "phone_sealed", "address_sealed", "birth", "phone", "address"}
    from pathlib import Path

    source = Path(catalogue.__file__).with_name("snapshots.py").read_text(encoding="utf-8")
    assert {name for name in fields if re.search(rf"\.{name}\b", source)} == set()


def test_the_same_snapshot_gives_the_same_bytes():
    facts = {
        "village": "石门村", "term_no": 12, "people": "村民", "committee": "村民委员会", "law": "依据", "dated": "2026年3月1日",
        "chosen_on": "2026年2月1日", "meeting": "村民代表会议", "posts": [{"post": "主任", "names": ["欧阳䶮"]}],
    }  # fmt: skip
    asked = {
        "template": "documents/ec_list.html", "title": "公告", "snapshot": json.dumps(facts), "issuer": "村民委员会",
        "fingerprint": "ab" * 32, "code": "ABCDEF123456",
    }  # fmt: skip
    one, other = print_pdf(**asked), print_pdf(**asked)
    assert one.data == other.data
    assert one.pages == 1


def test_the_printer_opens_no_address_but_its_own():
    from weasyprint.urls import FatalURLFetchingError

    fetcher = MemoryOnly({"memory:qr": (b"x", "image/png")})
    for address in ("http://127.0.0.1/", "file:///etc/passwd", "memory:other", "data:text/plain,x"):
        with pytest.raises(FatalURLFetchingError):
            fetcher.fetch(address)


@pytest.mark.parametrize("name", RARE)
def test_rare_names_have_a_face(name):
    assert fonts.missing(name) == []


def test_a_letter_without_a_face_is_told_before_printing():
    assert fonts.missing("王\U000e0100\U0003fffd") == ["\U0003fffd", "\U000e0100"]


def test_a_paper_with_missing_facts_is_refused_with_all_of_them(db):
    election = an_election()
    actor = actor_of(a_user(Role.TOWNSHIP))
    with pytest.raises(Refused) as refused, transaction.atomic():
        make_paper(election, "ec_list", actor=actor)
    assert [problem.text for problem in refused.value.problems] == [
        "还没有登记推选选举委员会的会议",
        "选举委员会还没有主任",
    ]
    assert not Paper.objects.exists()


def test_the_same_facts_are_the_same_paper_and_changed_facts_a_new_one(archived):
    first = Paper.objects.get(kind="ec_list")
    actor = actor_of(first.made_by)
    again, _ = make_paper(archived, "ec_list", actor=actor)
    assert again.pk == first.pk
    archived.election_committee.filter(post="reserve").first().delete()
    assert shelf.is_stale(first)
    newer, job = make_paper(archived, "ec_list", actor=actor)
    assert (newer.number, newer.replaces_id, job.state) == (2, first.pk, "queued")
    first.refresh_from_db()
    assert first.snapshot != newer.snapshot


def test_a_paper_whose_printing_died_is_asked_for_again(archived):
    """And one that is printed is not printed a second time."""
    paper = Paper.objects.get(kind="ec_list")
    actor = actor_of(paper.made_by)
    Paper.objects.filter(pk=paper.pk).update(pdf="")
    Job.objects.all().update(state=Job.State.FAILED)
    again, job = make_paper(archived, "ec_list", actor=actor)
    assert (again.pk, job.state, job.args) == (paper.pk, Job.State.QUEUED, {"paper": str(paper.pk)})
    Paper.objects.filter(pk=paper.pk).update(pdf="ab/cd.pdf")
    assert make_paper(archived, "ec_list", actor=actor) == (again, None)


def test_anybody_can_check_a_code_and_learns_nothing_personal(archived):
    first = Paper.objects.get(kind="ec_list")
    client = Client()
    assert "现行有效" in client.get(reverse("check", args=[first.code.lower()])).content.decode()
    assert "没有出具过" in client.get(reverse("check", args=["000000000000"])).content.decode()
    archived.election_committee.filter(post="reserve").first().delete()
    make_paper(archived, "ec_list", actor=actor_of(first.made_by))
    page = client.get(reverse("check", args=[first.code])).content.decode()
    assert "已有新的一份替代" in page
    assert not any(name in page for name in RARE)


def test_a_pdf_is_refused_to_whom_the_village_is_out_of_reach(archived):
    paper = printed()["roll"]
    own, other = Client(), Client()
    own.force_login(a_user(Role.VILLAGE, VILLAGE))
    other.force_login(a_user(Role.VILLAGE, "990100101202"))
    assert own.get(reverse("paper_pdf", args=[paper.pk])).content[:5] == b"%PDF-"
    assert other.get(reverse("paper_pdf", args=[paper.pk])).status_code == 404
