"""How many files of the product an act enters: the ways of docs/architecture.md, counted.

What every page and every act of a village passes is learned once and not counted again: the files that the plainest of
each enter too (a person's own settings, the log of a village, recording that a notice was put up).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import transaction

from elections.models import Election, Role, Round
from elections.rules.kinds import Stage
from tests.client import Browser
from tests.elections.make_pages import TODAY, a_ballot, address
from tests.flow import Flow, followed
from tests.make import a_user, an_actor, an_election
from tests.voters.make_voters import a_row, table, xlsx
from voters.importing.checking import check
from voters.importing.plan import Work
from voters.importing.source import SourceTable
from voters.importing.storing import store
from voters.models import Voter
from voters.services import imports

pytestmark = [pytest.mark.django_db, pytest.mark.figure, pytest.mark.usefixtures("_today")]
PLAIN = "990100101299"  # another village, where the plainest things are done
COUNT = {
    "rows": "2", "issued_in_person": "1100", "issued_by_proxy": "80", "returned": "1176", "invalid": "16", "blank": "0",
    "p0_chair": "612", "p1_chair": "144", "p1_member": "702", "p2_deputy": "600", "p3_deputy": "390",
    "p3_member": "811", "p4_member": "644", "p5_member": "590", "p6_member": "209",
}  # fmt: skip


@pytest.fixture
def _today():
    with time_machine.travel("2026-12-20 20:00+08:00", tick=False):
        yield


@pytest.fixture
def clerk() -> Browser:
    """Somebody of the township, whose first page and first act are behind him."""
    found = Browser()
    found.force_login(a_user(Role.TOWNSHIP))
    return found


@pytest.fixture
def every_request(clerk: Browser) -> frozenset[str]:
    """The files entered by pages and acts that are about next to nothing."""
    election = an_election(Stage.REGISTRATION, code=PLAIN)
    notice = {"key": "roll", "posted_on": "2026-12-19", "place": "公开栏", "posted_by": "张贴某"}
    with followed() as flow:
        assert clerk.get("/me/").status_code == 200
        assert clerk.post("/me/font/", {"font_scale": "large"}).status_code == 302
        assert clerk.get(address("log", code=PLAIN)).status_code == 200
        said = {f"posting-{name}": value for name, value in notice.items()}
        answer = clerk.post(address("postings", code=PLAIN), {"part": "posting", **said})
        assert (answer.status_code, election.postings.count()) == (302, 1), answer.content.decode()
    return frozenset(flow.files)


def own(flow: Flow, every_request: frozenset[str]) -> list[str]:
    return [path for path in flow.files if path not in every_request]


def follow(act: Callable[[], Any]) -> tuple[Any, Flow]:
    with followed() as flow:
        answer = act()
    return answer, flow


def test_a_village_page(clerk, every_request, figure):
    an_election(Stage.REGISTRATION, poll_day=TODAY)
    answer, flow = follow(lambda: clerk.get(address("village")))
    assert answer.status_code == 200
    figure("files entered: village page", now=len(own(flow, every_request)), promised=20)


def test_a_refused_step(clerk, every_request, figure):
    election = an_election(Stage.REGISTRATION, poll_day=TODAY)
    said = {"version": election.version, "reason": ""}
    answer, flow = follow(lambda: clerk.post(address("step", "open_nomination"), said))
    assert (answer.status_code, "没有办成" in answer.content.decode()) == (409, True)
    figure("files entered: refused step", now=len(own(flow, every_request)), promised=15, before=40)


def test_a_step_that_is_made(clerk, every_request, figure):
    election = an_election(Stage.NOMINATION, poll_day=TODAY)
    said = {"version": election.version, "reason": "名单有误"}
    answer, flow = follow(lambda: clerk.post(address("step", "return_registration"), said))
    assert (answer.status_code, Election.objects.get(pk=election.pk).stage) == (302, Stage.REGISTRATION)
    figure("files entered: step back", now=len(own(flow, every_request)), promised=15)


def test_a_count_entry(clerk, every_request, figure):
    a_ballot(an_election(Stage.VOTING, poll_day=TODAY))
    answer, flow = follow(lambda: clerk.post(address("count_entry", 1), COUNT))
    assert (answer.status_code, Round.objects.get().sheets.count()) == (302, 1)
    figure("files entered: count entry", now=len(own(flow, every_request)), promised=15, before=42)
    figure("changes of file: count entry", now=flow.changes, promised=360, before=456)


def test_a_paper(clerk, every_request, figure):
    a_ballot(an_election(Stage.VOTING, poll_day=TODAY))
    answer, flow = follow(lambda: clerk.post(address("paper_make", "ec_list")))
    assert answer.status_code in (302, 409)
    figure("files entered: paper", now=len(own(flow, every_request)), promised=12)


def test_a_row_of_the_roll(every_request, figure):
    """From the row as the file has it to its judgement, and from there into the database."""
    election, actor = an_election(Stage.REGISTRATION, poll_day=TODAY), an_actor(Role.VILLAGE)
    given = SourceTable.read(xlsx(table([a_row(1)])), "名单.xlsx")
    with transaction.atomic():
        batch = imports.open_import(election, given, actor=actor, today=TODAY)
        work = Work.of(given.sheet)
        plan, judged = follow(lambda: check(election, work, today=TODAY, names_villages=False))
        _, stored = follow(lambda: store(plan, batch))
    assert (plan.report.new, Voter.objects.count()) == (1, 1)
    figure("files entered: a voter's row checked", now=len(own(judged, every_request)), promised=15, before=53)
    figure("files entered: a voter's row stored", now=len(own(stored, every_request)), promised=12)
