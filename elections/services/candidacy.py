"""Somebody has become a candidate: what ends by that, in the same transaction (VT-12).

An app whose facts hang on who stands registers a follower when it starts; the acts that make candidates call
:func:`follow`. A follower may be called again for the same candidates and then does nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol

from elections.models import Election
from elections.permissions import Actor


class Follower(Protocol):
    """Does what follows; the election is locked, the act that made the candidates is not yet in the journal."""

    def __call__(self, held: Election, *, actor: Actor, today: date) -> None: ...


FOLLOWERS: list[Follower] = []


def follow(held: Election, *, actor: Actor, today: date) -> None:
    """Let everything follow from who stands now."""
    for each in FOLLOWERS:
        each(held, actor=actor, today=today)
