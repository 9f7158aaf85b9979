"""Random facts and random steps on one election: no stage is skipped, a refusal changes nothing, each step counts one."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from audits.models import Audit, Publication
from candidates.models import FormalList, Nominee, Seat
from elections.models import (
    CommitteeMember,
    Election,
    Meeting,
    PollArrangement,
    Posting,
    ResultReport,
    Round,
    Seated,
    StaffMember,
    StandingChange,
    Survey,
    Talks,
    Training,
    Waiver,
    WorkingBody,
)
from elections.models.journal import JournalEntry
from elections.rules import stages
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.machine import Refused
from elections.selectors.steps import open_problems, step_problems
from elections.services import moves, rounds
from elections.services.hold import Overtaken
from tests.make import an_actor, an_election
from voters.models import RollVersion, Voter

D = date(2026, 12, 20)
ORDER = list(Stage)
STEPS = sorted({row.step for row in stages.VILLAGERS_COMMITTEE})
FORWARD = tuple(row for row in stages.VILLAGERS_COMMITTEE if not row.backward)
DAYS = st.integers(-60, 12).map(lambda n: D + timedelta(days=n))
Maker = Callable[[Election], object]


def _meeting(purpose: str) -> Maker:
    return lambda election: Meeting.objects.create(
        election=election, purpose=purpose, kind="representatives", held_on=D - timedelta(days=50), members=45,
        present=30, in_favour=16, published_on=D - timedelta(days=50),
    )  # fmt: skip


def _posting(key: str) -> Maker:
    return lambda election: Posting.objects.create(
        election=election, key=key, posted_on=D - timedelta(days=39), place="公开栏", posted_by="张贴员"
    )


def _survey(election: Election) -> None:
    Survey.objects.create(
        election=election, done_on=D - timedelta(days=58), population=900, households=300, adults=700,
        party_members=30, difficulty="good",
    )  # fmt: skip


def _election_committee(election: Election) -> None:
    for name, post in (("主任某", "chair"), ("副主任某", "deputy"), ("委员某", "member")):
        CommitteeMember.objects.create(election=election, name=name, sex="M", post=post, votes=40)


def _audit(election: Election) -> None:
    audit = Audit.objects.create(
        election=election, auditor="审计组", started_on=D - timedelta(days=57), period_from=D - timedelta(days=1800),
        period_to=D - timedelta(days=57), scope="全部", reported_on=D - timedelta(days=56),
    )  # fmt: skip
    for first in (55, 50):
        Publication.objects.create(
            audit=audit, first_day=D - timedelta(days=first), last_day=D - timedelta(days=first - 4), place="公开栏"
        )


def _roll(election: Election) -> None:
    RollVersion.objects.create(
        election=election, number=1, published_on=D - timedelta(days=30), place="公开栏", count=9, snapshot="[]",
        made_by=an_actor().user,
    )  # fmt: skip


def _slate(election: Election) -> None:
    for office, names in (("chair", "甲乙"), ("deputy", "丙丁"), ("member", "戊己")):
        Seat.objects.create(election=election, office=office, number=1)
        for order, name in enumerate(names, 1):
            Nominee.objects.create(
                election=election, voter=Voter.objects.get(election=election, name=name), name=name,
                sex="F" if name == "丙" else "M", office=office, source="voters", votes=9 - order,
                nominated_on=D - timedelta(days=20), first_check="passed", conclusion="passed", formal_order=order,
            )  # fmt: skip


def _formal(election: Election) -> None:
    posted = [("chair", "甲"), ("chair", "乙"), ("deputy", "丙"), ("deputy", "丁"), ("member", "戊"), ("member", "己")]
    snapshot = ", ".join(f'{{"office": "{office}", "name": "{name}"}}' for office, name in posted)
    FormalList.objects.create(
        election=election, number=1, order="votes", published_on=D - timedelta(days=6), place="公开栏",
        snapshot=f'{{"candidates": [{snapshot}]}}', made_by=an_actor().user, met_voters_on=D - timedelta(days=3),
    )  # fmt: skip


def _arrangement(election: Election) -> None:
    PollArrangement.objects.create(
        election=election, place="村委会", opens_at=time(8), closes_at=time(15), form="meeting", secret_booth=True,
        notice_on=D - timedelta(days=5),
    )  # fmt: skip


# name → model whose rows say whether the fact is there, how it is made
FACTS: dict[str, tuple[type, Maker]] = {
    "bodies": (
        WorkingBody,
        lambda e: WorkingBody.objects.create(election=e, kind="office", head="某", size=5, formed_on=D),
    ),
    "survey": (Survey, _survey),
    "talks": (Talks, lambda e: Talks.objects.create(election=e, due=5, done=5)),
    "training": (Training, lambda e: Training.objects.create(election=e, held_on=D, topic="业务", attendees=9)),
    "plan": (Meeting, _meeting("plan")),
    "chosen": (Meeting, _meeting("committee")),
    "committee": (CommitteeMember, _election_committee),
    "audit": (Audit, _audit),
    "registration": (Posting, _posting("registration")),
    "roll": (RollVersion, _roll),
    "nominate": (Posting, _posting("nominate")),
    "seats_meeting": (Meeting, _meeting("seats")),
    "slate": (Seat, _slate),
    "formal": (FormalList, _formal),
    "arrangement": (PollArrangement, _arrangement),
    "staff": (StaffMember, lambda e: StaffMember.objects.create(election=e, name="监票某", task="chief")),
    "report": (ResultReport, lambda e: ResultReport.objects.create(election=e, announced_on=D, reported_on=D)),
}
KEYS = {"plan": {"purpose": "plan"}, "chosen": {"purpose": "committee"}, "seats_meeting": {"purpose": "seats"},
        "registration": {"key": "registration"}, "nominate": {"key": "nominate"}}  # fmt: skip
REMOVABLE = ("bodies", "survey", "talks", "training", "plan", "chosen", "committee", "registration", "nominate", "formal",
             "arrangement", "staff", "report")  # fmt: skip


class Moves(RuleBasedStateMachine):
    """One villagers' committee's election; every run begins with an empty village and is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.actor = an_actor()
        self.election = an_election(poll_day=D)
        Voter.objects.bulk_create(
            Voter(
                election=self.election, cycle=self.election.cycle, name=name, sex="F" if name == "丙" else "M",
                id_sealed=b"sealed", id_index=uuid4(), birth=date(1980, 5, 1), group="1组", category="CAT1", listed=True,
            )
            for name in "甲乙丙丁戊己庚辛壬"
        )  # fmt: skip
        self.path = [(self.election.stage, 0)]

    def teardown(self) -> None:
        SEEN.update(stage for stage, _ in self.path)
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def state(self) -> tuple:
        """Everything that a refused act could have changed."""
        lines = JournalEntry.objects.filter(area_code=self.election.village_id).count()
        counts = tuple(model.objects.count() for model in (Round, Seated, Waiver, StandingChange))
        return Election.objects.filter(pk=self.election.pk).values().get(), lines, counts

    def there(self, name: str) -> bool:
        model = FACTS[name][0]
        return model.objects.filter(election=self.election, **KEYS.get(name, {})).exists()

    @rule(name=st.sampled_from(sorted(FACTS)))
    def add(self, name: str) -> None:
        self._add(name)

    @rule()
    def complete(self) -> None:
        """Everything that the papers of an election ever need."""
        for name in FACTS:
            self._add(name)

    def _add(self, name: str) -> None:
        if not self.there(name):
            FACTS[name][1](self.election)

    @rule(name=st.sampled_from(REMOVABLE))
    def take_out(self, name: str) -> None:
        FACTS[name][0].objects.filter(election=self.election, **KEYS.get(name, {})).delete()

    @rule(
        today=DAYS,
        step=st.sampled_from(STEPS),
        off=st.sampled_from([0, 0, 0, -1, 1]),
        reason=st.sampled_from(["", "重办"]),
    )
    def try_step(self, today: date, step: str, off: int, reason: str) -> None:
        self._step(step, today, off, reason)

    @rule(waive=st.booleans())
    def go_on(self, waive: bool) -> None:
        """The forward step of the stage on a day late enough, after what is soft was explained."""
        today = D if self.election.stage == Stage.VOTING else D - timedelta(days=20)
        if waive and self.election.standing == Standing.ACTIVE:
            for problem in open_problems(self.election, today=today):
                if problem.soft and not problem.waived:
                    moves.waive(self.election, problem.guard, actor=self.actor, today=today, reason="已研究")
        for row in FORWARD:
            if row.source == self.election.stage:
                self._step(row.step, today, 0, "")
                break

    def _step(self, step: str, today: date, off: int, reason: str) -> None:
        row, version, before = stages.find(Body.VILLAGERS_COMMITTEE, step), self.election.version + off, self.state()
        lawful = not any(each.blocks for each in step_problems(self.election, row, today=today, reason=reason))
        try:
            with transaction.atomic():
                moved = moves.move(self.election, step, version=version, actor=self.actor, today=today, reason=reason)
        except Refused:
            assert not lawful
            assert self.state() == before
        except Overtaken:
            assert lawful
            assert off
            assert self.state() == before
        else:
            assert lawful
            assert not off
            assert (row.source, moved.stage, moved.version) == (
                self.election.stage,
                row.target,
                self.election.version + 1,
            )
            assert self.state()[1] == before[1] + 1  # one journal line
            self.election = moved
            self.path.append((moved.stage, moved.version))

    @precondition(lambda self: self.election.stage == Stage.VOTING)
    @rule(
        returned=st.integers(3, 9),
        shares=st.lists(st.integers(0, 9), min_size=6, max_size=6),
    )
    def count(self, returned: int, shares: list[int]) -> None:
        """Whatever came out of the boxes is typed; what cannot be is refused and changes no result."""
        round_ = Round.objects.filter(election=self.election, confirmed_at=None).first()
        if round_ is None:
            return
        figures = {"issued_in_person": 9, "issued_by_proxy": 0, "returned": returned, "invalid": 0, "blank": 0}
        asked = {post["post"] for post in json.loads(round_.contest)["posts"]}
        slate = {"chair": "甲乙", "deputy": "丙丁", "member": "戊己"}
        given = iter(shares)
        votes = {office: {name: next(given) for name in names} for office, names in slate.items()}
        votes = {office: names for office, names in votes.items() if office in asked}
        sheet = rounds.record_count(round_, figures, votes, actor=self.actor)
        before = self.state()
        try:
            with transaction.atomic():
                rounds.confirm_result(round_, sheet.number, actor=self.actor)
        except Refused:
            assert self.state() == before

    @rule(
        act=st.sampled_from([row.act for row in stages.STANDING_MOVES]),
        approval=st.sampled_from(["", "清委〔2026〕8号"]),
    )
    def change_standing(self, act: str, approval: str) -> None:
        if act == "annul":
            return  # ends the run: nothing lawful is left
        before = self.state()
        try:
            with transaction.atomic():
                moved = moves.change_standing(
                    self.election, act, version=self.election.version, actor=self.actor, today=D, reason="演示",
                    approval=approval,
                )  # fmt: skip
        except Refused:
            assert self.state() == before
        else:
            assert (moved.stage, moved.version) == (self.election.stage, self.election.version + 1)
            self.election = moved
            self.path.append((moved.stage, moved.version))

    @invariant()
    def no_stage_is_skipped_and_every_step_counts_one(self) -> None:
        for (was, old), (now, new) in zip(self.path, self.path[1:], strict=False):
            assert ORDER.index(now) - ORDER.index(was) <= 1
            assert new == old + 1

    @invariant()
    def what_is_stored_is_what_was_answered(self) -> None:
        stored = Election.objects.get(pk=self.election.pk)
        assert (stored.stage, stored.standing, stored.version) == (
            self.election.stage, self.election.standing, self.election.version,
        )  # fmt: skip
        assert (
            stored.version
            == JournalEntry.objects.filter(act__startswith="step.").exclude(act="step.waive").count()
            + JournalEntry.objects.filter(act__startswith="standing.").count()
        )

    @invariant()
    def nobody_sits_who_was_not_elected_by_a_confirmed_vote(self) -> None:
        for seat in Seated.objects.select_related("round"):
            assert seat.round.confirmed_at is not None
        total = sum(Seat.objects.values_list("number", flat=True))
        assert Seated.objects.count() <= total


SEEN: set[str] = set()


@pytest.mark.django_db
def test_random_facts_and_steps():
    run_state_machine_as_test(
        Moves,
        settings=settings(
            max_examples=12,
            stateful_step_count=30,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert len(SEEN) >= 3, SEEN  # the walk went somewhere: the properties above were not idle
