"""Reading seats, nominees, the vetting and the formal list: the window through which the spine looks in."""

from candidates.selectors.facts import nomination_facts, nominee_facts
from candidates.selectors.formal import (
    candidates_sheet,
    formal_candidates,
    formal_list_of,
    formal_lists_of,
    groups_to_post,
    met_voters_on,
    passed_by_office,
    published_in_force,
    same_as_published,
    standing_of,
    to_post,
    who_follows,
)
from candidates.selectors.nominees import (
    bars_of,
    body_of,
    everybody_nominated,
    nominees_of,
    seats_of,
    seats_with_nominees,
    withdrawn_from,
)
from candidates.selectors.vetting import age_of, awaiting, decisions_on, flags_of, queue_sheet, townships_in

__all__ = [
    "age_of",
    "awaiting",
    "bars_of",
    "body_of",
    "candidates_sheet",
    "decisions_on",
    "everybody_nominated",
    "flags_of",
    "formal_candidates",
    "formal_list_of",
    "formal_lists_of",
    "groups_to_post",
    "met_voters_on",
    "nomination_facts",
    "nominee_facts",
    "nominees_of",
    "passed_by_office",
    "published_in_force",
    "queue_sheet",
    "same_as_published",
    "seats_of",
    "seats_with_nominees",
    "standing_of",
    "to_post",
    "townships_in",
    "who_follows",
    "withdrawn_from",
]
