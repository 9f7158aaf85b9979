"""Reading what stands against a step: asked by the page beforehand and by the service inside its transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from elections.models import Election
from elections.permissions import Actor, why_not_by_role
from elections.rules import law, machine, stages
from elections.rules.facts import Facts
from elections.rules.guards import voting
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.machine import Problem, Transition
from elections.selectors.facts import facts_for

GIVEN = "已填写"  # pages ask what else is missing, taking a reason or an approval as given


@dataclass(frozen=True)
class Offer:
    """A step or an act that a page offers: what stands against it, and who else would have to make it."""

    key: str
    label: str
    problems: tuple[Problem, ...]
    not_mine: str | None
    backward: bool = False

    @property
    def blocked(self) -> bool:
        return any(problem.blocks for problem in self.problems)


def step_problems(
    election: Election, row: Transition, *, today: date, reason: str = GIVEN, facts: Facts | None = None
) -> tuple[Problem, ...]:
    """Return everything against the step now. ``facts``: those of today, where somebody has gathered them already."""
    return _step_problems(election, row, facts or facts_for(election, today), reason)


def _step_problems(election: Election, row: Transition, facts: Facts, reason: str) -> tuple[Problem, ...]:
    return _place_problems(election, row, reason) + machine.problems(row.guards, facts, election.policy)


def _place_problems(election: Election, row: Transition, reason: str) -> tuple[Problem, ...]:
    found = (_misplaced(election, row), _unexplained(row.label, reason) if row.backward else None)
    return tuple(each for each in found if each)


def standing_problems(
    election: Election, row: stages.StandingMove, *, today: date, reason: str = GIVEN, approval: str = GIVEN
) -> tuple[Problem, ...]:
    """Return everything against 暂缓, 恢复, 无效 or 归档 now."""
    return _standing_problems(election, row, facts_for(election, today, approval=approval), reason)


def _standing_problems(election: Election, row: stages.StandingMove, facts: Facts, reason: str) -> tuple[Problem, ...]:
    found = [_wrong_standing(election, row), _unexplained(row.label, reason)]
    guards = row.guards
    if row.act == "close":
        guards += stages.CLOSING[Body(election.body)]
        found.append(_not_at_the_end(election))
    return tuple(each for each in found if each) + machine.problems(guards, facts, election.policy)


def open_problems(election: Election, *, today: date) -> tuple[Problem, ...]:
    """Return what stands against any forward step, or against 归档, from where the election is now."""
    rows = stages.steps_from(election.body, election.stage)
    guards = {each.name: each for row in rows if not row.backward for each in row.guards}
    if election.stage == Stage.HANDOVER:
        guards |= {each.name: each for each in stages.CLOSING[Body(election.body)]}
    return machine.problems(guards.values(), facts_for(election, today), election.policy)


def open_steps(election: Election, facts: Facts) -> Iterator[tuple[Transition, bool]]:
    """Return the forward steps from where the election stands, each with whether something holds it."""
    for row in _timely(election, facts):
        if not row.backward:
            yield row, any(problem.blocks for problem in _step_problems(election, row, facts, GIVEN))


def offers(election: Election, facts: Facts, actor: Actor) -> tuple[Offer, ...]:
    """Return the steps that start where the election stands, forward ones first."""
    if election.standing != Standing.ACTIVE:
        return ()
    found = [
        Offer(
            row.step,
            row.label,
            _step_problems(election, row, facts, GIVEN),
            why_not_by_role(actor, f"step.{row.step}", election.village_id),
            row.backward,
        )
        for row in _timely(election, facts)
    ]
    return tuple(sorted(found, key=lambda offer: offer.backward))


def _timely(election: Election, facts: Facts) -> list[Transition]:
    """Return the steps from here, without votes that are not the next to be held."""
    rows = stages.steps_from(election.body, election.stage)
    return [row for row in rows if not machine.problems(voting.WHEN.get(row.step, ()), facts, election.policy)]


def standing_offers(election: Election, facts: Facts, actor: Actor) -> tuple[Offer, ...]:
    """Return the acts beside the stages that are possible from this standing and belong to this actor."""
    given = facts.as_if(approval=GIVEN)
    return tuple(
        Offer(row.act, row.label, _standing_problems(election, row, given, GIVEN), None)
        for row in stages.STANDING_MOVES
        if election.standing in row.sources
        and why_not_by_role(actor, f"standing.{row.act}", election.village_id) is None
        and (row.act != "close" or election.stage == Stage.HANDOVER)
    )


def _is_made(election: Election, row: Transition) -> bool:
    """Return whether a step forward lies behind the election: somebody was first, or it is asked for once more."""
    return not row.backward and row.source != row.target and election.stage_number >= Stage(row.target).number


def _misplaced(election: Election, row: Transition) -> Problem | None:
    if election.standing != Standing.ACTIVE:
        text = f"本次选举已{Standing(election.standing).label}，不能办理任何环节"
    elif _is_made(election, row):
        text = f"“{row.label}”已经办理，现在是{Stage(election.stage).label}环节"
    elif election.stage != row.source:
        text = f"“{row.label}”只能在{Stage(row.source).label}环节办理，现在是{Stage(election.stage).label}环节"
    else:
        return None
    return _problem("right_place", text)


def _wrong_standing(election: Election, row: stages.StandingMove) -> Problem | None:
    if election.standing in row.sources:
        return None
    return _problem("right_standing", f"现在是{Standing(election.standing).label}状态，不能{row.label}")


def _not_at_the_end(election: Election) -> Problem | None:
    if election.stage == Stage.HANDOVER:
        return None
    return _problem("right_place", f"移交环节完成后才能归档，现在是{Stage(election.stage).label}环节")


def _unexplained(label: str, reason: str) -> Problem | None:
    return None if reason.strip() else _problem("reason_given", f"{label}必须写明理由")


def _problem(name: str, text: str) -> Problem:
    return Problem(name, text, law.cite(law.NO_SHORT_CUT), soft=False)
