"""Gathering everything the rules may know about elections: the only bridge from rows to rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from elections.models import Election
from elections.rules.facts import (
    AuditFacts,
    Facts,
    HandoverFacts,
    NominationFacts,
    PartyFacts,
    PreparationFacts,
    RegistrationFacts,
    SupervisionFacts,
    VotingFacts,
)
from elections.rules.kinds import Body, Stage, Standing
from elections.selectors import families, lines
from elections.selectors.meetings import values_of
from elections.selectors.sources import Sources


def facts_for(election: Election, today: date, *, approval: str = "") -> Facts:
    """The facts of ``election`` on ``today``. ``approval``: the paper that a standing move rests on.

    A page gathers once and hands the facts on. An act gathers anew from the election it has locked.
    """
    return gathered(Sources([election]), election, today, approval)


def facts_for_many(elections: Iterable[Election], today: date) -> dict[int, Facts]:
    """The same of many elections by their keys, with as many statements as for one."""
    sources = Sources(elections)
    return {pk: gathered(sources, each, today) for pk, each in sources.elections.items()}


def gathered(sources: Sources, election: Election, today: date, approval: str = "") -> Facts:
    """The facts of one of the elections of ``sources``."""
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
    def committee_completed(self) -> bool:
        return _completed(self._sources.sibling(self._election, Body.COMMITTEE))

    @cached_property
    def postings(self) -> dict[str, date]:
        """The first day on which each notice was posted."""
        posted = self._lines(lines.POSTING)
        days = sorted(((line.day, line.one) for line in posted if line.day), reverse=True)
        return {key: day for day, key in days}

    @cached_property
    def waived(self) -> dict[str, str]:
        return {line.one: line.two for line in self._lines(lines.WAIVER)}

    @cached_property
    def preparation(self) -> PreparationFacts:
        return families.preparation(self._sources, self._election, {each.name for each in self.nomination.nominees})

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
        return families.voting(self._sources, self._election, self.nomination)

    @cached_property
    def handover(self) -> HandoverFacts:
        return families.handover(self._sources, self._election)

    @cached_property
    def party(self) -> PartyFacts:
        return families.party(self._sources.row(self._election))

    @cached_property
    def supervision(self) -> SupervisionFacts:
        return families.supervision(self._sources, self._election)

    def _lines(self, what: int) -> list[lines.Line]:
        return self._sources.lines.of(self._election.pk, what)


def sibling(election: Election, body: str) -> Election | None:
    """The election of another body of the same village in the same cycle, the latest attempt."""
    same = Election.objects.filter(village=election.village_id, cycle=election.cycle_id, body=body)
    return same.order_by("-attempt").first()


def _completed(other: Election | None) -> bool:
    if other is None:
        return False
    return other.stage == Stage.HANDOVER and other.standing in (Standing.ACTIVE, Standing.CLOSED)
