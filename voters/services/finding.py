"""Finding a person by the last four of his number: counted and noted, for it is a question about a number (C10)."""

from __future__ import annotations

from elections.models import Election
from elections.permissions import Actor
from elections.services.hold import lock
from elections.services.records import write
from voters.models import Voter
from voters.sealing import open_column
from voters.selectors.roll import roll_of
from voters.services.limits import SEARCHES, spend


def by_last_four(election: Election, last: str, *, actor: Actor) -> list[Voter]:
    """Those of one roll whose number ends so. There is no index on parts of numbers: all are opened and looked at."""
    held = lock(election)
    spend(actor.user, SEARCHES)
    voters = list(roll_of(held).order_by("place", "name"))
    numbers = open_column("id_number", voters)
    found = [voter for voter, number in zip(voters, numbers, strict=True) if number.endswith(last)]
    write(held, "roll.searched_by_number", actor, held, {"found": len(found)})
    return found
