"""Gathering everything the rules may know about one election: the only bridge from rows to rules."""

from __future__ import annotations

import json
from datetime import date

from django.db.models import Min

from audits.selectors import audit_facts
from candidates.selectors import nomination_facts
from elections.models import (
    ArchiveItem,
    CommitteeMember,
    Election,
    Handover,
    PartyRecord,
    PollArrangement,
    ResultReport,
    Round,
    Seated,
    StaffMember,
    SupervisionMember,
    SupervisionRecord,
    Survey,
    Talks,
)
from elections.rules.counting.kin import near_kin
from elections.rules.facts import (
    CommitteeMemberFacts,
    Facts,
    HandoverFacts,
    NominationFacts,
    PartyFacts,
    PreparationFacts,
    RoundFacts,
    SupervisionFacts,
    VacancyFacts,
    VotingFacts,
)
from elections.rules.kinds import Body, Stage, Standing
from elections.selectors.contest import vacancies_after
from elections.selectors.kin import kin_pairs, kin_seated, staff_conflicts
from elections.selectors.meetings import meeting_facts, meeting_of
from elections.selectors.rounds import formed_on
from voters.selectors import proxies_in_force, proxies_unposted, registration_facts


def facts_for(election: Election, today: date, *, approval: str = "") -> Facts:
    """The facts of ``election`` on ``today``. ``approval``: the paper that a standing move rests on."""
    nomination = nomination_facts(election)
    return Facts(
        body=election.body,
        edition=election.policy.law_version,
        today=today,
        community=election.village.is_community,
        poll_day=election.poll_day,
        party_completed=_completed(election, Body.PARTY),
        committee_completed=_completed(election, Body.COMMITTEE),
        approval=approval,
        postings=_postings(election),
        waived=dict(election.waivers.values_list("guard", "reason")),
        preparation=_preparation(election, nomination),
        audit=audit_facts(_shared(election)),
        registration=registration_facts(election),
        nomination=nomination,
        voting=_voting(election, nomination),
        handover=_handover(election),
        party=_party(election),
        supervision=_supervision(election),
    )


def sibling(election: Election, body: str) -> Election | None:
    """The election of another body of the same village in the same cycle, the latest attempt."""
    same = Election.objects.filter(village=election.village_id, cycle=election.cycle_id, body=body)
    return same.order_by("-attempt").first()


def _shared(election: Election) -> Election:
    """Survey, training and audit hang on village × cycle: they are kept with the villagers' committee's election."""
    if election.body == Body.COMMITTEE:
        return election
    return sibling(election, Body.COMMITTEE) or election


def _completed(election: Election, body: str) -> bool:
    other = sibling(election, body)
    if other is None:
        return False
    return other.stage == Stage.HANDOVER and other.standing in (Standing.ACTIVE, Standing.CLOSED)


def _postings(election: Election) -> dict[str, date]:
    """The first day on which each notice was posted."""
    days: dict[str, date] = {}
    for key, day in election.postings.order_by("-posted_on").values_list("key", "posted_on"):
        days[key] = day
    return days


def _preparation(election: Election, nomination: NominationFacts) -> PreparationFacts:
    home = _shared(election)
    survey = Survey.objects.filter(election=home).first()
    talks = Talks.objects.filter(election=home).first()
    plan, committee = meeting_of(home, "plan"), meeting_of(home, "committee")
    standing = {each.name for each in nomination.nominees}
    members = CommitteeMember.objects.filter(election=home, left_on=None)
    names = set(members.exclude(post="reserve").values_list("name", flat=True))
    pairs = kin_pairs(home)
    return PreparationFacts(
        working_bodies=home.working_bodies.count(),
        survey_done_on=survey.done_on if survey else None,
        difficulty=survey.difficulty if survey else "",
        needs_rectification=bool(survey and survey.needs_rectification),
        rectified_on=survey.rectified_on if survey else None,
        talks_due=talks.due if talks else None,
        talks_done=talks.done if talks else 0,
        trainings=tuple(home.trainings.values_list("held_on", flat=True)),
        plan_meeting=meeting_facts(home, "plan"),
        plan_published_on=plan.published_on if plan else None,
        committee_meeting=meeting_facts(home, "committee"),
        committee_published_on=committee.published_on if committee else None,
        committee=tuple(CommitteeMemberFacts(m.name, m.post, m.votes, m.name in standing) for m in members),
        committee_kin=tuple(pair for pair in pairs if {*pair[:2]} <= names),
        nominee_kin=tuple(pair for pair in pairs if names & {*pair[:2]} and standing & {*pair[:2]}),
    )


def _voting(election: Election, nomination: NominationFacts) -> VotingFacts:
    arrangement = PollArrangement.objects.filter(election=election).first()
    report = ResultReport.objects.filter(election=election).first()
    seated = tuple(Seated.objects.filter(election=election).values_list("office", "name", "sex"))
    scope = election.policy.kin_scope
    pairs = kin_pairs(election)
    rounds = list(Round.objects.filter(election=election))
    vacancies = vacancies_after(each for each in rounds if each.confirmed_at)
    standing = {each.name for each in nomination.nominees if each.formal}
    standing |= {name for vacancy in vacancies for name in vacancy["rerun_candidates"]}
    return VotingFacts(
        poll_notice_on=arrangement.notice_on if arrangement else None,
        secret_booth=bool(arrangement and arrangement.secret_booth),
        staff=StaffMember.objects.filter(election=election).count(),
        staff_conflicts=staff_conflicts(election, standing),
        rounds=tuple(round_facts(each) for each in rounds),
        seated=seated,
        kin_seated=kin_seated([name for _, name, _ in seated], [p for p in pairs if near_kin(p[2], scope)]),
        vacancies=tuple(
            VacancyFacts(each["post"], each["places"], each["women_only"], tuple(each["rerun_candidates"]))
            for each in vacancies
        ),
        proxies=proxies_in_force(election).count(),
        proxies_unposted=proxies_unposted(election),
        proxy_list_on=election.postings.filter(key="proxy").aggregate(first=Min("posted_on"))["first"],
        result_announced_on=report.announced_on if report else None,
        result_reported_on=report.reported_on if report else None,
    )


def round_facts(each: Round) -> RoundFacts:
    """One round; its outcome is read from the stored canonical JSON."""
    outcome = json.loads(each.outcome) if each.outcome else {}
    return RoundFacts(
        kind=each.kind,
        held_on=each.held_on,
        registered=each.registered,
        confirmed=each.confirmed_at is not None,
        status=outcome.get("status", ""),
        reasons=tuple(outcome.get("reasons", ())),
        vacancies=sum(vacancy["places"] for vacancy in outcome.get("vacancies", ())),
        ties=len(outcome.get("ties", ())),
    )


def _handover(election: Election) -> HandoverFacts:
    handover = Handover.objects.filter(election=election).first()
    filed = set(ArchiveItem.objects.filter(election=election).values_list("kind", flat=True))
    signatures = (handover.giver, handover.receiver, handover.presider) if handover else ()
    return HandoverFacts(
        elected_on=formed_on(election),
        items=election.handover_items.count(),
        signatures=sum(bool(name) for name in signatures),
        completed_on=handover.completed_on if handover else None,
        archive_missing=tuple(kind for kind in election.policy.archive_required if kind not in filed),
    )


def _party(election: Election) -> PartyFacts:
    record = PartyRecord.objects.filter(election=election).first()
    if record is None:
        return PartyFacts()
    return PartyFacts(**{name: getattr(record, name) for name in PartyFacts.__dataclass_fields__})


def _supervision(election: Election) -> SupervisionFacts:
    record = SupervisionRecord.objects.filter(election=election).first()
    members = list(SupervisionMember.objects.filter(election=election))
    barred = [f"{each.name}是村（居）民委员会成员，不能担任监督委员会成员" for each in members if each.on_committee]
    barred += [f"{each.name}与村（居）民委员会成员有近亲属关系，应当回避" for each in members if each.kin_on_committee]
    return SupervisionFacts(
        meeting=meeting_facts(election, "supervision"),
        members=tuple(each.name for each in members),
        with_bookkeeping=sum(each.bookkeeping for each in members),
        barred=tuple(barred),
        vetted_on=record.vetted_on if record else None,
        published_on=record.published_on if record else None,
    )
