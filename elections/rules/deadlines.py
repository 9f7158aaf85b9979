"""Which deadlines are behind an election: done, or not of this election. The conditions are those of the tasks, so that
nothing that is done is ever shown as overdue.

The tables tell which guards must have nothing to say, and what a deadline presupposes; any other deadline is settled by
the notice of its name.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from elections.rules.facts import Facts, RoundFacts
from elections.rules.guards import audit, handover, nomination, preparation, registration, vetting, voting
from elections.rules.machine import Guard, problems
from elections.rules.policy import Policy


class Settled(StrEnum):
    """Why a deadline asks for nothing any more."""

    DONE = "已办"
    NEEDLESS = "不涉及"


A, H, N, P, R, V, W = audit, handover, nomination, preparation, registration, vetting, voting
DONE: dict[str, tuple[Guard, ...]] = {
    "audit": (A.audit_published_often_enough,),
    "ec_list": (P.election_committee_published,),
    "registration": (R.registration_announced,),
    "roll": (R.roll_published,),
    "objection": (R.roll_published, R.objection_period_over),
    "answer": (R.roll_published, R.objection_period_over, R.objections_answered),
    "roll_fix": (R.roll_published, R.objection_period_over, R.objections_answered, R.roll_changes_published),
    "plan": (P.plan_published,),
    "nominate": (N.nomination_announced,),
    "formal": (V.formal_list_published,),
    "meet": (W.candidates_met_voters,),
    "poll": (W.poll_announced,),
    "staff": (W.staff_named,),
    "proxy": (W.proxy_list_published,),
    "result": (W.result_announced,),
    "handover": (H.handover_signed,),
}


def _last(facts: Facts) -> RoundFacts | None:
    return facts.voting.rounds[-1] if facts.voting.rounds else None


def _no_tie(facts: Facts) -> bool:
    last = _last(facts)
    return last is not None and last.confirmed and not last.ties


def _no_rerun(facts: Facts) -> bool:
    last = _last(facts)
    return last is not None and last.confirmed and last.status == "decided" and not facts.voting.vacancies


def _no_proxies(facts: Facts) -> bool:
    return bool(facts.voting.rounds) and not facts.voting.proxies


POSTED_TOO = {"proxy"}  # the guard is content while there is nothing to post
NEEDLESS: dict[str, Callable[[Facts], bool]] = {
    "proxy": _no_proxies,
    "tie": _no_tie,
    "rerun": _no_rerun,
    "rerun_result": _no_rerun,
}


def settled(key: str, facts: Facts, policy: Policy) -> Settled | None:
    """How the deadline called ``key`` was settled; ``None`` while it is open."""
    if key in NEEDLESS and NEEDLESS[key](facts):
        return Settled.NEEDLESS
    if key not in facts.postings and (key not in DONE or key in POSTED_TOO):
        return None
    return None if any(each.blocks for each in problems(DONE.get(key, ()), facts, policy)) else Settled.DONE
