"""The elections of the other bodies of a village."""

from __future__ import annotations

from elections.models import Election


def sibling(election: Election, body: str) -> Election | None:
    """The election of another body of the same village in the same cycle, the latest attempt."""
    same = Election.objects.filter(village=election.village_id, cycle=election.cycle_id, body=body)
    return same.order_by("-attempt").first()
