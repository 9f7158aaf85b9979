"""Gathering everything the rules may know about elections: the only bridge from rows to rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from elections.models import Election, Round, StaffMember
from elections.rules.counting.kin import near_kin
from elections.rules.counting.stored import read_outcome
from elections.rules.facts import (
    AuditFacts,
    ElectionCommitteeMemberFacts,
    Facts,
    HandoverFacts,
    NominationFacts,
    PartyFacts,
    PreparationFacts,
    RegistrationFacts,
    RoundFacts,
    SupervisionFacts,
    VacancyFacts,
    VotingFacts,
)
from elections.rules.kinds import Body, Stage, Standing
from elections.selectors.contest import vacancies_after
from elections.selectors.kin import kin_seated, names_in, pairs_in, staff_conflicts
from elections.selectors.meetings import values_of
from elections.selectors.rounds import formed_after
from elections.selectors.sources import FILED, MEMBER, POSTING, SEATED, STAFF, TRAINING, WAIVER, Line, Sources
from elections.selectors.supervision import Elected, SeatAndKin, seats_and_kin_of


def facts_for(election: Election, today: date, *, approval: str = "") -> Facts:
    """Return the facts of ``election`` on ``today``. ``approval``: the paper that a standing move rests on.

    A page gathers once and hands the facts on. An act gathers anew from the election it has locked.
    """
    return gathered(Sources([election]), election, today, approval)


def facts_for_many(elections: Iterable[Election], today: date) -> dict[int, Facts]:
    """Return the same of many elections by their keys, with as many statements as for one."""
    sources = Sources(elections)
    return {pk: gathered(sources, each, today) for pk, each in sources.elections.items()}


def gathered(sources: Sources, election: Election, today: date, approval: str = "") -> Facts:
    """Return the facts of one of the elections of ``sources``."""
    found = Gathered.__new__(Gathered)
    vars(found).update(
        body=election.body,
        edition=election.policy.law_version,
        today=today,
        community=election.village.is_community,
        poll_day=election.poll_day,
        party_first_excused="",
        approval=approval,
        _election=election,
        _sources=sources,
    )
    return found


class Gathered(Facts):
    """Facts whose families are read when a guard first asks for them: a step of preparation never asks for voters."""

    _election: Election
    _sources: Sources

    @cached_property
    def party_completed(self) -> bool:
        return _completed(self._sources.sibling(self._election, Body.PARTY))

    @cached_property
    def villagers_committee_completed(self) -> bool:
        return _completed(self._sources.sibling(self._election, Body.VILLAGERS_COMMITTEE))

    @cached_property
    def postings(self) -> dict[str, date]:
        """The first day on which each notice was posted."""
        posted = self._lines(POSTING)
        days = sorted(((line.day, line.one) for line in posted if line.day), reverse=True)
        return {key: day for day, key in days}

    @cached_property
    def waived(self) -> dict[str, str]:
        return {line.one: line.two for line in self._lines(WAIVER)}

    @cached_property
    def preparation(self) -> PreparationFacts:
        return _preparation(self._sources, self._election, {each.name for each in self.nomination.nominees})

    @cached_property
    def audit(self) -> AuditFacts:
        return self._sources.audits[self._sources.home(self._election).pk]

    @cached_property
    def registration(self) -> RegistrationFacts:
        return self._sources.registrations[self._election.pk]

    @cached_property
    def nomination(self) -> NominationFacts:
        meeting = self._sources.meeting(self._sources.row(self._election), "seats")
        found = self._sources.nominations[self._election.pk]
        return replace(found, seats_meeting=values_of(meeting)) if meeting else found

    @cached_property
    def voting(self) -> VotingFacts:
        return _voting(self._sources, self._election, self.nomination)

    @cached_property
    def handover(self) -> HandoverFacts:
        return _handover(self._sources, self._election)

    @cached_property
    def party(self) -> PartyFacts:
        return _party(self._sources.row(self._election))

    @cached_property
    def supervision(self) -> SupervisionFacts:
        return _supervision(self._sources, self._election)

    def _lines(self, what: int) -> list[Line]:
        return self._sources.lines.of(self._election.pk, what)


def _preparation(sources: Sources, election: Election, nominated: set[str]) -> PreparationFacts:
    """``nominated``: the names of the nominees of ``election`` itself."""
    home = sources.home(election)
    survey, talks = getattr(home, "survey", None), getattr(home, "talks", None)
    plan, formation = sources.meeting(home, "plan"), sources.meeting(home, "committee")
    called = sources.names(election)
    members = [(called.get(each.person, each.one), each) for each in sources.lines.of(home.pk, MEMBER)]
    names = {name for name, each in members if each.two != "reserve"}
    pairs = sources.kin_pairs(election)
    return PreparationFacts(
        working_bodies=home.bodies_formed,  # type: ignore[attr-defined]  # counted by Sources
        survey_done_on=survey.done_on if survey else None,
        difficulty=survey.difficulty if survey else "",
        needs_rectification=bool(survey and survey.needs_rectification),
        rectified_on=survey.rectified_on if survey else None,
        talks_due=talks.due if talks else None,
        talks_done=talks.done if talks else 0,
        trainings=tuple(sorted(line.day for line in sources.lines.of(home.pk, TRAINING) if line.day)),
        plan_meeting=values_of(plan) if plan else None,
        plan_published_on=plan.published_on if plan else None,
        election_committee_meeting=values_of(formation) if formation else None,
        election_committee_published_on=formation.published_on if formation else None,
        election_committee=tuple(
            ElectionCommitteeMemberFacts(name, m.two, m.number, name in nominated) for name, m in members
        ),
        election_committee_kin=tuple(pair for pair in pairs if {*pair[:2]} <= names),
        nominee_kin=tuple(pair for pair in pairs if names & {*pair[:2]} and nominated & {*pair[:2]}),
    )


def _voting(sources: Sources, election: Election, nomination: NominationFacts) -> VotingFacts:
    """``nomination``: of the same election."""
    row, said = sources.row(election), sources.lines
    arrangement, report = getattr(row, "arrangement", None), getattr(row, "result_report", None)
    rounds, scope = sources.rounds[election.pk], election.policy.kin_scope
    pairs, called = sources.kin_pairs(election), sources.names(election)
    vacancies = vacancies_after(each for each in rounds if each.confirmed_at)
    candidates = {each.name for each in nomination.nominees if each.formal}
    candidates |= {name for vacancy in vacancies for name in vacancy.rerun_candidates}
    lines = said.of(election.pk, STAFF)
    staff = [(StaffMember.Task(line.two).label, called.get(line.person, line.one)) for line in lines]
    seated = tuple((line.one, line.two, line.three) for line in said.of(election.pk, SEATED))
    lists = [line.day for line in said.of(election.pk, POSTING) if line.one == "proxy" and line.day]
    return VotingFacts(
        poll_notice_on=arrangement.notice_on if arrangement else None,
        secret_booth=bool(arrangement and arrangement.secret_booth),
        staff=len(staff),
        staff_conflicts=staff_conflicts(staff, candidates, pairs, scope),
        rounds=tuple(round_facts(each) for each in rounds),
        seated=seated,
        kin_seated=kin_seated([name for _, name, _ in seated], [p for p in pairs if near_kin(p[2], scope)]),
        vacancies=tuple(
            VacancyFacts(each.office, each.places, each.women_only, each.rerun_candidates) for each in vacancies
        ),
        proxies=sources.rolls[election.pk].proxies,
        proxies_unpublished=sources.proxies_unpublished[election.pk],
        proxy_list_on=min(lists, default=None),
        result_announced_on=report.announced_on if report else None,
        result_reported_on=report.reported_on if report else None,
    )


def round_facts(each: Round) -> RoundFacts:
    """Return one round; its outcome is read from the stored canonical JSON."""
    outcome = read_outcome(each.outcome) if each.outcome else None
    return RoundFacts(
        kind=each.kind,
        held_on=each.held_on,
        registered=each.registered,
        confirmed=each.confirmed_at is not None,
        status=outcome.status if outcome else "",
        reasons=outcome.reasons if outcome else (),
        vacancies=sum(vacancy.places for vacancy in outcome.vacancies) if outcome else 0,
        ties=len(outcome.ties) if outcome else 0,
    )


def _handover(sources: Sources, election: Election) -> HandoverFacts:
    row = sources.row(election)
    signed = getattr(row, "handover", None)
    filed = {line.one for line in sources.lines.of(election.pk, FILED)}
    signatures = (signed.giver, signed.receiver, signed.presider) if signed else ()
    seats = Counter(line.number for line in sources.lines.of(election.pk, SEATED))
    elected = [(each.held_on, seats[each.pk]) for each in sources.rounds[election.pk] if each.confirmed_at]
    return HandoverFacts(
        elected_on=formed_after(elected, election.policy),
        items=row.items_listed,  # type: ignore[attr-defined]  # counted by Sources
        signatures=sum(bool(name) for name in signatures),
        completed_on=signed.completed_on if signed else None,
        archive_missing=tuple(kind for kind in election.policy.archive_required if kind not in filed),
    )


def _party(row: Election) -> PartyFacts:
    """``row``: the election with what it has at most one of."""
    record = getattr(row, "party_record", None)
    if record is None:
        return PartyFacts()
    return PartyFacts(**{name: getattr(record, name) for name in PartyFacts.__dataclass_fields__})


def _supervision(sources: Sources, election: Election) -> SupervisionFacts:
    row, members = sources.row(election), sources.supervisors[election.pk]
    record, meeting = getattr(row, "supervision_record", None), sources.meeting(row, "supervision")
    known = [*zip(members, _records_on_supervisors(sources, election), strict=True)]
    seated = [each.name for each, said in known if each.on_committee or said.seat]
    kin = [each.name for each, said in known if each.kin_on_committee or said.kin]
    barred = [f"{name}是村（居）民委员会成员，不能担任监督委员会成员" for name in seated]
    barred += [f"{name}与村（居）民委员会成员有近亲属关系，应当回避" for name in kin]
    return SupervisionFacts(
        meeting=values_of(meeting) if meeting else None,
        members=tuple(each.name for each in members),
        with_bookkeeping=sum(each.bookkeeping for each in members),
        barred=tuple(barred),
        vetted_on=record.vetted_on if record else None,
        published_on=record.published_on if record else None,
    )


def _records_on_supervisors(sources: Sources, election: Election) -> list[SeatAndKin]:
    """What records and relations say of the members, ticked or not (RP-07)."""
    home, members = sources.home(election), sources.supervisors[election.pk]
    if not any(each.person_id for each in members):
        return [SeatAndKin()] * len(members)
    elected = [Elected(line.person, line.two, line.one) for line in sources.lines.of(home.pk, SEATED)]
    own = [(each.person_id, each.name) for each in members]
    names = names_in(((each.person, each.name) for each in elected), own)
    pairs = pairs_in(sources.lines.ties, home.pk, election.village_id, names)
    called = [(person, names.get(person, name)) for person, name in own]
    return seats_and_kin_of(called, elected, pairs, election.policy.kin_scope)


def _completed(other: Election | None) -> bool:
    if other is None:
        return False
    return other.stage == Stage.HANDOVER and other.standing in (Standing.ACTIVE, Standing.CLOSED)
