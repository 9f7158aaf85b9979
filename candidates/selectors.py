"""Reading seats, nominees and the formal list of one election."""

from django.db.models import QuerySet

from candidates.models import FormalList, Nominee, Seat
from elections.facts import NominationFacts, NomineeFacts
from elections.models import Election
from elections.selectors.meetings import meeting_facts


def seats_of(election: Election) -> dict[str, int]:
    """Office → seats."""
    return dict(Seat.objects.filter(election=election).values_list("office", "number"))


def nominees_of(election: Election) -> QuerySet[Nominee]:
    """Everybody nominated and not withdrawn."""
    return Nominee.objects.filter(election=election, withdrawn_on=None)


def formal_candidates(election: Election) -> QuerySet[Nominee]:
    """The formal candidates in the published order."""
    return nominees_of(election).exclude(formal_order=None).order_by("office", "formal_order")


def nominee_facts(nominee: Nominee, blocking: frozenset[str]) -> NomineeFacts:
    """``blocking``: the codes of the pack's negative list that exclude."""
    codes = [code for code in nominee.bars.split(",") if code]
    return NomineeFacts(
        name=nominee.name,
        sex=nominee.sex,
        office=nominee.office,
        votes=nominee.votes,
        on_roll=bool(nominee.voter_id) and nominee.voter.listed,
        source=nominee.source,
        first_check=nominee.first_check,
        bars=tuple(code for code in codes if code in blocking),
        conclusion=nominee.conclusion,
        formal=nominee.formal_order is not None,
    )


def nomination_facts(election: Election) -> NominationFacts:
    """What the rules may know of seats, nominees and the formal list."""
    blocking = frozenset(election.policy.blocking_codes)
    formal = FormalList.objects.filter(election=election).first()
    return NominationFacts(
        seats=seats_of(election),
        seats_meeting=meeting_facts(election, "seats"),
        nominees=tuple(nominee_facts(each, blocking) for each in nominees_of(election).select_related("voter")),
        formal_published_on=formal.published_on if formal else None,
        met_voters_on=formal.met_voters_on if formal else None,
    )
