"""Showing a full id number: counted, and noted in the journal before it is shown."""

from __future__ import annotations

from elections.permissions import Actor
from elections.services.act import act
from elections.services.lines import note
from voters.hourly_limits import REVEALS, spend
from voters.models import Voter
from voters.rules.identity import grouped
from voters.sealing import number_of


@act("roll.id_revealed", "查看身份证号")
def reveal_id(voter: Voter, *, actor: Actor) -> str:
    """Return the full number, grouped for reading. Raises :class:`machine.Refused` beyond thirty an hour."""
    spend(actor.user, REVEALS)
    number = number_of(voter)
    note(voter)
    return grouped(number)
