"""The same person in two villages: found by blind index, never by a number in clear (VR-07)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from elections.models import Area, Election
from voters.models import Voter

CHUNK = 10_000


def listed_elsewhere(election: Election, indexes: Sequence[UUID]) -> dict[UUID, str]:
    """Blind index → code of the village of the same cycle on whose list the person stands.

    The look-up is made whatever was asked for, so that its time tells nothing (C11).
    """
    found: dict[UUID, str] = {}
    others = Voter.objects.filter(cycle=election.cycle_id, listed=True, in_force=True)
    others = others.exclude(election__village=election.village_id)
    for start in range(0, len(indexes), CHUNK):
        part = others.filter(id_index__in=indexes[start : start + CHUNK])
        found.update(part.values_list("id_index", "election__village_id"))
    return found


def names_of_villages(codes: Iterable[str]) -> dict[str, str]:
    """Code → name."""
    return dict(Area.objects.filter(code__in=list(codes)).values_list("code", "name"))
