"""Reading changes of the roll: one person's history, what waits for a supplement."""

from __future__ import annotations

from django.db.models import QuerySet

from elections.models import Election
from voters.models import RollChange, Voter
from voters.selectors.supplement import untold


def changes_of(voter: Voter) -> QuerySet[RollChange]:
    """The history of one person, newest first."""
    return voter.changes.select_related("made_by", "objection", "published_in").order_by("-made_at", "-pk")


def unpublished_changes(election: Election) -> QuerySet[RollChange]:
    """Changes of what was posted that no supplement has told yet, and that no objection's decision stands for.

    Somebody who was taken off and put back stands as he was posted: there is nothing to tell of him.
    """
    made = RollChange.objects.filter(election=election, after_publication=True, posted=True, published_in=None)
    made = made.filter(objection=None)
    return made.filter(voter__number__in=untold(election)) if made.exists() else made
