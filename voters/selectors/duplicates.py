"""The same person in two villages: found by blind index, never by a number in clear (VR-07)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection

from elections.models import Area, Election

CHUNK = 50_000
ARRAY = {"postgresql": "SELECT unnest(%s::uuid[])", "sqlite": "SELECT value FROM json_each(%s)"}


def listed_elsewhere(election: Election, indexes: Sequence[UUID]) -> dict[UUID, str]:
    """Blind index → code of the village of the same cycle on whose list the person stands.

    The look-up is made whatever was asked for, so that its time tells nothing (C11). A whole file is asked in one
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
        return "{" + ",".join(map(str, indexes)) + "}"
    return json.dumps([index.hex for index in indexes])


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def names_of_villages(codes: Iterable[str]) -> dict[str, str]:
    """Code → name."""
    return dict(Area.objects.filter(code__in=list(codes)).values_list("code", "name"))
