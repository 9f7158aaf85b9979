"""流动票箱投票人员 and 代写人: recording one, taking one out (VT-03, VT-14)."""

from __future__ import annotations

from datetime import date

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.services.conditions import insist
from elections.services.hold import Overtaken, lock
from elections.services.records import write
from voters.models import HelpedVoter, RovingVoter, Voter
from voters.selectors.assisting import helper_conditions, opening_conditions, roving_conditions


def record_roving(
    election: Election,
    voter: Voter,
    *,
    why: str,
    note: str,
    route: str,
    applied_on: date,
    actor: Actor,
    today: date,
) -> RovingVoter:
    """The box comes to this voter. Raises :class:`machine.Refused` with every reason against it."""
    held = lock(election)
    voter = Voter.objects.get(pk=voter.pk, election=held)
    insist(held, *roving_conditions(held, voter, applied_on=applied_on, today=today))
    row = RovingVoter.objects.create(
        election=held, voter=voter, why=why, note=note, route=route.strip(), applied_on=applied_on, made_by=actor.user
    )
    write(held, "roving.recorded", actor, row, {"applied_on": applied_on})
    return row


def strike_roving(row: RovingVoter, *, actor: Actor) -> None:
    """The box does not come to this voter; he may be recorded again.

    Raises :class:`machine.Refused` while voting, :class:`Overtaken` when the row is gone already.
    """
    held = lock(row.election)
    insist(held, *opening_conditions(held, law.MOBILE_BOX))
    reference = f"{row._meta.label_lower}:{row.pk}"
    _strike(row)
    write(held, "roving.struck", actor, reference, {})


def record_helper(election: Election, voter: Voter, *, helper: str, reason: str, actor: Actor) -> HelpedVoter:
    """Somebody this voter trusts writes for him. Raises :class:`machine.Refused` with every reason against it."""
    held = lock(election)
    voter = Voter.objects.get(pk=voter.pk, election=held)
    insist(held, *helper_conditions(held, voter, helper))
    row = HelpedVoter.objects.create(election=held, voter=voter, helper=helper, reason=reason, made_by=actor.user)
    write(held, "helper.recorded", actor, row, {})
    return row


def strike_helper(row: HelpedVoter, *, actor: Actor) -> None:
    """Nobody writes for this voter any more; he may be recorded again. Raises like :func:`strike_roving`."""
    held = lock(row.election)
    insist(held, *opening_conditions(held, law.HELPER))
    reference = f"{row._meta.label_lower}:{row.pk}"
    _strike(row)
    write(held, "helper.struck", actor, reference, {})


def _strike(row: RovingVoter | HelpedVoter) -> None:
    gone, _ = type(row).objects.filter(pk=row.pk).delete()
    if not gone:
        raise Overtaken(f"{row.voter.name}刚刚已由他人移出名单。请刷新页面后再看。")
