"""Showing a full id number: counted, and noted in the journal before it is shown (C98, C101, UX-62)."""

from __future__ import annotations

from elections.permissions import Actor
from elections.services.hold import lock
from elections.services.records import write
from voters.models import Voter
from voters.rules.identity import grouped
from voters.sealing import number_of
from voters.services.limits import REVEALS, spend


def reveal_id(voter: Voter, *, actor: Actor) -> str:
    """The full number, grouped for reading. Raises :class:`machine.Refused` beyond thirty an hour."""
    held = lock(voter.election)
    spend(actor.user, REVEALS)
    number = number_of(voter)
    write(held, "roll.id_revealed", actor, voter, {})
    return grouped(number)
