"""流动票箱投票人员 and 代写人: what stands against one, recording one, taking one out (VT-03, VT-14)."""

from __future__ import annotations

from datetime import date

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.rules.kinds import Body
from elections.selectors.contest import candidates_now
from elections.selectors.persons import Chosen, rows_of
from elections.services import lines
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.labels import call
from elections.services.persons import person_of
from voters.models import HelpedVoter, RovingVoter, Voter
from voters.rules.proxies import why_not_applied_then
from voters.selectors.proxies import Condition, voting_state, why_not_beside_a_proxy
from voters.selectors.roll import is_published


def roving_conditions(election: Election, voter: Voter, *, applied_on: date, today: date) -> list[Condition]:
    """Return whether the box may come to this voter: an application, a vote of their own, before the voting begins."""
    return [*opening_conditions(election, law.MOBILE_BOX), *roving_person(election, voter),
            (law.MOBILE_BOX, why_not_applied_then(applied_on, election.cycle.starts_on, today))]  # fmt: skip


def roving_person(election: Election, voter: Voter) -> list[Condition]:
    """Return what stands against this voter having the box, whatever else is typed."""
    return [
        (law.MOBILE_BOX, _why_not_off_the_roll(voter)),
        (law.MOBILE_BOX, _why_not_in_another_box(election, voter)),
        (law.PROXY_BOUNDS, why_not_beside_a_proxy(election, voter)),
    ]


def helper_conditions(election: Election, voter: Voter, helper: Chosen) -> list[Condition]:
    """Whether this person may write for the voter (VT-14)."""
    return [
        *opening_conditions(election, law.HELPER),
        *helped_person(election, voter),
        (law.HELPER, why_not_helped_by(election, helper)),
        (law.HELPER, _himself(election, voter, helper)),
    ]


def helped_person(election: Election, voter: Voter) -> list[Condition]:
    return [(law.HELPER, _why_not_off_the_roll(voter)), (law.HELPER, _why_not_another_helper(election, voter))]


def why_not_helped_by(election: Election, helper: Chosen) -> str | None:
    """A candidate writes for nobody. A helper need not be on the roll: his record or his row there decides."""
    if any(each.is_he(helper) for each in candidates_now(election)):
        return f"{helper.name}是候选人，不能代写。请换一位信任的人。"
    return None


def _himself(election: Election, voter: Voter, helper: Chosen) -> str | None:
    rows = {helper.row.pk} if helper.row else set()
    if helper.person:
        rows |= {row for row in rows_of(election, [helper.person.pk]).values() if row}
    return f"{voter.name}不能给自己代写。请填写代写人。" if voter.pk in rows else None


def opening_conditions(election: Election, provision: law.Provision) -> list[Condition]:
    """Return whether such lists are open at all."""
    if election.body != Body.VILLAGERS_COMMITTEE:
        return [(provision, f"只有{election.village.villagers_committee_name}的选举登记这一名单。")]
    voting, _, over = voting_state(election)
    return [
        (provision, None if is_published(election) else "选民名单还没有公布，公布后才能登记。"),
        (provision, "正在投票，名单不再改变。" if voting else None),
        (provision, "投票已经结束，名单不再改变。" if over else None),
    ]


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
    """Record that the box comes to this voter. Raises :class:`machine.Refused` with every reason against it."""
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
    """Strike a voter off the list of the box; the voter may be recorded again.

    Raises :class:`machine.Refused` while voting, :class:`Overtaken` when the row is gone already.
    """
    insist(row.election, *opening_conditions(row.election, law.MOBILE_BOX))
    _strike(row)


@act("helper.recorded", "登记代写人")
def record_helper(election: Election, voter: Voter, *, helper: Chosen, reason: str, actor: Actor) -> HelpedVoter:
    """Somebody this voter trusts writes for him. Raises :class:`machine.Refused` with every reason against it."""
    voter = Voter.objects.get(pk=voter.pk, election=election)
    insist(election, *helper_conditions(election, voter, helper))
    row = HelpedVoter(election=election, voter=voter, reason=reason, made_by=actor.user)
    call(row, "helper_person", person_of(helper, election.village, actor=actor), election.village)
    row.save()
    lines.note(row)
    return row


@act("helper.struck", "移出代写人名单")
def strike_helper(row: HelpedVoter, *, actor: Actor) -> None:
    """Strike the helper of this voter; the voter may be recorded again. Raises like :func:`strike_roving`."""
    insist(row.election, *opening_conditions(row.election, law.HELPER))
    _strike(row)


def _strike(row: RovingVoter | HelpedVoter) -> None:
    reference = f"{row._meta.label_lower}:{row.pk}"
    gone, _ = type(row).objects.filter(pk=row.pk).delete()
    if not gone:
        raise Overtaken(f"{row.voter.name}刚刚已由他人移出名单。请刷新页面后再看。")
    lines.note(reference)


def _why_not_off_the_roll(voter: Voter) -> str | None:
    return None if voter.listed else f"{voter.name}不在选民名单上（{voter.get_omission_display()}）。请核对姓名。"


def _why_not_in_another_box(election: Election, voter: Voter) -> str | None:
    found = RovingVoter.objects.filter(election=election, voter=voter).first()
    return f"{voter.name}已在流动票箱“{found.route}”的名单中。" if found else None


def _why_not_another_helper(election: Election, voter: Voter) -> str | None:
    found = HelpedVoter.objects.filter(election=election, voter=voter).first()
    return f"{voter.name}的代写人已登记为{found.helper}。如需更换，请先移出原来的一行。" if found else None
