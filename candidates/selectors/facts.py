"""What the rules may know of seats, nominees and the formal list."""

from __future__ import annotations

from candidates.models import Nominee
from candidates.selectors.formal import met_voters_on, published_in_force
from candidates.selectors.nominees import nominees_of, seats_of
from elections.models import Election
from elections.rules.facts import NominationFacts, NomineeFacts
from elections.selectors.meetings import meeting_facts


def nominee_facts(nominee: Nominee, blocking: frozenset[str]) -> NomineeFacts:
    """``blocking``: the codes of the pack's negative list that exclude."""
    return NomineeFacts(
        name=nominee.name,
        sex=nominee.sex,
        office=nominee.office,
        votes=nominee.votes,
        on_roll=nominee.voter is not None and nominee.voter.listed,
        source=nominee.source,
        first_check=nominee.first_check,
        bars=tuple(code for code in nominee.bar_codes if code in blocking),
        conclusion=nominee.conclusion,
        formal=nominee.formal_order is not None,
    )


def nomination_facts(election: Election) -> NominationFacts:
    """The facts of nomination and vetting. A list that no longer says who stands does not count as published."""
    blocking = frozenset(election.policy.blocking_codes)
    formal = published_in_force(election)
    return NominationFacts(
        seats=seats_of(election),
        seats_meeting=meeting_facts(election, "seats"),
        nominees=tuple(nominee_facts(each, blocking) for each in nominees_of(election).select_related("voter")),
        formal_published_on=formal.published_on if formal else None,
        met_voters_on=met_voters_on(election),
    )
