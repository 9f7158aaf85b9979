"""Reading what was taken out lately and can still be put back."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from elections.models import Election, Removal

RESTORABLE = timedelta(hours=24)


def open_removals(election: Election) -> QuerySet[Removal]:
    """Return rows taken out within the last day and not put back yet."""
    since = timezone.now() - RESTORABLE
    return Removal.objects.filter(election=election, restored_at=None, removed_at__gte=since)
