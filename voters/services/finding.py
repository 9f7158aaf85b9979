"""Finding a person by the last four of the id number: counted and noted, for it is a question about a number."""

from __future__ import annotations

from elections.models import Election
from elections.permissions import Actor
from elections.services.act import act
from elections.services.lines import note
from voters.hourly_limits import SEARCHES, spend
from voters.models import Voter
from voters.sealing import open_column
from voters.selectors.roll import roll_of


@act("roll.searched_by_number", "按身份证号后四位查找")
def by_last_four(election: Election, last: str, *, actor: Actor) -> list[Voter]:
    """Find those of one roll whose number ends so. There is no index on parts of numbers: all are opened and
    compared."""
    spend(actor.user, SEARCHES)
    voters = list(roll_of(election).order_by("place", "name"))
    numbers = open_column("id_number", voters)
    found = [voter for voter, number in zip(voters, numbers, strict=True) if number.endswith(last)]
    note(election, {"found": len(found)})
    return found
