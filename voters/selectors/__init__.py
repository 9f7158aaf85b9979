"""Reading the roll. What other apps may ask for stands here; the rest is for this app's pages and services."""

from voters.selectors.checking import issued as ballots_issued
from voters.selectors.duplicates import to_settle
from voters.selectors.facts import RollFigures, proxies_unposted, registration_facts, roll_figures
from voters.selectors.people import age_of, found_by_name
from voters.selectors.polling import (
    helped_voters,
    proxies_by_agent,
    proxies_in_force,
    proxy_list_dated,
    relation_word,
    roving_by_route,
    roving_voters,
)
from voters.selectors.roll import is_published, listed, listed_counts, published_versions, roll_of

__all__ = [
    "RollFigures",
    "age_of",
    "ballots_issued",
    "found_by_name",
    "helped_voters",
    "is_published",
    "listed",
    "listed_counts",
    "proxies_by_agent",
    "proxies_in_force",
    "proxies_unposted",
    "proxy_list_dated",
    "published_versions",
    "registration_facts",
    "relation_word",
    "roll_figures",
    "roll_of",
    "roving_by_route",
    "roving_voters",
    "to_settle",
]
