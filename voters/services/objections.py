"""名单申诉: received, decided with a reason, the roll changed by that decision and by nothing else (VR-13…16)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.rules.wording import cn_date
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.lines import note, picture
from voters.models import RollObjection, Voter
from voters.rules.clocks import objection_clock
from voters.selectors.frozen import why_not_changed_now
from voters.selectors.roll import published_versions
from voters.services.listing import omit, restore

Decision = RollObjection.Decision


@act("roll.objection_received", "登记名单申诉")
def receive_objection(
    election: Election,
    *,
    person: str,
    objector: str,
    matter: str,
    received_on: date,
    voter: Voter | None,
    actor: Actor,
    today: date,
) -> RollObjection:
    """Take in an objection; its clocks follow from the day (VR-13, VR-14). Late ones are kept as such (VR-16)."""
    first = published_versions(election).first()
    insist(election, *receipt_conditions(election, received_on, today))
    assert first is not None  # insisted on just before
    clock = objection_clock(first.published_on, received_on, election.policy)
    objection = RollObjection.objects.create(
        election=election,
        voter=voter,
        person=person,
        objector=objector,
        matter=matter,
        received_on=received_on,
        in_time=clock.in_time,
        answer_by=clock.answer_by,
    )
    details = {"received_on": received_on, "in_time": clock.in_time, "answer_by": clock.answer_by}
    note(objection, details)
    return objection


def receipt_conditions(election: Election, received_on: date, today: date) -> list[tuple[law.Provision, str | None]]:
    """Return what stands against taking in an objection of that day. Once the vote is open nothing comes of one any
    more."""
    first = published_versions(election).first()
    if first is None:
        return [(law.ROLL_OBJECTION, "选民名单还没有公布，有意见请直接修改登记")]
    early = received_on < first.published_on
    return [
        (law.ROLL_FROZEN, why_not_changed_now(election)),
        (law.ROLL_OBJECTION, f"收到日期早于名单公布日期（{cn_date(first.published_on)}）。请核对。" if early else None),
        (law.ROLL_OBJECTION, "收到日期晚于今天。请核对。" if received_on > today else None),
    ]


@act("roll.objection_decided", "作出名单申诉处理决定")
def decide_objection(
    objection: RollObjection,
    decision: str,
    reason: str,
    *,
    actor: Actor,
    today: date,
    change: Callable[[RollObjection], Voter] | None = None,
) -> RollObjection:
    """Decide with a reason; ``change`` makes the change of the roll that the decision orders, in the same act.

    Raises :class:`machine.Refused`, and :class:`Overtaken` when it was decided already.
    """
    held = objection.election
    fresh = RollObjection.objects.select_for_update(of=("self",)).get(pk=objection.pk, election=held)
    if fresh.decided_on is not None:
        raise Overtaken(f"这件申诉已于{cn_date(fresh.decided_on)}作出决定。请刷新页面后再看。")
    unexplained = None if reason.strip() else "没有写明处理理由。请写明事实和依据。"
    needless = "这项决定要改动名单，请一并办理改动" if decision != Decision.REJECT and change is None else None
    insist(held, (law.ROLL_DECISION, unexplained), (law.ROLL_DECISION, needless))
    was = picture(fresh)
    fresh.decision, fresh.reason, fresh.decided_on = decision, reason.strip(), today
    fresh.save()
    if change is not None:
        voter = change(fresh)
        RollObjection.objects.filter(pk=fresh.pk).update(voter=voter)
    details = {"decision": decision, "decided_on": today, "late": today > fresh.answer_by and fresh.in_time}
    note(fresh, details, was=was)
    return fresh


@act()
def uphold(objection: RollObjection, reason: str, *, actor: Actor, today: date) -> RollObjection:
    """Leave the roll as it is (维持原名单)."""
    return decide_objection(objection, Decision.REJECT, reason, actor=actor, today=today)


@act()
def remove_by_decision(
    objection: RollObjection,
    voter: Voter,
    code: str,
    reason: str,
    *,
    evidence: str,
    actor: Actor,
    today: date,
    until: date | None = None,
) -> RollObjection:
    """Take the person off the list (减少)."""

    def change(decided: RollObjection) -> Voter:
        return omit(voter, code, evidence=evidence, version=voter.version, actor=actor, objection=decided, until=until)

    return decide_objection(objection, Decision.REMOVE, reason, actor=actor, today=today, change=change)


@act()
def list_by_decision(
    objection: RollObjection, voter: Voter, reason: str, *, actor: Actor, today: date
) -> RollObjection:
    """Put a person on the list who was registered but not listed (增加)."""

    def change(decided: RollObjection) -> Voter:
        return restore(voter, reason=reason, version=voter.version, actor=actor, objection=decided)

    return decide_objection(objection, Decision.ADD, reason, actor=actor, today=today, change=change)


Change = Callable[[RollObjection], Voter]


@act()
def change_by_decision(
    objection: RollObjection, decision: Decision, reason: str, change: Change, *, actor: Actor, today: date
) -> Voter:
    """Add somebody who was not registered (增加) or correct a row (更正), by ``change``. Return the row.

    A decision that did not come true is none: raises :class:`machine.Refused`, and the objection stays open.
    """
    made: list[Voter] = []

    def keep(decided: RollObjection) -> Voter:
        made.append(change(decided))
        return made[0]

    decided = decide_objection(objection, decision, reason, actor=actor, today=today, change=keep)
    insist(decided.election, (law.ROLL_DECISION, _why_not_so_decided(decided, made[0])))
    return made[0]


def _why_not_so_decided(decided: RollObjection, voter: Voter) -> str | None:
    """Return why not: the wall is told what was decided, and it has to be so (VR-14)."""
    if decided.decision == Decision.ADD and not voter.listed:
        return f"{voter.name}不能列入名单（{voter.get_omission_display()}），不能作出增加的决定。请补齐登记依据，或者作出维持原名单的决定。"
    if decided.decision == Decision.CORRECT and not decided.changes.exists():
        return f"{voter.name}的登记没有改动，不能作出更正的决定。请改正有误的项目，或者作出维持原名单的决定。"
    return None
