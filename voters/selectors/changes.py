"""Reading changes of the roll: one person's history, what waits for a supplement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from elections.models import Election
from elections.selectors.tallies import count_of
from voters.models import RollChange, Voter
from voters.selectors.supplement import WORDS, last_posted, untold_among


def changes_of(voter: Voter) -> QuerySet[RollChange]:
    """The history of one person, newest first."""
    return voter.changes.select_related("made_by", "objection", "published_in").order_by("-made_at", "-pk")


def changes_waiting() -> QuerySet[RollChange]:
    """Changes of what was posted that no supplement has told yet, and that no objection's decision stands for."""
    return RollChange.objects.filter(after_publication=True, posted=True, published_in=None, objection=None)


def unpublished_changes(elections: Iterable[Election]) -> dict[int, int]:
    """How many of the changes that wait a supplement has to tell, for elections whose roll was posted; two statements.

    Somebody who was taken off and put back stands as he was posted: there is nothing to tell of him.
    """
    rolls = {each.pk: each for each in elections}
    if not rolls:
        return {}
    found: dict[int, list[Voter]] = defaultdict(list)
    numbered = Voter.objects.filter(election__in=rolls).exclude(number=None).order_by()
    for each in numbered.annotate(waiting=count_of(changes_waiting(), "voter")).only("election_id", "listed", *WORDS):
        found[each.election_id].append(each)
    posted = last_posted(rolls.values())
    return {pk: _to_tell(found[pk], untold_among(found[pk], posted[pk], each)) for pk, each in rolls.items()}


def _to_tell(voters: Iterable[Voter], untold: frozenset[int]) -> int:
    return sum(each.waiting for each in voters if each.number in untold)  # type: ignore[attr-defined]  # annotated
