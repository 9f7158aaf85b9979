"""Seats and nominees of one election."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import QuerySet

from candidates.models import Nominee, Seat
from elections.models import Election
from elections.rules.counting.offices import Office, Opening
from elections.rules.counting.poll import Body
from elections.rules.policy import Bar
from elections.rules.slate import least_candidates


def seats_of(election: Election) -> dict[str, int]:
    """Return office → seats."""
    return dict(Seat.objects.filter(election=election).values_list("office", "number"))


def everybody_nominated() -> QuerySet[Nominee]:
    """Return all nominees of all elections; whoever asks cuts them to their own reach."""
    return Nominee.objects.select_related("election__village", "voter")


def nominees_of(election: Election) -> QuerySet[Nominee]:
    """Return everybody nominated and not withdrawn."""
    return Nominee.objects.filter(election=election, withdrawn_on=None)


def withdrawn_from(election: Election) -> QuerySet[Nominee]:
    """Return those who withdrew, in the order in which they did."""
    return Nominee.objects.filter(election=election).exclude(withdrawn_on=None).order_by("withdrawn_on", "pk")


def body_of(election: Election) -> Body:
    """Return whose committee it is, as counting names it."""
    return "residents" if election.village.is_community else "committee"


def seats_with_nominees(election: Election) -> list[dict[str, Any]]:
    """Return each post, the highest first: how many are to be elected, how many candidates that needs, how many there
    are."""
    named = Counter(nominees_of(election).values_list("office", flat=True))
    return [
        {
            "office": Office(office),
            "number": number,
            "need": least_candidates(Opening(Office(office), number), election.policy, body_of(election)),
            "nominees": named[office],
        }
        for office, number in sorted(seats_of(election).items(), key=lambda seat: Office(seat[0]).rank)
    ]


def bars_of(nominee: Nominee) -> list[Bar]:
    """Return the ticked heads of the negative list in words; a code the pack no longer knows is left out."""
    known = {bar.code: bar for bar in nominee.election.policy.negative_list}
    return [known[code] for code in nominee.bar_codes if code in known]
