"""Facts of seats, nominees and the formal list for the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet

from candidates.models import FormalList, Nominee
from candidates.selectors.formal import says_who_stands
from elections.models import Election
from elections.rules.facts import NominationFacts, NomineeFacts
from elections.selectors.tallies import first_of

ListFacts = tuple[str | None, date | None, date | None]  # text of the last formal list, its day, the day of the meeting


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
        person=nominee.person_id,
    )


def nomination_facts(elections: Iterable[Election]) -> dict[int, NominationFacts]:
    """Return the facts of nomination and vetting, by key of the election; two statements. The meeting that decided the
    seats is the spine's and left out. A list that no longer says who stands does not count as published (NM-13)."""
    asked = {each.pk: each for each in elections}
    seats, lists = _seats_and_lists(asked)
    nominees: dict[int, list[Nominee]] = defaultdict(list)
    for each in Nominee.objects.filter(election__in=asked, withdrawn_on=None).select_related("voter").only(*SHOWN):
        nominees[each.election_id].append(each)
    return {pk: _facts(each, seats[pk], lists[pk], nominees[pk]) for pk, each in asked.items()}


SHOWN = (
    "election_id", "name", "sex", "office", "votes", "source", "first_check", "bars", "conclusion", "formal_order",
    "person_id", "voter__listed",
)  # fmt: skip


def _facts(election: Election, seats: dict[str, int], last: ListFacts, nominees: list[Nominee]) -> NominationFacts:
    text, published_on, met_on = last
    blocking = frozenset(election.policy.blocking_codes)
    return NominationFacts(
        seats=seats,
        nominees=tuple(nominee_facts(each, blocking) for each in nominees),
        formal_published_on=published_on if text and says_who_stands(FormalList(snapshot=text), nominees) else None,
        met_voters_on=met_on,
    )


def _seats_and_lists(elections: Iterable[int]) -> tuple[dict[int, dict[str, int]], dict[int, ListFacts]]:
    """Office → seats, and the last formal list, of each election: a row for each office, one at least."""
    seats: dict[int, dict[str, int]] = defaultdict(dict)
    lists: dict[int, ListFacts] = {}
    for pk, office, number, *last in _with_seats_and_lists().filter(pk__in=elections):
        lists[pk] = (last[0], last[1], last[2])
        if office is not None:
            seats[pk][office] = number
    return seats, lists


@cache
def _with_seats_and_lists() -> QuerySet[Election, tuple[Any, ...]]:
    """Of all elections, and never asked as it is: to build it takes longer than to ask for some of them."""
    newest = FormalList.objects.order_by("-number")
    shown = {
        "last_list": first_of(newest, "snapshot"),
        "last_day": first_of(newest, "published_on"),
        "met_on": first_of(newest.exclude(met_voters_on=None), "met_voters_on"),
    }
    rows = Election.objects.annotate(**shown).order_by("seats__pk")
    return rows.values_list("pk", "seats__office", "seats__number", *shown)
