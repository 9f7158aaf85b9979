"""The one window from the spine into the other storeys: what it asks of the roll, of the candidates, of the audits.

Everything here comes from those apps' selectors. What many elections need takes many at once and answers by their keys.
"""

from audits.selectors import audit_facts
from candidates.selectors.facts import nomination_facts
from candidates.selectors.formal import formal_candidates
from candidates.selectors.nominees import nominees_of
from voters.selectors.check_in import issued as ballots_issued
from voters.selectors.facts import RollFigures, proxies_unpublished, registration_facts, roll_figures
from voters.selectors.roll import listed, listed_counts

__all__ = [
    "RollFigures",
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
]
