"""How often a page asks the database: exact numbers, the same for a county of one village and of thirty.

Counted is every statement of a whole request through the client — session, permissions, page — but not the marks of
transactions and savepoints, which the engine of the test decides. What runs after the commit is not part of a request's
answer and not counted; the one statement that marks the lists' summary is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.demo.county import COUNTY
from config.demo.people import people
from config.demo.walk import TO_VOTING, VOTERS, Walk
from elections.forms.count import CountForm
from elections.models import Area, Election, Role, Round, User
from elections.permissions import Actor, actor_of
from elections.rules.kinds import Body
from elections.selectors.steps import open_problems
from elections.services import beginning, moves
from tests.client import Browser
from tests.elections.mixed_county import (
    NOMINATION,
    NOON,
    OBJECTIONS,
    TODAY,
    VETTING,
    a_mixed_county,
    every_election,
)
from tests.make import TOWN, VILLAGE, an_actor, an_area
from voters.models import CheckIn
from voters.rules.cards import code_of
from voters.selectors.polling import proxies_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("_noon")]
MARKS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
HERE = f"/villages/{VILLAGE}/"


@pytest.fixture
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def the_day(villages: int) -> tuple[Walk, Browser]:
    """The morning of election day in the first of so many villages, and the township's browser."""
    for number in range(villages):
        an_area(f"{TOWN}{201 + number}", population=900, party_members=30)
    township, county = an_actor(), an_actor(Role.COUNTY)
    beginning.begin_cycle(
        Area.objects.get(code=COUNTY), "第十二届", term_no=12, starts_on=TODAY - timedelta(days=90),
        ends_on=TODAY + timedelta(days=120), pack="national-2025", actor=county.user,
    )  # fmt: skip
    election = Election.objects.select_related("village", "cycle").get(
        village_id=VILLAGE, body=Body.VILLAGERS_COMMITTEE
    )
    walk = Walk(election, TODAY, TODAY, township, county, people(VILLAGE, VOTERS, TODAY))
    for act in TO_VOTING:
        act(walk)
    for problem in open_problems(walk.election, today=TODAY):
        if problem.soft and not problem.waived:
            moves.waive(walk.election, problem.guard, actor=township, today=TODAY, reason="已研究")
    return walk, browser_of(township)


def browser_of(actor: Actor) -> Browser:
    """Signed in, and his session has been seen."""
    browser = Browser()
    browser.force_login(actor.user)
    browser.get("/me/")
    return browser


def asked(request: Callable[..., Any], *args: Any, status: int = 200) -> int:
    """Statements of one request, without the marks of transactions."""
    with CaptureQueriesContext(connection) as captured:
        response = request(*args)
    assert response.status_code == status
    return sum(not each["sql"].startswith(MARKS) for each in captured)


def sheet_of(round_: Round) -> dict[str, str]:
    """A count of a hundred ballots by which every seat is filled."""
    figures = {"issued_in_person": "100", "issued_by_proxy": "0", "returned": "100", "invalid": "0", "blank": "0"}
    cells = dict.fromkeys((name for name in CountForm(round_=round_).fields if name.startswith("p")), "0")
    winners = dict.fromkeys(("p0_chair", "p2_deputy", "p4_member", "p5_member", "p6_member"), "80")
    return figures | cells | winners | {"rows": "0"}


@pytest.fixture
def held(figure) -> Callable[[str, int, int], None]:
    """Hold what was asked to the exact number, and show it beside what is promised."""

    def hold(what: str, now: int, exactly: int) -> None:
        promised, before = PROMISED[what]
        figure(f"{what}: statements", now=now, promised=promised, before=before)
        assert now == exactly, what

    return hold


@pytest.mark.figure
@pytest.mark.parametrize("villages", [1, 30])
def test_the_day_of_an_election(villages, held):
    walk, browser = the_day(villages)
    table, count = f"{HERE}poll/check-in/", f"{HERE}count/1/"
    principal = proxies_in_force(walk.election).first().principal
    held("village page", asked(browser.get, HERE), VILLAGE_PAGE)
    held("roll page", asked(browser.get, f"{HERE}roll/"), ROLL_PAGE)
    form = {"version": walk.election.version, "reason": ""}
    held("step that opens a round", asked(browser.post, f"{HERE}steps/open_poll/", form, status=302), OPENING_A_ROUND)
    assert asked(browser.get, HERE) == VILLAGE_PAGE + 1  # the message that the step left is taken off the session
    card = {"code": code_of(walk.election.pk, 1), "table": "1"}
    held("check-in", asked(browser.post, table, card, status=302), CHECK_IN)
    himself = {"number": principal.number, "way": "in_person", "table": "1"}
    held("check-in of a principal", asked(browser.post, table, himself, status=302), CHECK_IN + ENDING_A_PROXY)
    assert CheckIn.objects.count() == 2
    held("count saved", asked(browser.post, f"{count}entry/", sheet_of(Round.objects.get()), status=302), COUNT)
    assert asked(browser.post, f"{count}result/", {"sheet": "1", "agreed": "on"}, status=302) == CONFIRMING
    assert Round.objects.get().confirmed_at


@pytest.mark.figure
@pytest.mark.parametrize("villages", [1, 30])
def test_a_step_that_opens_no_round(villages, held):
    walk, browser = the_day(villages)
    form = {"version": walk.election.version, "reason": "公告有误"}
    held("step", asked(browser.post, f"{HERE}steps/return_vetting/", form, status=302), STEP)


@pytest.mark.figure
def test_at_every_stop_of_every_body(held):
    a_mixed_county()
    village, roll = {}, {}
    for election in every_election():
        office = User.objects.get(appointments__role=Role.TOWNSHIP, appointments__area_id=election.village_id[:9])
        browser, query = browser_of(actor_of(office)), f"?body={election.body}"
        key = election.village_id, election.body
        village[key] = asked(browser.get, f"/villages/{election.village_id}/{query}")
        roll[key] = asked(browser.get, f"/villages/{election.village_id}/roll/{query}")
    held("village page at its fullest", max(village.values()), 14)
    assert {key for key, count in village.items() if count == 14} == MOST_OF_A_VILLAGE
    held("roll page at its fullest", max(roll.values()), 11)
    assert {key for key, count in roll.items() if count == 11} == MOST_OF_A_ROLL


VILLAGE_PAGE, ROLL_PAGE = 13, 9
STEP, OPENING_A_ROUND = 19, 24
CHECK_IN, ENDING_A_PROXY = 16, 4  # a second line of the journal, its mark and the row that ends
COUNT, CONFIRMING = 18, 29
PROMISED = {  # at most, and what release 0.2 asked where that was counted
    "village page": (15, 61),
    "village page at its fullest": (15, ""),
    "roll page": (12, ""),
    "roll page at its fullest": (12, ""),
    "step": (25, ""),
    "step that opens a round": (25, ""),
    "check-in": (20, 84),
    "check-in of a principal": (20, ""),
    "count saved": (25, ""),
}
# The list of proxies put up today; changes that wait for a supplement.
MOST_OF_A_VILLAGE = {(VETTING, "committee"), (OBJECTIONS, "committee")}
MOST_OF_A_ROLL = {(NOMINATION, "committee"), (OBJECTIONS, "committee")}  # the day that moved; the same changes
