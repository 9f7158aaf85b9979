"""Candidates on the roll: by the row of the roll where it is known, by the name where that is clear (VT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from elections.models import Election
from elections.selectors import contest
from voters.selectors.roll import listed


@dataclass(frozen=True)
class Candidates:
    """Rows of the roll who are candidates; names of candidates that several persons of the roll have."""

    rows: frozenset[UUID]
    doubtful: frozenset[str]


def candidates_of(election: Election) -> Candidates:
    """Return everybody who stands now. A candidate whom the voters wrote in is known by name alone."""
    candidates = contest.candidates_now(election)
    rows = {row for found in candidates.values() for row in found}
    only_names = [name for name, found in candidates.items() if not found]
    doubtful: set[str] = set()
    namesakes: dict[str, list[UUID]] = {}
    for name, row in listed(election).filter(name__in=only_names).values_list("name", "pk"):
        namesakes.setdefault(name, []).append(row)
    for name, found in namesakes.items():
        if len(found) == 1:
            rows.update(found)
        else:
            doubtful.add(name)
    return Candidates(frozenset(rows), frozenset(doubtful))
