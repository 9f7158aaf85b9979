"""An election on its election day, and whole votes by the services: open, type the sheet, confirm."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from candidates.models import FormalList, Nominee, Seat
from elections import secrecy
from elections.models import (
    CommitteeMember,
    Kinship,
    PollArrangement,
    ResultReport,
    Round,
    Seated,
    StaffMember,
)
from elections.permissions import Actor
from elections.rules import policy
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.selectors.contest import confirmed_rounds, vacancies_after
from elections.selectors.rounds import WriteIn
from elections.services import moves, rounds
from tests.make import an_actor, an_election
from tests.voters.make_voters import an_id
from voters.models import Voter

POLL_DAY = date(2026, 12, 20)
Votes = Mapping[str, Mapping[str, int]]
# Seats and slate, then the votes: everybody is elected; one member is missing.
PLAIN = ({"chair": 1, "deputy": 1, "member": 2}, {"chair": "AB", "deputy": "CD", "member": ["E", "F1", "G", "H"]})
PLAIN_VOTES = {
    "chair": {"A": 560, "B": 400},
    "deputy": {"C": 505, "D": 470},
    "member": {"E": 620, "F1": 610, "G": 590, "H": 120},
}
VACANCY = ({"deputy": 1, "member": 3}, {"deputy": "CD", "member": ["E", "F1", "G", "H", "K"]})
VACANCY_VOTES = {"deputy": {"C": 600}, "member": {"E": 700, "F1": 520, "G": 480, "H": 300, "K": 120}}


def a_seal(key: UUID, number: int) -> bytes:
    """The id number of the ``number``th of a roll, sealed for his row."""
    born = date(1970, 1, 1) + timedelta(days=number // 900)
    return secrecy.seal(an_id(number % 900 + 1, born), table="voters_voter", row=key, field="id_sealed")


class Vote:
    """One election in voting. Names in ``women`` are women; every name of ``slate`` stands for its office."""

    def __init__(
        self,
        seats: Mapping[str, int],
        slate: Mapping[str, Iterable[str]],
        *,
        voters: int = 1600,
        women: Iterable[str] = (),
        kin: Iterable[tuple[str, str, str]] = (),
        pack: str = "national-2025",
        **overrides: Any,
    ):
        self.women = frozenset(women)
        self.election = an_election(Stage.VOTING, poll_day=POLL_DAY, pack=pack)
        if overrides:
            self.election.policy_values = policy.freeze(policy.load(pack, overrides))
            self.election.save(update_fields=["policy_values"])
        self.actor: Actor = an_actor()
        self._everybody_ready()
        self._enrol(slate, voters)
        for office, number in seats.items():
            Seat.objects.create(election=self.election, office=office, number=number)
        for name, other, relation in kin:
            Kinship.objects.create(election=self.election, name=name, other=other, relation=relation)

    def _everybody_ready(self) -> None:
        election, before = self.election, POLL_DAY - timedelta(days=5)
        PollArrangement.objects.create(
            election=election, place="村委会大院", opens_at=time(8), closes_at=time(15), form="meeting",
            secret_booth=True, notice_on=before,
        )  # fmt: skip
        StaffMember.objects.create(election=election, name="监票某", task="chief")
        FormalList.objects.create(
            election=election, number=1, order="votes", published_on=before, place="公开栏", snapshot='{"candidates": []}',
            made_by=self.actor.user, met_voters_on=before,
        )  # fmt: skip
        for name, post in (("主任某", "chair"), ("副主任某", "deputy"), ("委员某", "member")):
            CommitteeMember.objects.create(election=election, name=name, sex="M", post=post, votes=40)

    def _enrol(self, slate: Mapping[str, Iterable[str]], voters: int) -> None:
        names = list(dict.fromkeys(name for people in slate.values() for name in people))
        names += [f"选民{number}" for number in range(voters - len(names))]
        keys = [uuid4() for _ in names]
        rows = Voter.objects.bulk_create(
            Voter(
                id=key, election=self.election, cycle=self.election.cycle, name=name, sex=self.sex(name),
                id_sealed=a_seal(key, number), id_index=uuid4(), birth=date(1980, 5, 1), group="1组", category="CAT1",
                listed=True,
            )
            for number, (key, name) in enumerate(zip(keys, names, strict=True))
        )  # fmt: skip
        known = {row.name: row for row in rows}
        for office, people in slate.items():
            for order, name in enumerate(people, 1):
                Nominee.objects.create(
                    election=self.election, voter=known[name], name=name, sex=self.sex(name), office=office,
                    source="voters", votes=100 - order, nominated_on=date(2026, 12, 1), first_check="passed",
                    conclusion="passed", formal_order=order,
                )  # fmt: skip

    def sex(self, name: str) -> str:
        return "F" if name in self.women else "M"

    def open(self, step: str, *, days: int = 0) -> Round:
        """Make the step that opens a round, ``days`` after election day."""
        self.election = moves.move(
            self.election, step, version=self.election.version, actor=self.actor, today=POLL_DAY + timedelta(days=days)
        )
        return Round.objects.filter(election=self.election).last()

    def waive(self, guard: str, *, days: int = 0) -> None:
        today = POLL_DAY + timedelta(days=days)
        moves.waive(self.election, guard, actor=self.actor, today=today, reason="村民代表会议已研究")

    def count(
        self, round_: Round, returned: int, votes: Votes, *, issued: int | None = None, write_ins: Iterable[str] = ()
    ) -> dict[str, Any]:
        """Type one sheet, confirm it, and give the outcome as it was stored."""
        figures = {
            "issued_in_person": returned if issued is None else issued, "issued_by_proxy": 0, "returned": returned,
            "invalid": 0, "blank": 0,
        }  # fmt: skip
        written = [WriteIn(name, self.sex(name)) for name in write_ins]
        plain = {office: dict(names) for office, names in votes.items()}
        sheet = rounds.record_count(round_, figures, plain, actor=self.actor, write_ins=written)
        rounds.confirm_result(round_, sheet.number, actor=self.actor)
        return json.loads(Round.objects.get(pk=round_.pk).outcome)

    def poll(self, returned: int, votes: Votes, **how: Any) -> dict[str, Any]:
        """The first vote from opening to confirmation."""
        return self.count(self.open("open_poll"), returned, votes, **how)

    def again(self, step: str, returned: int, votes: Votes, **how: Any) -> dict[str, Any]:
        """A further round on the same day."""
        return self.count(self.open(step), returned, votes, **how)

    def report(self) -> None:
        ResultReport.objects.create(election=self.election, announced_on=POLL_DAY, reported_on=POLL_DAY)

    @property
    def seated(self) -> list[tuple[str, str, int]]:
        """Office, name and number of the round of everybody elected, as stored."""
        return list(Seated.objects.filter(election=self.election).values_list("office", "name", "round__number"))

    @property
    def vacancies(self) -> list[tuple[str, int, bool, list[str]]]:
        """Office, places, kept for women, candidates of the rerun."""
        return [
            (each.office, each.places, each.women_only, list(each.rerun_candidates))
            for each in vacancies_after(confirmed_rounds(self.election))
        ]


def refusals(vote: Vote, step: str, *, days: int = 0) -> list[str]:
    """The sentences against a step."""
    with pytest.raises(Refused) as refused, transaction.atomic():
        vote.open(step, days=days)
    return [problem.text for problem in refused.value.problems if problem.blocks]
