"""Candidates on the roll: by the row of the roll where it is known, by the name where that is clear (VT-07)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from elections.models import Election
from elections.selectors import contest, persons
from voters.selectors.roll import listed


@dataclass(frozen=True)
class Candidates:
    """Rows of the roll who are candidates; names of candidates that several persons of the roll have."""

    rows: frozenset[UUID]
    doubtful: frozenset[str]


def candidates_of(election: Election) -> Candidates:
    """Everybody who stands now. A candidate whom the voters wrote in is found by his record; of whom a round says the
    name alone, by that."""
    candidates = contest.candidates_now(election)
    rows = {each.voter for each in candidates if each.voter}
    by_person = {each.person: each.name for each in candidates if each.person and not each.voter}
    found = persons.rows_of(election, by_person)
    rows |= {row for row in found.values() if row}
    only_names = {each.name for each in candidates if not (each.voter or each.person)}
    only_names |= {name.partition("（")[0] for person, name in by_person.items() if person not in found}
    doubtful: set[str] = set()
    namesakes: dict[str, list[UUID]] = {}
    for name, row in listed(election).filter(name__in=only_names).values_list("name", "pk"):
        namesakes.setdefault(name, []).append(row)
    for name, people in namesakes.items():
        if len(people) == 1:
            rows.update(people)
        else:
            doubtful.add(name)
    return Candidates(frozenset(rows), frozenset(doubtful))
