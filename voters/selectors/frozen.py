"""The state of the roll for changes: freely, by a decision with a reason, or no longer."""

from __future__ import annotations

from elections.models import Election, Round
from elections.rules.wording import cn_date
from voters.selectors.roll import published_versions


def why_not_changed_freely(election: Election) -> str | None:
    """Return why not: free changes, imports and undoing end with publication."""
    first = published_versions(election).first()
    if first is None:
        return None
    return f"选民名单已于{cn_date(first.published_on)}公布，改动须登记申诉或写明理由，并补充公布"


def why_not_changed_now(election: Election) -> str | None:
    """VR-18: the number of voters is frozen when the vote begins."""
    if Round.objects.filter(election=election).exists():
        return "投票已经开始，登记参加选举的人数不再改变"
    return None


def why_not_without_reason(election: Election, reason: str) -> str | None:
    """VR-15, VR-16: after publication every change says why."""
    if reason.strip() or why_not_changed_freely(election) is None:
        return None
    return "名单已经公布，没有写明改动的理由。请写明理由和依据。"


def why_not_without_poll_day(election: Election) -> str | None:
    """Return why not yet: ages are counted to election day."""
    return None if election.poll_day else "选举日还没有设定，不能判断是否年满18周岁。请先由镇换届办设定选举日。"
