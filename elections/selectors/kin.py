"""Reading declared relations: who among candidates, staff and winners is near kin of whom (EC-18, CT-27).

A relation is between two persons and holds beyond the election in which it was declared. Rules know people by name, so
each side is called as the rows of the election in question call that person (:func:`names_in`), else by his label now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from elections.models import Election, Kinship
from elections.rules.counting.kin import near_kin
from elections.rules.election_committee import INVERSE
from elections.selectors.neighbours import nominees_of

Pair = tuple[str, str, str]  # name, other, relation
Names = Mapping[UUID | None, str]  # person → what the rows of an election call him


class Side(NamedTuple):
    """One of the two: his record, its village and label of now, the name that was written down."""

    person: UUID | None
    village: str | None
    label: str | None
    written: str

    def name(self, village: str, names: Names) -> str:
        if self.person in names:
            return names[self.person]
        return self.label if self.label and self.village == village else self.written


class Tie(NamedTuple):
    """A declared relation, and the election in which it was declared."""

    election: int | None
    one: Side
    other: Side
    relation: str

    def concerns(self, election: int, village: str) -> bool:
        return election == self.election or village in (self.one.village, self.other.village)

    def pair(self, village: str, names: Names) -> Pair:
        return self.one.name(village, names), self.other.name(village, names), self.relation


def concerning(elections: Iterable[int], villages: Iterable[str]) -> Q:
    """The relations declared in these elections or between persons of these villages."""
    known = [*villages]
    return Q(person__village__in=known) | Q(relative__village__in=known) | Q(election__in=[*elections])


SIDES = {
    "one": "name", "person": "person_id", "label": "person__label", "at": "person__village_id",
    "two": "other", "relative": "relative_id", "other_label": "relative__label", "other_at": "relative__village_id",
    "three": "relation",
}  # fmt: skip


def tie_of(election: int | None, said: Mapping[str, Any]) -> Tie:
    """``said``: the values of :data:`SIDES` by their keys."""
    one = Side(said["person"], said["at"], said["label"], said["one"])
    return Tie(election, one, Side(said["relative"], said["other_at"], said["other_label"], said["two"]), said["three"])


def ties_of(elections: Iterable[int], villages: Iterable[str]) -> list[Tie]:
    """What was declared in these elections or between persons of these villages, in that order; one statement."""
    found = Kinship.objects.filter(concerning(elections, villages)).order_by("pk")
    rows = found.values_list("election_id", *SIDES.values())
    return [tie_of(row[0], dict(zip(SIDES, row[1:], strict=True))) for row in rows]


def pairs_in(ties: Iterable[Tie], election: int, village: str, names: Names) -> list[Pair]:
    """Those that concern this election; what was declared from both sides is said once."""
    found: dict[Pair, None] = {}
    for tie in ties:
        one, other, relation = tie.pair(village, names)
        if tie.concerns(election, village) and (other, one, INVERSE.get(relation, relation)) not in found:
            found[one, other, relation] = None
    return [*found]


def names_in(*rows: Iterable[tuple[UUID | None, str]]) -> Names:
    """Person → what these rows call him, the first of them first."""
    found: dict[UUID | None, str] = {}
    for person, name in (row for each in rows for row in each):
        if person is not None:
            found.setdefault(person, name)
    return found


def names_of(election: Election) -> Names:
    """What the rows of an election call its people: as a nominee first, for ballots say so."""
    parts = (nominees_of(election), election.election_committee, election.staff)
    return names_in(*(rows.values_list("person_id", "name") for rows in parts))


def kin_pairs(election: Election, names: Names | None = None) -> list[Pair]:
    """Every declared relation of the village; ``names``: of :func:`names_of`, when the caller has them."""
    ties = ties_of([election.pk], [election.village_id])
    return pairs_in(ties, election.pk, election.village_id, names_of(election) if names is None else names)


def kinships_of(election: Election) -> QuerySet[Kinship]:
    """The declared relations of the village, as they were entered."""
    return Kinship.objects.filter(concerning([election.pk], [election.village_id])).order_by("name", "other")


def turned_round(tie: Kinship) -> Kinship | None:
    """The relation of the same two, declared from the other side."""
    same = Kinship.objects.filter(person=tie.relative_id, relative=tie.person_id).exclude(pk=tie.pk)
    return same.first() if tie.person_id and tie.relative_id else None


def kin_seated(names: Iterable[str], pairs: Iterable[Pair]) -> tuple[tuple[str, str], ...]:
    """Return the pairs whose two sides are both among ``names``."""
    known = set(names)
    return tuple((one, other) for one, other, _ in pairs if one in known and other in known)


def staff_conflicts(
    staff: Iterable[tuple[str, str]], candidates: set[str], pairs: Iterable[Pair], scope: str
) -> tuple[str, ...]:
    """Sentences for each of the staff who is a candidate or a candidate's near relative (EC-18, VT-13).

    ``staff``: the word of the work and the name.
    """
    known = [*staff]
    near = {pair[:2] for pair in pairs if near_kin(pair[2], scope)}
    found = [f"{task}{name}是候选人，请更换" for task, name in known if name in candidates]
    for task, name in known:
        found += [
            f"{task}{name}是候选人{other}的近亲属，请更换"
            for other in sorted(candidates)
            if (name, other) in near or (other, name) in near
        ]
    return tuple(found)
