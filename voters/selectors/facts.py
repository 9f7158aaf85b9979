"""What the rules of the stages may know of the roll."""

from __future__ import annotations

from django.db.models import F

from elections.models import Election
from elections.rules.facts import RegistrationFacts
from voters.models import RollObjection
from voters.selectors.ages import NO_SHIFT, shift_of
from voters.selectors.changes import unpublished_changes
from voters.selectors.frozen import not_voting_yet
from voters.selectors.roll import listed, published_versions


def registration_facts(election: Election) -> RegistrationFacts:
    """Dates and counts of one roll."""
    versions = list(published_versions(election).only("published_on", "count"))
    objections = RollObjection.objects.filter(election=election)
    decided = objections.exclude(decided_on=None)
    shift = shift_of(election) if versions and not_voting_yet(election) is None else NO_SHIFT
    return RegistrationFacts(
        registration_start=election.registration_start,
        listed=listed(election).count(),
        published_on=versions[0].published_on if versions else None,
        published_count=versions[-1].count if versions else 0,
        unpublished_changes=unpublished_changes(election).count() if versions else 0,
        objections_open=objections.filter(decided_on=None).count(),
        answers_late=decided.filter(in_time=True, decided_on__gt=F("answer_by")).count(),
        decisions_unpublished=decided.filter(published_on=None).count(),
        leaving_by_day=shift.leaving,
        joining_by_day=shift.joining,
    )
