"""Reading the roll of one election."""

from datetime import date

from django.db.models import F, Q, QuerySet

from elections.facts import RegistrationFacts
from elections.models import Election
from voters.eligibility import age_on
from voters.models import RollObjection, RollVersion, Voter


def roll_of(election: Election) -> QuerySet[Voter]:
    """Everybody registered or left out, in the order of the roll: group, household, name."""
    return Voter.objects.filter(election=election)


def listed(election: Election) -> QuerySet[Voter]:
    """N: those on the list."""
    return roll_of(election).filter(listed=True)


def found_by_name(election: Election, text: str) -> QuerySet[Voter]:
    """Those on the list whose name contains ``text`` or whose pinyin initials begin with it; nobody for no text."""
    said = text.strip()
    if not said:
        return listed(election).none()
    return listed(election).filter(Q(name__contains=said) | Q(initials__startswith=said.lower()))


def age_of(voter: Voter, day: date) -> int:
    """满N周岁 on a day."""
    return age_on(voter.birth, day)


def published_versions(election: Election) -> QuerySet[RollVersion]:
    """The roll and its supplements, oldest first."""
    return RollVersion.objects.filter(election=election)


def registration_facts(election: Election) -> RegistrationFacts:
    """What the rules may know of the roll."""
    first = published_versions(election).first()
    last = published_versions(election).last()
    objections = RollObjection.objects.filter(election=election)
    decided = objections.exclude(decided_on=None)
    return RegistrationFacts(
        registration_start=election.registration_start,
        listed=listed(election).count(),
        published_on=first.published_on if first else None,
        published_count=last.count if last else 0,
        unpublished_changes=0 if last is None else abs(listed(election).filter(number=None).count()),
        objections_open=objections.filter(decided_on=None).count(),
        answers_late=decided.filter(decided_on__gt=F("answer_by")).count(),
        decisions_unpublished=decided.filter(published_on=None).count(),
    )
