"""Facts with which every gate opens, and the shortest way to change one of them. Election day is 20 December 2026."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, is_dataclass, replace
from datetime import date
from typing import Any

from elections.rules.facts import (
    AuditFacts,
    ElectionCommitteeMemberFacts,
    Facts,
    HandoverFacts,
    MeetingFacts,
    NominationFacts,
    NomineeFacts,
    PartyFacts,
    PreparationFacts,
    RegistrationFacts,
    RoundFacts,
    SupervisionFacts,
    VacancyFacts,
    VotingFacts,
)
from elections.rules.kinds import Body, Stage
from elections.rules.machine import Guard
from elections.rules.policy import load

D = date(2026, 12, 20)


def day(month: int, of_month: int, year: int = 2026) -> date:
    return date(year, month, of_month)


MEETING = MeetingFacts("representatives", day(11, 1), members=45, present=30, in_favour=16)  # the least of both
GROUP = MeetingFacts("group", day(11, 1), adults=30, present=20, in_favour=11)
ELECTION_COMMITTEE = (
    ElectionCommitteeMemberFacts("李某", "chair", 40),
    ElectionCommitteeMemberFacts("徐某", "deputy", 39),
    ElectionCommitteeMemberFacts("周某", "member", 38),
    ElectionCommitteeMemberFacts("胡某", "reserve", 31),
)
SEATS = {"chair": 1, "deputy": 1, "member": 1}


def a_nominee(name: str, office: str, sex: str = "M", **fields: Any) -> NomineeFacts:
    """Somebody who passed everything and stands on the formal list."""
    kept = {"votes": 50, "first_check": "passed", "conclusion": "passed", "formal": True}
    return NomineeFacts(name, sex, office, **(kept | fields))


SLATE = (
    a_nominee("甲", "chair"),
    a_nominee("乙", "chair"),
    a_nominee("丙", "deputy", "F"),
    a_nominee("丁", "deputy"),
    a_nominee("戊", "member"),
    a_nominee("己", "member"),
)
SEATED = (("chair", "甲", "M"), ("deputy", "丙", "F"), ("member", "戊", "M"))


def a_round(kind: str = "first", **fields: Any) -> RoundFacts:
    """A confirmed vote that filled every place."""
    return RoundFacts(kind, D, 1000, **({"confirmed": True, "status": "decided"} | fields))


COMPLETE = Facts(
    body=Body.VILLAGERS_COMMITTEE,
    edition=2025,
    today=D,
    poll_day=D,
    party_completed=True,
    villagers_committee_completed=True,
    approval="清委〔2026〕8号",
    postings={"registration": day(11, 11), "nominate": day(12, 1)},
    preparation=PreparationFacts(
        working_bodies=2,
        survey_done_on=day(10, 20),
        difficulty="good",
        talks_due=9,
        talks_done=9,
        trainings=(day(10, 25),),
        plan_meeting=MEETING,
        plan_published_on=day(11, 2),
        election_committee_meeting=MEETING,
        election_committee_published_on=day(11, 2),
        election_committee=ELECTION_COMMITTEE,
    ),
    audit=AuditFacts(
        auditor="演示审计组",
        reported_on=day(10, 30),
        publications=((day(11, 1), day(11, 5)), (day(11, 6), day(11, 10))),
    ),
    registration=RegistrationFacts(
        registration_start=day(11, 11), listed=1000, published_on=day(11, 30), published_count=1000
    ),
    nomination=NominationFacts(
        seats=SEATS, seats_meeting=MEETING, nominees=SLATE, formal_published_on=day(12, 15), met_voters_on=day(12, 18)
    ),
    voting=VotingFacts(
        poll_notice_on=day(12, 17),
        secret_booth=True,
        staff=6,
        rounds=(a_round(),),
        seated=SEATED,
        result_announced_on=D,
        result_reported_on=day(12, 21),
    ),
    handover=HandoverFacts(elected_on=D, items=3, signatures=3, completed_on=day(12, 30)),
    party=PartyFacts(
        request_on=day(9, 1), reply_on=day(9, 5), full_members=45, due=40, left_out=3,
        left_out_approved_on=day(9, 8), left_out_voted_on=day(9, 9), members_recommended_on=day(9, 12),
        masses_recommended_on=day(9, 13), seats=3, candidates=4, vetted_on=day(9, 16), inspected_on=day(9, 18),
        notice_first_day=day(10, 12), notice_last_day=day(10, 16), candidates_reply_on=day(10, 17),
        meeting_on=day(10, 17), present=32, issued=32, returned=32, elected=3, secretary_elected_on=day(10, 17),
        reported_on=day(10, 18), approved_on=day(10, 20),
    ),
    supervision=SupervisionFacts(
        meeting=MEETING, members=("赵某", "钱某", "孙某"), with_bookkeeping=1, vetted_on=day(12, 22),
        published_on=day(12, 23),
    ),
)  # fmt: skip


def change(facts: Facts, **changes: Any) -> Facts:
    """``change(facts, poll_day=None, registration={"listed": 0})``: single facts replaced, the rest kept."""
    for key, value in changes.items():
        part = getattr(facts, key)
        facts = replace(facts, **{key: replace(part, **value) if is_dataclass(part) else value})
    return facts


def ready(stage: str, body: str = Body.VILLAGERS_COMMITTEE) -> Facts:
    """Facts with which the step that leads out of ``stage`` may be made; in handover, with which the file is closed."""
    before_roll = Stage.PREPARATION, Stage.AUDIT
    facts = change(COMPLETE, body=body)
    if stage in before_roll:
        return change(facts, today=day(11, 10), registration={"published_on": None}, voting=VotingFacts().__dict__)
    if stage in (Stage.REGISTRATION, Stage.NOMINATION, Stage.VETTING):
        today = {Stage.REGISTRATION: day(12, 6), Stage.NOMINATION: day(12, 12), Stage.VETTING: day(12, 16)}[stage]
        return change(facts, today=today, voting=VotingFacts().__dict__)
    return facts


def ready_to_poll() -> Facts:
    """The morning of election day: nobody has voted."""
    return change(
        COMPLETE, voting={"rounds": (), "seated": (), "result_announced_on": None, "result_reported_on": None}
    )


def with_vacancy() -> Facts:
    """After a first vote that left the member's place empty."""
    open_ = VacancyFacts("member", 1, False, ("戊", "己"))
    return change(
        COMPLETE, voting={"rounds": (a_round(status="open", vacancies=1),), "seated": SEATED[:2], "vacancies": (open_,)}
    )


def with_tie() -> Facts:
    """After a first vote in which two are equal for the member's place."""
    return change(COMPLETE, voting={"rounds": (a_round(status="open", ties=1),), "seated": SEATED[:2]})


@dataclass(frozen=True)
class Story:
    """What a guard says to ``COMPLETE`` with these facts changed, under the national pack with these keys changed."""

    guard: Guard
    says: str | None
    facts: Facts = COMPLETE
    policy: dict[str, Any] = field(default_factory=dict)

    def told(self) -> str | None:
        return self.guard(self.facts, load(overrides=self.policy))


def passes(guard: Guard, facts: Facts = COMPLETE, **changes: Any) -> Story:
    return _story(guard, None, facts, changes)


def refuses(guard: Guard, says: str, facts: Facts = COMPLETE, **changes: Any) -> Story:
    return _story(guard, says, facts, changes)


def _story(guard: Guard, says: str | None, facts: Facts, changes: dict[str, Any]) -> Story:
    keys = changes.pop("policy", {})
    return Story(guard, says, change(facts, **changes), keys)


def named(stories: Iterable[Story]) -> list[str]:
    """Readable names of the stories for the test report."""
    return [f"{story.guard.name}-{'refuses' if story.says else 'passes'}-{n}" for n, story in enumerate(stories)]
