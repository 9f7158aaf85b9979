"""Reading changes of the roll: one person's history, what waits for a supplement."""

from __future__ import annotations

from django.db.models import QuerySet

from voters.models import RollChange, Voter


def changes_of(voter: Voter) -> QuerySet[RollChange]:
    """Return the history of one person, newest first."""
    return voter.changes.select_related("made_by", "objection", "published_in").order_by("-made_at", "-pk")
