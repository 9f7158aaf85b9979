"""Facts: all that the rules may know about one election, as plain values gathered by ``selectors.facts_for`` and by
tests.

Every field defaults to "nothing is known yet", so that a missing fact is always a reason and never a pass.
Dates are legal dates in Asia/Shanghai; counts are persons, households or ballots.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class MeetingFacts:
    """One 村民会议, 村民代表会议 or 村民小组会议 and its vote (EC-04)."""

    kind: str
    held_on: date
    adults: int = 0
    households: int = 0
    members: int = 0
    present: int = 0
    present_households: int = 0
    in_favour: int = 0


@dataclass(frozen=True)
class ElectionCommitteeMemberFacts:
    """A member or reserve of the village election committee (村民选举委员会)."""

    name: str
    post: str  # chair | deputy | member | reserve
    votes: int
    nominated: bool = False  # nominated for the villagers' committee


@dataclass(frozen=True)
class PreparationFacts:
    working_bodies: int = 0
    survey_done_on: date | None = None
    difficulty: str = ""
    needs_rectification: bool = False
    rectified_on: date | None = None
    talks_due: int | None = None
    talks_done: int = 0
    trainings: tuple[date, ...] = ()
    plan_meeting: MeetingFacts | None = None
    plan_published_on: date | None = None
    election_committee_meeting: MeetingFacts | None = None
    election_committee_published_on: date | None = None
    election_committee: tuple[ElectionCommitteeMemberFacts, ...] = ()
    election_committee_kin: tuple[tuple[str, str, str], ...] = ()  # (name, name, relation)
    nominee_kin: tuple[tuple[str, str, str], ...] = ()  # the same between members and nominees


@dataclass(frozen=True)
class AuditFacts:
    auditor: str = ""
    reported_on: date | None = None
    findings_open: int = 0
    findings_closed: int = 0
    publications: tuple[tuple[date, date], ...] = ()  # first day, last day
    objections_unanswered: int = 0


@dataclass(frozen=True)
class RegistrationFacts:
    registration_start: date | None = None
    listed: int = 0
    published_on: date | None = None
    published_count: int = 0
    unpublished_changes: int = 0
    objections_open: int = 0
    objection_received: date | None = None  # the oldest of these whose answer has a limit
    answers_late: int = 0
    decisions_unpublished: int = 0
    leaving_by_day: int = 0  # on the posted roll, but too young or without rights on election day as it stands now
    joining_by_day: int = 0  # of age, or with rights again, on election day as it stands now; not on the roll yet


@dataclass(frozen=True)
class NomineeFacts:
    """One person proposed for one office, with all that was decided about them."""

    name: str
    sex: str
    office: str
    votes: int
    on_roll: bool = True
    source: str = "voters"
    first_check: str = ""  # "" | passed | refused
    bars: tuple[str, ...] = ()  # codes of the negative list that block
    conclusion: str = ""  # "" | passed | refused | held
    formal: bool = False
    person: UUID | None = None  # his record; none in rows of earlier releases that could not be decided


@dataclass(frozen=True)
class NominationFacts:
    seats: Mapping[str, int] = field(default_factory=dict)  # office → seats
    seats_meeting: MeetingFacts | None = None
    nominees: tuple[NomineeFacts, ...] = ()
    formal_published_on: date | None = None
    met_voters_on: date | None = None  # 候选人与村民见面


@dataclass(frozen=True)
class RoundFacts:
    """One round of voting as confirmed or still open."""

    kind: str  # first | rerun | tie
    held_on: date
    registered: int
    confirmed: bool = False
    status: str = ""  # decided | open | invalid
    reasons: tuple[str, ...] = ()
    vacancies: int = 0
    ties: int = 0


@dataclass(frozen=True)
class VacancyFacts:
    """Places left open by the votes so far, and who would stand for them in a rerun (RR-01, RR-02)."""

    office: str
    places: int
    women_only: bool = False
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class VotingFacts:
    poll_notice_on: date | None = None
    secret_booth: bool = False
    staff: int = 0
    staff_conflicts: tuple[str, ...] = ()
    rounds: tuple[RoundFacts, ...] = ()
    seated: tuple[tuple[str, str, str], ...] = ()  # office, name, sex
    kin_seated: tuple[tuple[str, str], ...] = ()
    vacancies: tuple[VacancyFacts, ...] = ()
    proxies: int = 0  # 委托投票 in force
    proxies_unpublished: int = 0  # of these, recorded after the list was last put up
    proxy_list_on: date | None = None  # when it was first put up
    result_announced_on: date | None = None
    result_reported_on: date | None = None


@dataclass(frozen=True)
class HandoverFacts:
    elected_on: date | None = None
    items: int = 0
    signatures: int = 0
    completed_on: date | None = None
    archive_missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartyFacts:
    """The main facts of the Party organisation's election (PB-)."""

    request_on: date | None = None
    reply_on: date | None = None
    full_members: int = 0
    due: int | None = None  # 应到会
    left_out: int = 0
    left_out_approved_on: date | None = None
    left_out_voted_on: date | None = None
    members_recommended_on: date | None = None
    masses_recommended_on: date | None = None
    seats: int = 0
    candidates: int = 0
    vetted_on: date | None = None
    inspected_on: date | None = None
    notice_first_day: date | None = None
    notice_last_day: date | None = None
    candidates_reply_on: date | None = None
    meeting_on: date | None = None
    present: int = 0
    issued: int = 0
    returned: int = 0
    elected: int = 0
    secretary_elected_on: date | None = None
    reported_on: date | None = None
    approved_on: date | None = None


@dataclass(frozen=True)
class SupervisionFacts:
    """Formation and bars of the supervision committee (村务监督委员会, RP-07…09)."""

    meeting: MeetingFacts | None = None
    members: tuple[str, ...] = ()
    with_bookkeeping: int = 0
    barred: tuple[str, ...] = ()  # sentences: who is barred and why
    vetted_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True)
class Facts:
    """Everything the rules may know about one election on one day."""

    body: str
    edition: int
    today: date
    community: bool = False
    poll_day: date | None = None
    party_completed: bool = False
    villagers_committee_completed: bool = False
    party_first_excused: str = ""
    approval: str = ""  # document number of the approval for 暂缓 or 无效
    postings: Mapping[str, date] = field(default_factory=dict)  # notice key → first day posted
    waived: Mapping[str, str] = field(default_factory=dict)  # guard name → written reason
    preparation: PreparationFacts = field(default_factory=PreparationFacts)
    audit: AuditFacts = field(default_factory=AuditFacts)
    registration: RegistrationFacts = field(default_factory=RegistrationFacts)
    nomination: NominationFacts = field(default_factory=NominationFacts)
    voting: VotingFacts = field(default_factory=VotingFacts)
    handover: HandoverFacts = field(default_factory=HandoverFacts)
    party: PartyFacts = field(default_factory=PartyFacts)
    supervision: SupervisionFacts = field(default_factory=SupervisionFacts)

    def as_if(self, **known: Any) -> Facts:
        """Return the same with some of it otherwise, to ask what would follow. Families that nobody has read stay
        unread."""
        assert known.keys() <= {each.name for each in fields(self)}
        changed = copy(self)
        vars(changed).update(known)
        return changed
