"""Ten thousand acts, marks, refreshes, reads and turns of the day in any order: what is shown equals a recount."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction

from elections.models import Election, Posting, Role, Training, WorkingBody
from elections.permissions import Actor
from elections.rules.kinds import Body, Stage
from elections.selectors.current import current
from elections.services import moves, poll_day, records, summaries
from tests.elections.make_summaries import recounts, stored
from tests.make import COUNTY, an_actor, an_election

# The races of readers and acts are PostgreSQL's (test_summaries_race.py); arithmetic knows no engine.
pytestmark = [pytest.mark.django_db, pytest.mark.slow(seconds=60), pytest.mark.sqlite]
OPERATIONS = 10_000
KEYS = ("registration", "roll", "nominate", "poll", "proxy")


class Walk:
    """Villages, an office above them and a day. Marks have a memory: ``shown`` is as it was when last brought up to date."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.today = chance, date(2026, 11, 2)
        self.township, self.county = an_actor(Role.TOWNSHIP), an_actor(Role.COUNTY, COUNTY)
        stages = (Stage.PREPARATION, Stage.AUDIT, Stage.REGISTRATION, Stage.NOMINATION, Stage.VOTING)
        self.villages = [
            an_election(stage, code=f"99010010120{place}", poll_day=date(2026, 12, 6 + place))
            for place, stage in enumerate(stages)
        ]
        self.parties = [an_election(code=each.village_id, body=Body.PARTY) for each in self.villages]

    def one(self) -> Election:
        """A village as it is now."""
        return Election.objects.select_related("village", "cycle").get(pk=self.chance.choice(self.villages).pk)

    def act(self) -> None:
        """A true act through its service; one of those lawful in any stage."""
        act = self.chance.choice(
            (self.train, self.form_body, self.post, self.remove, self.move_day, self.stand, self.party)
        )
        with transaction.atomic():
            act(self.one(), self.township)

    def train(self, election: Election, actor: Actor) -> None:
        day = self.today - timedelta(days=self.chance.randrange(5))
        records.record(election, Training(election=election, held_on=day, topic="业务", attendees=9), actor=actor)

    def form_body(self, election: Election, actor: Actor) -> None:
        kind = self.chance.choice(WorkingBody.Kind.values)
        row = WorkingBody(election=election, kind=kind, head="甲", size=5, formed_on=self.today)
        records.record(election, row, actor=actor)

    def post(self, election: Election, actor: Actor) -> None:
        row = Posting(
            election=election, key=self.chance.choice(KEYS), posted_on=self.today, place="公告栏", posted_by="甲"
        )
        records.record(election, row, actor=actor)

    def remove(self, election: Election, actor: Actor) -> None:
        row = election.trainings.first() or election.postings.first()
        if row:
            records.remove(election, row, actor=actor)

    def move_day(self, election: Election, actor: Actor) -> None:
        day = self.today + timedelta(days=self.chance.randrange(30, 60))
        known = {"today": self.today, "reason": "试验"}
        if not poll_day.poll_day_problems(election, day, **known):
            poll_day.set_poll_day(election, day, registration_start=None, actor=actor, **known)

    def stand(self, election: Election, actor: Actor) -> None:
        act = "suspend" if election.is_open else "resume"
        known = {"version": election.version, "actor": self.county, "today": self.today, "reason": "试验"}
        moves.change_standing(election, act, approval="清委〔2026〕1号", **known)

    def party(self, election: Election, actor: Actor) -> None:
        """What the Party's election records changes what the committee's list shows."""
        other = Election.objects.get(village=election.village_id, body=Body.PARTY)
        Election.objects.filter(pk=other.pk).update(stage=self.chance.choice((Stage.VOTING, Stage.HANDOVER)))
        other.refresh_from_db()
        records.record(other, Training(election=other, held_on=self.today, topic="党务", attendees=5), actor=actor)

    def place(self) -> None:
        """A village stands in another stage: what hundreds of acts would lead to."""
        village = self.chance.choice(self.villages)
        Election.objects.filter(pk=village.pk).update(stage=self.chance.choice(list(Stage)))
        summaries.mark(village)

    def mark(self) -> None:
        summaries.mark(self.chance.choice(self.villages + self.parties))

    def refresh(self) -> None:
        summaries.refresh_all(self.today)

    def read(self) -> None:
        """Somebody looks at one village or at all; the villages he sees are right."""
        seen = current()
        if self.chance.random() < 0.7:
            seen = seen.filter(pk=self.chance.choice(self.villages).pk)
        shown = {each.pk: stored(each.pk) for each in summaries.fresh(seen, self.today)}
        assert shown == recounts(shown, self.today)

    def turn(self) -> None:
        self.today += timedelta(days=self.chance.choice((1, 1, 1, -1)))


WEIGHTS: dict[Callable[[Walk], None], int] = {
    Walk.refresh: 73, Walk.mark: 8, Walk.read: 7, Walk.act: 5, Walk.turn: 4, Walk.place: 3,
}  # fmt: skip


def test_what_is_shown_equals_a_recount(db):
    walk = Walk(random.Random(2026))
    for each in walk.chance.choices(list(WEIGHTS), list(WEIGHTS.values()), k=OPERATIONS):
        each(walk)
    summaries.refresh_all(walk.today)
    shown = {village.pk: stored(village.pk) for village in walk.villages}
    assert shown == recounts(shown, walk.today)
