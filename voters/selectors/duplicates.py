"""The same person in two villages: found by blind index, never by a number in clear (VR-07)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from elections.models import Area, Election
from elections.permissions import Actor
from elections.rules.kinds import Standing
from voters.models import Omission, Voter
from voters.rules.likeness import likeness
from voters.selectors.roll import roll_of

CHUNK = 50_000
MOST_SHOWN = 500
ARRAY = {"postgresql": "SELECT unnest(%s::uuid[])", "sqlite": "SELECT value FROM json_each(%s)"}


def listed_elsewhere(election: Election, indexes: Sequence[UUID]) -> dict[UUID, str]:
    """Blind index → code of the village of the same cycle on whose list the person stands.

    The look-up is made whatever was asked for, so that its time tells nothing. A whole file is asked in one
    statement: the indexes go as one value, which the database takes apart.
    """
    found: dict[UUID, str] = {}
    given = ARRAY[connection.vendor]
    others = f"""
        SELECT v.id_index, e.village_id FROM voters_voter AS v JOIN elections_election AS e ON e.id = v.election_id
        WHERE v.cycle_id = %s AND v.listed AND v.in_force AND e.village_id <> %s AND v.id_index IN ({given})
    """  # noqa: S608  our own words
    with connection.cursor() as cursor:
        for start in range(0, len(indexes), CHUNK):
            asked = _as_array(indexes[start : start + CHUNK])
            cursor.execute(others, [election.cycle_id, election.village_id, asked])
            found.update((_uuid(index), village) for index, village in cursor.fetchall())
    return found


def _as_array(indexes: Sequence[UUID]) -> str:
    if connection.vendor == "postgresql":
        return "{" + ",".join([f"{index.int:032x}" for index in indexes]) + "}"
    return json.dumps([index.hex for index in indexes])


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def names_of_villages(codes: Iterable[str]) -> dict[str, str]:
    """Return code → name."""
    return dict(Area.objects.filter(code__in=list(codes)).values_list("code", "name"))


# --- Hints for people ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """Two rows that may be one person; ``how``: in what they are alike."""

    one: Voter
    other: Voter
    how: str


def pairs_within(election: Election) -> list[Pair]:
    """Return rows of one village with the same day of birth and alike names, but different numbers."""
    born: dict[date, list[Voter]] = {}
    for voter in roll_of(election).order_by("place", "name"):
        born.setdefault(voter.birth, []).append(voter)
    found = (
        Pair(one, other, how)
        for voters in born.values()
        for one, other in combinations(voters, 2)
        if (how := likeness(one.name, other.name))
    )
    return list(found)


def to_settle(actor: Actor, rule: str) -> QuerySet[Voter]:
    """Return the rows of the villages in reach that wait for somebody to settle in which village the person stands."""
    waiting = Voter.objects.filter(omission=Omission.LISTED_ELSEWHERE, election__standing=Standing.ACTIVE)
    return actor.reaches(waiting, "election__village_id", rule)


def listed_twice(actor: Actor) -> list[Pair]:
    """Return rows kept off the list because the person is listed elsewhere, with the row that is listed: for the
    township."""
    mine = actor.reaches(
        Voter.objects.filter(omission=Omission.LISTED_ELSEWHERE), "election__village_id", "roll.compare"
    )
    rows = list(mine.select_related("election__village").order_by("election__village_id", "place")[:MOST_SHOWN])
    others = Voter.objects.filter(id_index__in=[row.id_index for row in rows], listed=True, in_force=True)
    where = {(each.cycle_id, each.id_index): each for each in others.select_related("election__village")}
    return [
        Pair(row, where[row.cycle_id, row.id_index], "证号相同")
        for row in rows
        if (row.cycle_id, row.id_index) in where
    ]


def same_person_elsewhere(actor: Actor) -> list[Pair]:
    """Listed rows of two villages with one name and day of birth but different numbers, one of them in reach."""
    mine = actor.reaches(Election.objects.filter(standing=Standing.ACTIVE), "village_id", "roll.compare")
    keys = list(mine.values_list("pk", flat=True))
    pairs = _equal_names(keys)
    rows = Voter.objects.select_related("election__village").in_bulk({pk for pair in pairs for pk in pair})
    return [Pair(rows[one], rows[other], "同名同出生日期") for one, other in pairs]


def _equal_names(elections: list[int]) -> list[tuple[UUID, UUID]]:
    """Return pairs of rows, each pair once."""
    if not elections:
        return []
    statement = f"""
        SELECT a.id, b.id FROM voters_voter AS a
        JOIN voters_voter AS b ON b.cycle_id = a.cycle_id AND b.name = a.name AND b.birth = a.birth
        WHERE a.election_id IN ({", ".join(["%s"] * len(elections))}) AND a.listed AND b.listed AND b.in_force
          AND b.election_id <> a.election_id AND b.id_index <> a.id_index
        ORDER BY a.name LIMIT {2 * MOST_SHOWN}
    """  # noqa: S608  numbers only
    with connection.cursor() as cursor:
        cursor.execute(statement, elections)
        found = [(_uuid(one), _uuid(other)) for one, other in cursor.fetchall()]
    once = {frozenset(pair): pair for pair in found}
    return list(once.values())[:MOST_SHOWN]
