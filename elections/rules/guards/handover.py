"""移交: an itemised list, three signatures, ten days, and a complete archive box before 归档."""

from __future__ import annotations

from elections.rules import law
from elections.rules.facts import Facts
from elections.rules.machine import guard
from elections.rules.policy import Policy
from elections.rules.timetable.counting import handover_last_day
from elections.rules.wording import cn_date


@guard(law.HANDOVER_ITEMS)
def items_listed(facts: Facts, policy: Policy) -> str | None:
    """RS-06: what is handed over is listed item by item."""
    return None if facts.handover.items else "移交清单还是空的"


@guard(law.HANDOVER)
def handover_signed(facts: Facts, policy: Policy) -> str | None:
    """RS-05: hander-over, receiver, and the election committee that presides."""
    if facts.handover.completed_on is None:
        return "移交还没有完成"
    missing = policy.handover_signatures - facts.handover.signatures
    return f"移交清单还差{missing}方签字" if missing > 0 else None


@guard(law.HANDOVER, soft=True)
def handed_over_in_time(facts: Facts, policy: Policy) -> str | None:
    """RS-05: within ten days; a late handover is ordered by the township and explained."""
    start, done = facts.handover.elected_on, facts.handover.completed_on
    if start is None or done is None:
        return None
    last = handover_last_day(start, policy)
    return f"移交应在{cn_date(last)}前完成，实际晚了{(done - last).days}天" if done > last else None


@guard(law.ARCHIVE)
def archive_complete(facts: Facts, policy: Policy) -> str | None:
    """RS-15: every required kind of paper is filed."""
    missing = facts.handover.archive_missing
    if not missing:
        return None
    return f"档案还缺{len(missing)}种：{'、'.join(missing[:5])}{'等' if len(missing) > 5 else ''}"


COMPLETE = (items_listed, handover_signed, handed_over_in_time, archive_complete)
