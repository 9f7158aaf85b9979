"""The place of a village's page: its address and the breadcrumbs above it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import urlencode

from elections.models import Election
from elections.rules.kinds import Body


def query_of(election: Election) -> str:
    """``?body=…`` for the two other bodies, nothing for the villagers' committee."""
    return "" if election.body == Body.VILLAGERS_COMMITTEE else f"?body={election.body}"


def address(name: str, election: Election, *rest: object) -> str:
    """Return the address called ``name`` of this village and body."""
    return reverse(name, args=[election.village_id, *rest]) + query_of(election)


def address_with(name: str, election: Election, **query: str | int) -> str:
    """Return the same with more behind the question mark, whatever stands in it."""
    page = address(name, election)
    return f"{page}{'&' if '?' in page else '?'}{urlencode(query)}"


def breadcrumbs(election: Election, *above: tuple[str, str]) -> list[tuple[str, str]]:
    """Return crumbs: the list of villages, the village, then (label, name of the address) of the pages above this
    one."""
    crumbs = [("村（社区）", reverse("villages")), (election.village.name, address("village", election))]
    return crumbs + [(label, address(name, election)) for label, name in above]
