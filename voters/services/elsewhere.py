"""Telling that somebody is listed in another village: so often in an hour, and noted each time."""

from __future__ import annotations

from elections.models import Election, Role
from elections.permissions import Actor
from elections.services.act import act, part
from elections.services.lines import note, unchanged
from voters.hourly_limits import ELSEWHERE, FILES, Limit, count, insist_left
from voters.importing.tally import MET, note_file, people_met_in
from voters.models import Omission, RollImport, Voter


def may_know_where(actor: Actor, election: Election) -> bool:
    """Return whether this person may learn where somebody stands: the township settles it, and is not counted."""
    return Role.TOWNSHIP in actor.roles_at(election.village_id)


def insist_may_ask(election: Election, actor: Actor, limit: Limit = ELSEWHERE) -> None:
    """Raise :class:`machine.Refused` when this person has met enough people of other villages in this hour."""
    if not may_know_where(actor, election):
        insist_left(actor.user, limit)


def insist_may_upload(election: Election, actor: Actor) -> None:
    """Insist on the same limit for whole files, of which an honest one meets more."""
    insist_may_ask(election, actor, FILES)


@act(MET, "核对出已在其他村登记的人")
def note_met(election: Election, actor: Actor, people: int = 1) -> None:
    """Count and write down that somebody was told so of so many people."""
    if people > 0 and not may_know_where(actor, election):
        count(actor.user, ELSEWHERE, people)
        note(election, {"count": people})
    else:
        unchanged(None)


@part
def note_row(election: Election, actor: Actor, voter: Voter) -> None:
    """Note a row saved although its person stands elsewhere: it tells so as well."""
    if voter.omission == Omission.LISTED_ELSEWHERE:
        note_met(election, actor)


@part
def note_uploaded(batch: RollImport, actor: Actor) -> None:
    """Note all whom a file met."""
    if not may_know_where(actor, batch.election):
        note_file(batch)


@part
def note_typed(batch: RollImport, actor: Actor, before: int) -> None:
    """Note those whom repairs of single rows met beyond those that were known."""
    note_met(batch.election, actor, people_met_in(batch.said) - before)
