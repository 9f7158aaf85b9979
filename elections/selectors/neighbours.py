"""The one window from the spine into the other storeys: what it asks of the roll, of the candidates, of the audits.

Everything here comes from those apps' selectors. What many elections need takes many at once and answers by their keys.
"""

from audits.selectors import audit_facts
from candidates.selectors.facts import nomination_facts
from candidates.selectors.formal import formal_candidates
from candidates.selectors.nominees import everybody_nominated, nominees_of
from elections.models import Person
from elections.rules.kinds import Standing
from voters.selectors.check_in import issued as ballots_issued
from voters.selectors.facts import RollFigures, proxies_unpublished, registration_facts, roll_figures
from voters.selectors.known import RollRow, row_of_roll, rows_called, rows_ending, rows_meant
from voters.selectors.roll import listed, listed_counts

__all__ = [
    "RollFigures",
    "RollRow",
    "audit_facts",
    "ballots_issued",
    "formal_candidates",
    "listed",
    "listed_counts",
    "nomination_facts",
    "nominees_of",
    "proxies_unpublished",
    "registration_facts",
    "roll_figures",
    "row_of_roll",
    "rows_called",
    "rows_ending",
    "rows_meant",
    "stands_posted",
]


def stands_posted(person: Person) -> bool:
    """Whether somebody is on the list of formal candidates that was put up for a vote that is not over."""
    going_on = everybody_nominated().filter(election__standing__in=[Standing.ACTIVE, Standing.SUSPENDED])
    listed_ones = going_on.exclude(formal_order=None).filter(withdrawn_on=None, election__formal_lists__isnull=False)
    return listed_ones.filter(person=person).exists()
