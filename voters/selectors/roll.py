"""Reading the roll of one election."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Max, QuerySet

from elections.models import Election
from voters.models import RollChange, RollVersion, Voter


def roll_of(election: Election) -> QuerySet[Voter]:
    """Return everybody registered or left out."""
    return Voter.objects.filter(election=election)


def listed(election: Election) -> QuerySet[Voter]:
    """N: those on the list."""
    return roll_of(election).filter(listed=True)


def listed_counts(elections: Iterable[Election]) -> dict[int, int]:
    """N of each of these elections that has anybody on its list."""
    found = Voter.objects.filter(election__in=[each.pk for each in elections], listed=True)
    return dict(found.order_by().values_list("election").annotate(n=Count("pk")))


def published_versions(election: Election) -> QuerySet[RollVersion]:
    """Return the roll and its supplements, oldest first."""
    return RollVersion.objects.filter(election=election).order_by("number")


def is_published(election: Election) -> bool:
    """Return whether the roll was published: from then on only decisions change it."""
    return published_versions(election).exists()


def next_number(election: Election) -> int:
    """Return the next number of the roll; one that was taken off is never given again."""
    return (roll_of(election).aggregate(last=Max("number"))["last"] or 0) + 1


def changes_waiting() -> QuerySet[RollChange]:
    """Return changes of what was posted that no supplement has told yet, and that no objection's decision stands
    for."""
    return RollChange.objects.filter(after_publication=True, posted=True, published_in=None, objection=None)
