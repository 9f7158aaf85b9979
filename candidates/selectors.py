"""Reading seats, nominees and the formal list of one election."""

from datetime import date

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


def formal_lists_of(election: Election) -> QuerySet[FormalList]:
    """Every published list, oldest first."""
    return FormalList.objects.filter(election=election)


def formal_list_of(election: Election) -> FormalList | None:
    """The list as last published, or ``None``."""
    return formal_lists_of(election).last()


def met_voters_on(election: Election) -> date | None:
    """The day the candidates met the voters, whichever list it was noted on (NM-14)."""
    days = formal_lists_of(election).exclude(met_voters_on=None).values_list("met_voters_on", flat=True)
    return days.last()


def nominee_facts(nominee: Nominee, blocking: frozenset[str]) -> NomineeFacts:
    """``blocking``: the codes of the pack's negative list that exclude."""
    return NomineeFacts(
        name=nominee.name,
        sex=nominee.sex,
        office=nominee.office,
        votes=nominee.votes,
        on_roll=bool(nominee.voter_id) and nominee.voter.listed,
        source=nominee.source,
        first_check=nominee.first_check,
        bars=tuple(code for code in nominee.bar_codes if code in blocking),
        conclusion=nominee.conclusion,
        formal=nominee.formal_order is not None,
    )


def nomination_facts(election: Election) -> NominationFacts:
    """What the rules may know of seats, nominees and the formal list."""
    blocking = frozenset(election.policy.blocking_codes)
    formal = formal_list_of(election)
    return NominationFacts(
        seats=seats_of(election),
        seats_meeting=meeting_facts(election, "seats"),
        nominees=tuple(nominee_facts(each, blocking) for each in nominees_of(election).select_related("voter")),
        formal_published_on=formal.published_on if formal else None,
        met_voters_on=met_voters_on(election),
    )
