"""The families of facts that the spine's own rows make: each from the sources of one question, for one election."""

from __future__ import annotations

from collections import Counter

from elections.models import Election, Round, StaffMember
from elections.rules.counting.kin import near_kin
from elections.rules.counting.stored import read_outcome
from elections.rules.facts import (
    CommitteeMemberFacts,
    HandoverFacts,
    NominationFacts,
    PartyFacts,
    PreparationFacts,
    RoundFacts,
    SupervisionFacts,
    VacancyFacts,
    VotingFacts,
)
from elections.selectors import lines
from elections.selectors.contest import vacancies_after
from elections.selectors.kin import kin_seated, staff_conflicts
from elections.selectors.meetings import values_of
from elections.selectors.rounds import formed_after
from elections.selectors.sources import Sources


def preparation(sources: Sources, election: Election, standing: set[str]) -> PreparationFacts:
    """``standing``: the names of the nominees of ``election`` itself."""
    home = sources.home(election)
    survey, talks = getattr(home, "survey", None), getattr(home, "talks", None)
    plan, committee = sources.meeting(home, "plan"), sources.meeting(home, "committee")
    members = sources.lines.of(home.pk, lines.MEMBER)
    names = {line.one for line in members if line.two != "reserve"}
    pairs = sources.lines.kin_pairs(home.pk)
    return PreparationFacts(
        working_bodies=home.bodies_formed,  # type: ignore[attr-defined]  # counted by Sources
        survey_done_on=survey.done_on if survey else None,
        difficulty=survey.difficulty if survey else "",
        needs_rectification=bool(survey and survey.needs_rectification),
        rectified_on=survey.rectified_on if survey else None,
        talks_due=talks.due if talks else None,
        talks_done=talks.done if talks else 0,
        trainings=tuple(sorted(line.day for line in sources.lines.of(home.pk, lines.TRAINING) if line.day)),
        plan_meeting=values_of(plan) if plan else None,
        plan_published_on=plan.published_on if plan else None,
        committee_meeting=values_of(committee) if committee else None,
        committee_published_on=committee.published_on if committee else None,
        committee=tuple(CommitteeMemberFacts(m.one, m.two, m.number, m.one in standing) for m in members),
        committee_kin=tuple(pair for pair in pairs if {*pair[:2]} <= names),
        nominee_kin=tuple(pair for pair in pairs if names & {*pair[:2]} and standing & {*pair[:2]}),
    )


def voting(sources: Sources, election: Election, nomination: NominationFacts) -> VotingFacts:
    """``nomination``: of the same election."""
    row, said = sources.row(election), sources.lines
    arrangement, report = getattr(row, "arrangement", None), getattr(row, "result_report", None)
    rounds, scope = sources.rounds[election.pk], election.policy.kin_scope
    pairs = said.kin_pairs(election.pk)
    vacancies = vacancies_after(each for each in rounds if each.confirmed_at)
    standing = {each.name for each in nomination.nominees if each.formal}
    standing |= {name for vacancy in vacancies for name in vacancy.rerun_candidates}
    staff = [(StaffMember.Task(line.two).label, line.one) for line in said.of(election.pk, lines.STAFF)]
    seated = tuple((line.one, line.two, line.three) for line in said.of(election.pk, lines.SEATED))
    lists = [line.day for line in said.of(election.pk, lines.POSTING) if line.one == "proxy" and line.day]
    return VotingFacts(
        poll_notice_on=arrangement.notice_on if arrangement else None,
        secret_booth=bool(arrangement and arrangement.secret_booth),
        staff=len(staff),
        staff_conflicts=staff_conflicts(staff, standing, pairs, scope),
        rounds=tuple(round_facts(each) for each in rounds),
        seated=seated,
        kin_seated=kin_seated([name for _, name, _ in seated], [p for p in pairs if near_kin(p[2], scope)]),
        vacancies=tuple(
            VacancyFacts(each.post, each.places, each.women_only, each.rerun_candidates) for each in vacancies
        ),
        proxies=sources.rolls[election.pk].proxies,
        proxies_unposted=sources.proxies_unposted[election.pk],
        proxy_list_on=min(lists, default=None),
        result_announced_on=report.announced_on if report else None,
        result_reported_on=report.reported_on if report else None,
    )


def round_facts(each: Round) -> RoundFacts:
    """One round; its outcome is read from the stored canonical JSON."""
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


def handover(sources: Sources, election: Election) -> HandoverFacts:
    row = sources.row(election)
    signed = getattr(row, "handover", None)
    filed = {line.one for line in sources.lines.of(election.pk, lines.FILED)}
    signatures = (signed.giver, signed.receiver, signed.presider) if signed else ()
    seats = Counter(line.number for line in sources.lines.of(election.pk, lines.SEATED))
    elected = [(each.held_on, seats[each.pk]) for each in sources.rounds[election.pk] if each.confirmed_at]
    return HandoverFacts(
        elected_on=formed_after(elected, election.policy),
        items=row.items_listed,  # type: ignore[attr-defined]  # counted by Sources
        signatures=sum(bool(name) for name in signatures),
        completed_on=signed.completed_on if signed else None,
        archive_missing=tuple(kind for kind in election.policy.archive_required if kind not in filed),
    )


def party(row: Election) -> PartyFacts:
    """``row``: the election with what it has at most one of."""
    record = getattr(row, "party_record", None)
    if record is None:
        return PartyFacts()
    return PartyFacts(**{name: getattr(record, name) for name in PartyFacts.__dataclass_fields__})


def supervision(sources: Sources, election: Election) -> SupervisionFacts:
    row, members = sources.row(election), sources.supervisors[election.pk]
    record, meeting = getattr(row, "supervision_record", None), sources.meeting(row, "supervision")
    barred = [f"{each.name}是村（居）民委员会成员，不能担任监督委员会成员" for each in members if each.on_committee]
    barred += [f"{each.name}与村（居）民委员会成员有近亲属关系，应当回避" for each in members if each.kin_on_committee]
    return SupervisionFacts(
        meeting=values_of(meeting) if meeting else None,
        members=tuple(each.name for each in members),
        with_bookkeeping=sum(each.bookkeeping for each in members),
        barred=tuple(barred),
        vetted_on=record.vetted_on if record else None,
        published_on=record.published_on if record else None,
    )
