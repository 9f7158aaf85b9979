"""Beside the stages: what stops any step while an election is not active, and who must have approved 暂缓 or 无效."""

from __future__ import annotations

from elections.rules import law
from elections.rules.facts import Facts
from elections.rules.machine import guard
from elections.rules.policy import Policy


@guard(law.SPECIAL_APPROVAL)
def approved_from_above(facts: Facts, policy: Policy) -> str | None:
    """CP-12, CP-13: 暂缓 and 无效 rest on a written approval of the county."""
    return None if facts.approval else "没有填写上级批准文号"
