"""Differences when the Party organisation votes (PB-)."""

from dataclasses import replace
from fractions import Fraction

from elections.rules.counting.majority import least
from elections.rules.counting.outcome import Outcome
from elections.rules.policy import Policy


def surplus(places: int, share: Fraction) -> int:
    """Return how many more candidates than places: 20 %, rounded up, at least one (PB-09): 3→1, 5→1, 6→2, 7→2."""
    return max(1, least(share, places))


def other_base(policy: Policy) -> Policy:
    """Return the same policy under the other reading of the majority (PB-20)."""
    return replace(policy, party_majority_base="present" if policy.party_majority_base == "due" else "due")


def needs_ruling(one: Outcome, other: Outcome) -> tuple[str, ...]:
    """Return the people whose result differs between the two readings, by votes."""
    differing = {
        (-votes, name)
        for office, totals in one.totals.items()
        for name, votes in totals.items()
        if one.result_of(office, name) != other.result_of(office, name)
    }
    return tuple(name for _, name in sorted(differing))


def flagged(outcome: Outcome, names: tuple[str, ...]) -> Outcome:
    """Return the outcome with “needs ruling” on these people and in the sentences beside them (PB-20)."""
    words = "；按应到会和实到会计算结果不同，须由上级裁定"
    return replace(
        outcome,
        needs_ruling=names,
        elected=tuple(replace(e, why=e.why + words) if e.name in names else e for e in outcome.elected),
        not_elected=tuple(replace(e, why=e.why + words) if e.name in names else e for e in outcome.not_elected),
    )
