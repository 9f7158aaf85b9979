"""村务监督委员会: chosen after the villagers' committee, by a valid meeting, without its members' kin (RP-07…09)."""

from __future__ import annotations

from elections.rules import law, meetings
from elections.rules.facts import Facts
from elections.rules.machine import guard
from elections.rules.policy import Policy


@guard(law.SUPERVISION_SIZE)
def villagers_committee_exists(facts: Facts, policy: Policy) -> str | None:
    """RP-09: the new villagers' committee exists."""
    return None if facts.villagers_committee_completed else "村（居）民委员会选举还没有完成"


@guard(law.SUPERVISION_SIZE)
def of_lawful_size(facts: Facts, policy: Policy) -> str | None:
    """RP-08: three to five."""
    size, low, high = len(facts.supervision.members), policy.supervision_size_min, policy.supervision_size_max
    return None if low <= size <= high else f"监督委员会应由{low}至{high}人组成，现有{size}人"


@guard(law.SUPERVISION)
def somebody_keeps_books(facts: Facts, policy: Policy) -> str | None:
    """RP-07: at least one with accounting or management knowledge."""
    return None if facts.supervision.with_bookkeeping else "成员中应有具备财会、管理知识的人"


@guard(law.SUPERVISION_BARS)
def nobody_barred(facts: Facts, policy: Policy) -> str | None:
    """RP-07: no member of the villagers' committee, no near relative of one."""
    return "；".join(facts.supervision.barred) or None


@guard(law.VET_FIRST)
def members_vetted(facts: Facts, policy: Policy) -> str | None:
    """CP-06: the members were vetted."""
    return None if facts.supervision.vetted_on else "人选审查还没有完成"


@guard(law.SUPERVISION)
def chosen_by_meeting(facts: Facts, policy: Policy) -> str | None:
    """RP-07, EC-04: a valid meeting chose the members."""
    meeting = facts.supervision.meeting
    if meeting is None:
        return "还没有登记推选村务监督委员会的会议"
    return meetings.why_not_decided_by_the_village(meeting, policy, community=facts.community)


@guard(law.SUPERVISION)
def supervision_published(facts: Facts, policy: Policy) -> str | None:
    """RP-09: notice 17-1 is posted."""
    return None if facts.supervision.published_on else "推选结果还没有公布"


VILLAGERS_COMMITTEE_EXISTS = (villagers_committee_exists,)
NAMED = (of_lawful_size, somebody_keeps_books)
VETTED = (nobody_barred, members_vetted)
CHOSEN = (chosen_by_meeting,)
FILED = (supervision_published,)
