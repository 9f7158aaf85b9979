"""Reading changes of the roll: one person's history, what waits for a supplement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from elections.models import Election
from elections.selectors.tallies import count_of
from voters.models import RollChange, RollVersion, Voter
from voters.selectors.figures import RollFigures
from voters.selectors.roll import changes_waiting
from voters.selectors.supplement import WORDS, untold_among


def changes_of(voter: Voter) -> QuerySet[RollChange]:
    """The history of one person, newest first."""
    return voter.changes.select_related("made_by", "objection", "published_in").order_by("-made_at", "-pk")


def unpublished_changes(elections: Iterable[Election], figures: Mapping[int, RollFigures]) -> dict[int, int]:
    """How many of the changes that wait a supplement has to tell, of the elections that have any; one statement.

    Somebody who was taken off and put back stands as he was posted: there is nothing to tell of him.
    """
    posted = {each: RollVersion(snapshot=text).lines for each in elections if (text := figures[each.pk].changed_since)}
    if not posted:
        return {}
    found: dict[int, list[Voter]] = defaultdict(list)
    numbered = Voter.objects.filter(election__in=posted).exclude(number=None).order_by()
    for each in numbered.annotate(waiting=count_of(changes_waiting(), "voter")).only("election_id", "listed", *WORDS):
        found[each.election_id].append(each)
    return {each.pk: _to_tell(found[each.pk], untold_among(found[each.pk], old, each)) for each, old in posted.items()}


def _to_tell(voters: Iterable[Voter], untold: frozenset[int]) -> int:
    return sum(each.waiting for each in voters if each.number in untold)  # type: ignore[attr-defined]  # annotated
