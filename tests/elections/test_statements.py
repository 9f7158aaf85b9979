"""How often a page asks the database: exact numbers, the same for a county of one village and of thirty.

Counted is every statement of a whole request through the client — session, permissions, page — but not the marks of
transactions and savepoints, which the engine of the test decides.
"""

from __future__ import annotations

from datetime import timedelta

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
from tests.elections.mixed_county import NOON, TODAY, a_mixed_county, every_election
from tests.make import TOWN, VILLAGE, an_actor, an_area
from voters.models import CheckIn
from voters.rules.cards import code_of
from voters.selectors import proxies_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MARKS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


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
    election = Election.objects.select_related("village", "cycle").get(village_id=VILLAGE, body=Body.COMMITTEE)
    walk = Walk(election, TODAY, TODAY, township, county, people(VILLAGE, VOTERS, TODAY))
    for act in TO_VOTING:
        act(walk)
    explain(walk)
    return walk, browser_of(township)


def explain(walk: Walk) -> None:
    """What is left of soft conditions is explained, as the township would."""
    for problem in open_problems(walk.election, today=TODAY):
        if problem.soft and not problem.waived:
            moves.waive(walk.election, problem.guard, actor=walk.township, today=TODAY, reason="已研究")


def browser_of(actor: Actor) -> Browser:
    """Signed in, and his session has been seen."""
    browser = Browser()
    browser.force_login(actor.user)
    browser.get("/me/")
    return browser


class Asked:
    """Statements of one request, without the marks of transactions."""

    def __init__(self, request, *args, **kwargs):
        with CaptureQueriesContext(connection) as captured:
            self.response = request(*args, **kwargs)
        self.all = [each["sql"] for each in captured if not each["sql"].startswith(MARKS)]
        self.status, self.count = self.response.status_code, len(self.all)

    def __str__(self) -> str:
        return "\n".join(sql[:200] for sql in self.all)


@pytest.mark.parametrize("villages", [1, 30])
@pytest.mark.usefixtures("_noon")
def test_the_morning_of_election_day(villages):
    walk, browser = the_day(villages)
    here = f"/villages/{VILLAGE}/"
    for name, url in (("village", here), ("roll", f"{here}roll/")):
        page = Asked(browser.get, url)
        print(name, page.count, page.status)
    step = Asked(browser.post, f"{here}steps/open_poll/", {"version": walk.election.version, "reason": ""})
    print("step", step.status, step.count)
    print(step)
    round_ = Round.objects.get()
    given = Asked(browser.post, f"{here}poll/check-in/", {"code": code_of(walk.election.pk, 1), "table": "1"})
    print("check-in", given.status, given.count, CheckIn.objects.count())
    proxy = proxies_in_force(walk.election).first()
    given = Asked(
        browser.post, f"{here}poll/check-in/", {"number": proxy.principal.number, "way": "in_person", "table": "1"}
    )
    print("check-in of a principal", given.status, given.count, CheckIn.objects.count())
    print(given)
    village = Asked(browser.get, here)
    print("village voting", village.count)
    saved = Asked(browser.post, f"{here}count/1/entry/", sheet_of(round_))
    print("count", saved.status, saved.count)
    print(saved)
    done = Asked(browser.post, f"{here}count/1/result/", {"sheet": 1, "agreed": "on"})
    print("confirm", done.status, done.count)
    print(done)


def sheet_of(round_: Round) -> dict[str, str]:
    """A count of a hundred ballots by which every seat is filled."""
    figures = {"issued_in_person": "100", "issued_by_proxy": "0", "returned": "100", "invalid": "0", "blank": "0"}
    cells = dict.fromkeys((name for name in CountForm(round_=round_).fields if name.startswith("p")), "0")
    winners = dict.fromkeys(("p0_chair", "p2_deputy", "p4_member", "p5_member", "p6_member"), "80")
    return figures | cells | winners | {"rows": "0"}


@pytest.mark.usefixtures("_noon")
def test_every_stop():
    a_mixed_county()
    for election in every_election():
        office = actor_of(
            User.objects.get(appointments__role=Role.TOWNSHIP, appointments__area_id=election.village_id[:9])
        )
        browser = browser_of(office)
        query = f"?body={election.body}"
        browser.get(f"/villages/{election.village_id}/{query}")
        village = Asked(browser.get, f"/villages/{election.village_id}/{query}")
        roll = Asked(browser.get, f"/villages/{election.village_id}/roll/{query}")
        print(
            election.village_id,
            election.body,
            election.attempt,
            election.stage,
            election.standing,
            village.status,
            village.count,
            roll.status,
            roll.count,
        )
        if village.count > 15:
            print(village)
        if roll.count > 12:
            print(roll)
