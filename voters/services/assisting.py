"""流动票箱投票人员 and 代写人: recording one, taking one out (VT-03, VT-14)."""

from __future__ import annotations

from datetime import date

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.services import lines
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from voters.models import HelpedVoter, RovingVoter, Voter
from voters.selectors.assisting import helper_conditions, opening_conditions, roving_conditions


@act("roving.recorded", "登记流动票箱投票人员")
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
    voter = Voter.objects.get(pk=voter.pk, election=election)
    insist(election, *roving_conditions(election, voter, applied_on=applied_on, today=today))
    row = RovingVoter.objects.create(
        election=election,
        voter=voter,
        why=why,
        note=note,
        route=route.strip(),
        applied_on=applied_on,
        made_by=actor.user,
    )
    lines.note(row, {"applied_on": applied_on})
    return row


@act("roving.struck", "移出流动票箱投票人员名单")
def strike_roving(row: RovingVoter, *, actor: Actor) -> None:
    """The box does not come to this voter; he may be recorded again.

    Raises :class:`machine.Refused` while voting, :class:`Overtaken` when the row is gone already.
    """
    insist(row.election, *opening_conditions(row.election, law.MOBILE_BOX))
    _strike(row)


@act("helper.recorded", "登记代写人")
def record_helper(election: Election, voter: Voter, *, helper: str, reason: str, actor: Actor) -> HelpedVoter:
    """Somebody this voter trusts writes for him. Raises :class:`machine.Refused` with every reason against it."""
    voter = Voter.objects.get(pk=voter.pk, election=election)
    insist(election, *helper_conditions(election, voter, helper))
    row = HelpedVoter.objects.create(election=election, voter=voter, helper=helper, reason=reason, made_by=actor.user)
    lines.note(row)
    return row


@act("helper.struck", "移出代写人名单")
def strike_helper(row: HelpedVoter, *, actor: Actor) -> None:
    """Nobody writes for this voter any more; he may be recorded again. Raises like :func:`strike_roving`."""
    insist(row.election, *opening_conditions(row.election, law.HELPER))
    _strike(row)


def _strike(row: RovingVoter | HelpedVoter) -> None:
    reference = f"{row._meta.label_lower}:{row.pk}"
    gone, _ = type(row).objects.filter(pk=row.pk).delete()
    if not gone:
        raise Overtaken(f"{row.voter.name}刚刚已由他人移出名单。请刷新页面后再看。")
    lines.note(reference)
