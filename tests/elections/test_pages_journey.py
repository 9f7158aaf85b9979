"""Whole elections by the pages of their steps: with complete facts each is made, from preparation to the archive."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from config.demo import walk as acts
from config.demo.people import people
from elections.models import (
    Area,
    Election,
    JournalEntry,
    Meeting,
    Role,
    Round,
    StandingChange,
    SupervisionMember,
    SupervisionRecord,
    Waiver,
)
from elections.permissions import Actor, actor_of
from elections.rules import stages
from elections.rules.kinds import Body, Stage, Standing
from elections.selectors.siblings import sibling
from elections.services import records
from elections.services.beginning import begin_cycle
from tests.client import Browser
from tests.elections import make_rounds
from tests.elections.make_pages import address, said, text_of
from tests.elections.test_rounds import TIE, TIE_VOTES, VACANCY, VACANCY_VOTES
from tests.make import COUNTY, VILLAGE, a_user, an_area

pytestmark = pytest.mark.django_db


class ByPage:
    """What services.moves does, done as an officer does it: on its page, on its day. Keeps the steps it made."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []

    @contextmanager
    def browser(self, actor: Actor, today: date) -> Iterator[Browser]:
        with time_machine.travel(f"{today} 10:00+08:00", tick=False):
            browser = Browser()
            browser.force_login(actor.user)
            yield browser

    def move(self, election: Election, step: str, *, version: int, actor: Actor, today: date, **_: Any) -> Election:
        here, row = address("step", step, body=election.body), stages.find(election.body, step)
        with self.browser(actor, today) as browser:
            assert f"将{row.label}" in text_of(browser.get(here))  # offered before it is made
            answer = browser.post(here, {"version": version}, follow=True)
        assert answer.status_code == 200, [problem.text for problem in answer.context["problems"]]
        assert said(answer).endswith(f"已{row.label}。下一步见下面的事项。")
        self.made.append((election.body, step))
        return self._now(election, row.target, version + 1)

    def waive(self, election: Election, guard: str, *, actor: Actor, today: date, reason: str) -> None:
        with self.browser(actor, today) as browser:
            answer = browser.post(address("waive", guard, body=election.body), {"reason": reason})
        assert answer.status_code == 302
        assert Waiver.objects.get(election=election, guard=guard).reason == reason

    def change_standing(
        self, election: Election, act: str, *, version: int, actor: Actor, today: date, reason: str
    ) -> Election:
        typed = {"version": version, "reason": reason, "statement": "on"}
        with self.browser(actor, today) as browser:
            answer = browser.post(address("standing", act, body=election.body), typed)
        assert answer.status_code == 302
        return self._now(election, election.stage, version + 1)

    def _now(self, election: Election, stage: str, version: int) -> Election:
        found = Election.objects.select_related("village", "cycle").get(pk=election.pk)
        assert (found.stage, found.version) == (stage, version)
        return found


@pytest.fixture
def by_page(monkeypatch) -> ByPage:
    found = ByPage()
    monkeypatch.setattr(acts, "moves", found)
    monkeypatch.setattr(make_rounds, "moves", found)
    return found


def a_walk() -> acts.Walk:
    """A village at its beginning, and an office with both duties, so that the walk needs nobody else."""
    today = timezone.localdate()
    an_area(VILLAGE, population=900, households=250, party_members=30)
    user = a_user(Role.COUNTY, COUNTY, username="office")
    user.appointments.create(role=Role.TOWNSHIP, area_id=COUNTY, since=date(2020, 1, 1))
    begin_cycle(
        Area.objects.get(code=COUNTY), "届", term_no=12, starts_on=today - timedelta(days=90),
        ends_on=today + timedelta(days=90), pack="national-2025", actor=user,
    )  # fmt: skip
    election = Election.objects.select_related("village", "cycle").get(
        village_id=VILLAGE, body=Body.VILLAGERS_COMMITTEE
    )
    actor, poll = actor_of(user), today - timedelta(days=20)
    return acts.Walk(election, poll, today, actor, actor, people(VILLAGE, 140, poll))


def supervise(walk: acts.Walk, by_page: ByPage) -> None:
    """The supervision committee is chosen after the villagers' committee and filed."""
    election = sibling(walk.election, Body.SUPERVISION)
    meeting = Meeting(
        election=election, purpose="supervision", kind="representatives", held_on=walk.day(3), members=45, present=41,
        in_favour=39,
    )  # fmt: skip
    members = [SupervisionMember(election=election, name=name, bookkeeping=True) for name in ("周平", "胡静", "徐伟")]
    dates = SupervisionRecord(election=election, vetted_on=walk.day(2), published_on=walk.day(4))
    for row in (meeting, *members, dates):
        records.record(election, row, actor=walk.township)
    known = {"actor": walk.township, "today": walk.day(5)}
    for step in forward(Body.SUPERVISION):
        election = by_page.move(election, step, version=election.version, **known)
    by_page.change_standing(election, "close", version=election.version, reason="档案齐全", **known)


def forward(body: str) -> list[str]:
    return [row.step for row in stages.TABLES[body] if not row.backward]


@pytest.mark.slow
def test_three_bodies_are_elected_and_filed_page_by_page(by_page):
    walk = a_walk()
    for act in acts.STOPS["closed"]:
        act(walk)
    supervise(walk, by_page)
    steps = {body: [step for of, step in by_page.made if of == body] for body in Body}
    assert steps[Body.PARTY] == forward(Body.PARTY)
    assert steps[Body.SUPERVISION] == forward(Body.SUPERVISION)
    assert steps[Body.VILLAGERS_COMMITTEE] == [
        step for step in forward(Body.VILLAGERS_COMMITTEE) if step not in ("open_rerun", "open_tie")
    ]
    held = {election.body: (election.stage, election.standing) for election in Election.objects.all()}
    filed = (Stage.HANDOVER, Standing.CLOSED)
    assert held == {
        Body.VILLAGERS_COMMITTEE: filed,
        Body.SUPERVISION: filed,
        Body.PARTY: (Stage.HANDOVER, Standing.ACTIVE),
    }
    assert StandingChange.objects.filter(act="close").count() == 2
    lines = JournalEntry.objects.filter(act__startswith="step.").exclude(act="step.waive")
    assert lines.count() == len(by_page.made)


def test_a_rerun_is_opened_by_page(by_page):
    vote = make_rounds.Vote(*VACANCY, women="C")
    vote.poll(1000, VACANCY_VOTES)
    assert vote.open("open_rerun").kind == Round.Kind.RERUN
    assert by_page.made == [("committee", "open_poll"), ("committee", "open_rerun")]


def test_a_second_vote_is_opened_by_page(by_page):
    vote = make_rounds.Vote(*TIE, voters=1500, women="C")
    vote.poll(1000, TIE_VOTES)
    assert vote.open("open_tie").kind == Round.Kind.TIE
    assert by_page.made == [("committee", "open_poll"), ("committee", "open_tie")]
