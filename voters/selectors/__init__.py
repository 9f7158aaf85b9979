"""Reading the roll. What other apps may ask for stands here; the rest is for this app's pages and services."""

from voters.selectors.duplicates import to_settle
from voters.selectors.facts import registration_facts
from voters.selectors.people import age_of, found_by_name
from voters.selectors.roll import is_published, listed, published_versions, roll_of

__all__ = [
    "age_of",
    "found_by_name",
    "is_published",
    "listed",
    "published_versions",
    "registration_facts",
    "roll_of",
    "to_settle",
]
