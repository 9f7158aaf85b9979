"""The steps of the stage table and the acts beside it: the only place where ``stage`` and ``standing`` change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from elections.models import Election, StandingChange, Waiver
from elections.permissions import Actor
from elections.rules import law, machine, stages
from elections.selectors.facts import gathered
from elections.selectors.sources import Sources
from elections.selectors.steps import open_problems, standing_problems, step_problems
from elections.services import candidacy
from elections.services.act import act
from elections.services.hold import Overtaken, overtaken_by
from elections.services.lines import note, picture
from elections.services.rounds import ROUND_OF_STEP, open_round

# One step may be called otherwise for another body; the log asks the table of the body.
STEPS = {f"step.{row.step}": row.label for body in reversed(stages.TABLES) for row in stages.TABLES[body]}
STANDINGS = {f"standing.{row.act}": row.label for row in stages.STANDING_MOVES}


@act(STEPS)
def move(election: Election, step: str, *, version: int, actor: Actor, today: date, reason: str = "") -> Election:
    """Make one step of the table.

    ``version`` is the election's version that the actor's page showed. Raises :class:`machine.Refused` with every
    reason, :class:`Overtaken` when somebody else was first, ``KeyError`` for a step this body does not have.
    """
    row = stages.find(election.body, step)
    sources, was = Sources([election]), picture(election)
    _refuse(step_problems(election, row, today=today, reason=reason, facts=gathered(sources, election, today)))
    _commit(election, version, stage=row.target)
    if step in ROUND_OF_STEP:
        open_round(election, ROUND_OF_STEP[step], today=today, sources=sources)
        candidacy.follow(election, actor=actor, today=today)
    note(election, {"reason_given": bool(reason)}, was=was, name=f"step.{step}")
    return election


@act(STANDINGS)
def change_standing(
    election: Election,
    act: str,
    *,
    version: int,
    actor: Actor,
    today: date,
    reason: str,
    approval: str = "",
    approved_on: date | None = None,
) -> Election:
    """Suspend, resume, annul or close an election (暂缓, 恢复, 无效, 归档). Raises like :func:`move`."""
    row = stages.find_move(act)
    _refuse(standing_problems(election, row, today=today, reason=reason, approval=approval))
    was = picture(election)
    _commit(election, version, standing=row.target)
    StandingChange.objects.create(
        election=election, act=act, reason=reason, approval=approval, approved_on=approved_on, made_by=actor.user
    )
    note(election, {"approved_on": approved_on}, was=was, name=f"standing.{act}")
    return election


@act("step.waive", "说明理由后通过一项条件")
def waive(election: Election, guard: str, *, actor: Actor, today: date, reason: str) -> Waiver:
    """Pass a soft gate with a written reason, shown for good and listed for the county.

    Raises :class:`machine.Refused` when the guard is hard, when it stops nothing now, or when no reason is written.
    """
    problem = next((each for each in open_problems(election, today=today) if each.guard == guard), None)
    _refuse(_waiver_problems(problem, reason))
    assert problem is not None
    waiver, _ = Waiver.objects.update_or_create(
        election=election,
        guard=guard,
        defaults={"text": problem.text, "reason": reason, "made_by": actor.user, "made_at": timezone.now()},
    )
    note(election, {"guard": guard})
    return waiver


def _waiver_problems(problem: machine.Problem | None, reason: str) -> tuple[machine.Problem, ...]:
    cite = law.cite(law.NO_SHORT_CUT)
    if problem is None:
        return (machine.Problem("nothing_to_waive", "这一条件现在已经满足，不需要说明理由", cite, soft=False),)
    if not problem.soft:
        return (machine.Problem("hard_gate", f"“{problem.text}”是必须满足的条件，任何人不能越过", cite, soft=False),)
    if not reason.strip():
        return (machine.Problem("reason_given", "没有写明理由", cite, soft=False),)
    return ()


def _refuse(problems: tuple[machine.Problem, ...]) -> None:
    if any(problem.blocks for problem in problems):
        raise machine.Refused(problems)


def _commit(held: Election, version: int, **change: Any) -> None:
    """Decide a race by a conditional update: one row on (stage, standing, version), or somebody was first."""
    if "stage" in change:
        change["stage_since"] = timezone.now()
    won = Election.objects.filter(pk=held.pk, stage=held.stage, standing=held.standing, version=version).update(
        version=version + 1, **change
    )
    if won != 1:
        raise Overtaken(overtaken_by(held))
    for name, value in (change | {"version": version + 1}).items():
        setattr(held, name, value)
