"""选民登记: the roll is posted in time, objections are answered in time, and everything is published."""

from __future__ import annotations

from elections.rules import law
from elections.rules.facts import Facts
from elections.rules.guards.preparation import election_committee_large_enough
from elections.rules.machine import guard
from elections.rules.policy import Policy
from elections.rules.timetable.counting import objection_last_day
from elections.rules.wording import cn_date


@guard(law.REGISTRATION_ANNOUNCED, soft=True)
def registration_announced(facts: Facts, policy: Policy) -> str | None:
    """VR-11: notice 3 is posted."""
    return None if "registration" in facts.postings else "选民登记公告还没有张贴"


@guard(law.ROLL_PUBLISHED)
def roll_published(facts: Facts, policy: Policy) -> str | None:
    """VR-12: the roll is published."""
    if not facts.registration.listed:
        return "名单是空的，还没有登记选民"
    return None if facts.registration.published_on else "选民名单还没有公布"


@guard(law.ROLL_PUBLISHED)
def roll_published_in_time(facts: Facts, policy: Policy) -> str | None:
    """VR-12: at least twenty days before election day; the twentieth day is in time, the nineteenth is not."""
    if facts.registration.published_on is None or facts.poll_day is None:
        return None  # said by roll_published and poll_day_set
    days = (facts.poll_day - facts.registration.published_on).days
    if days < policy.roll_post_min_days:
        return f"名单在选举日前{days}天公布，少于法定的{policy.roll_post_min_days}天，需要推迟选举日"
    return None


@guard(law.ROLL_OBJECTION)
def objection_period_over(facts: Facts, policy: Policy) -> str | None:
    """VR-13: nobody is nominated while the roll may still be objected to."""
    if facts.registration.published_on is None:
        return None
    last = objection_last_day(facts.registration.published_on, policy)
    return None if facts.today > last else f"申诉受理到{cn_date(last)}止，期限还没有过"


@guard(law.ROLL_DECISION)
def objections_answered(facts: Facts, policy: Policy) -> str | None:
    """VR-14: every objection is decided."""
    count = facts.registration.objections_open
    return f"名单申诉还有{count}件没有作出处理决定" if count else None


@guard(law.ROLL_DECISION, soft=True)
def objections_answered_in_time(facts: Facts, policy: Policy) -> str | None:
    """VR-14: a late decision is a fact that the township must explain; it cannot be undone."""
    count = facts.registration.answers_late
    return f"有{count}件名单申诉超过{policy.roll_answer_days}日才作出处理决定" if count else None


@guard(law.ROLL_CHANGES)
def roll_changes_published(facts: Facts, policy: Policy) -> str | None:
    """VR-14, VR-15: every decision and every change after publication is posted."""
    waiting = facts.registration.decisions_unpublished + facts.registration.unpublished_changes
    return f"公布后有{waiting}项决定或变动还没有补充公布" if waiting else None


@guard(law.RIGHT_TO_VOTE)
def nobody_barred_on_roll(facts: Facts, policy: Policy) -> str | None:
    """VR-02, VR-08: the day may have moved since the roll was posted; people who may not vote then leave the roll."""
    count = facts.registration.leaving_by_day
    return (
        f"名单上有{count}人在选举日未满{policy.voting_age}周岁或者仍被剥夺政治权利，要按选举日更新名单"
        if count
        else None
    )


@guard(law.RIGHT_TO_VOTE, soft=True)
def nobody_of_age_left_out(facts: Facts, policy: Policy) -> str | None:
    """VR-05: people who reach eighteen by the new day are added; those listed elsewhere cannot be, which is
    explained."""
    count = facts.registration.joining_by_day
    return f"有{count}人到选举日年满{policy.voting_age}周岁或者恢复政治权利，还没有列入名单" if count else None


@guard(law.ROLL_PUBLISHED)
def roll_not_yet_published(facts: Facts, policy: Policy) -> str | None:
    """A published roll is not taken back by walking backwards; a change needs a decision."""
    return "选民名单已经公布，不能退回" if facts.registration.published_on else None


COMPLETE = (
    registration_announced,
    roll_published,
    roll_published_in_time,
    objection_period_over,
    objections_answered,
    objections_answered_in_time,
    roll_changes_published,
    election_committee_large_enough,
)
