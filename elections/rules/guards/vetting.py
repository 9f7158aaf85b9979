"""资格审查: everybody checked, nobody barred, the county has concluded on each, the formal list is posted in time."""

from __future__ import annotations

from collections import Counter

from elections.rules import law
from elections.rules.facts import Facts, NomineeFacts
from elections.rules.guards.nomination import why_not_so_few
from elections.rules.machine import guard
from elections.rules.policy import Policy


def _formal(facts: Facts) -> list[NomineeFacts]:
    return [each for each in facts.nomination.nominees if each.formal]


@guard(law.VET_FIRST)
def everybody_first_checked(facts: Facts, policy: Policy) -> str | None:
    """NM-10: the township's check of every nominee, with a reason where it refuses."""
    open_ = [each.name for each in facts.nomination.nominees if not each.first_check]
    return f"镇级初审还有{len(open_)}人没有完成：{'、'.join(open_)}" if open_ else None


@guard(law.VET_FIRST)
def county_concluded_on_everybody(facts: Facts, policy: Policy) -> str | None:
    """NM-10, CP-06. Silence is never a pass: who passed the first check needs a conclusion of the county."""
    open_ = [
        each.name
        for each in facts.nomination.nominees
        if each.first_check == "passed" and each.conclusion not in ("passed", "refused")
    ]
    return f"县级联审还有{len(open_)}人没有结论：{'、'.join(open_)}" if open_ else None


@guard(law.CANDIDATE_BARS)
def nobody_barred_is_candidate(facts: Facts, policy: Policy) -> str | None:
    """NM-06, NM-09: a hard bar excludes whatever anybody concluded."""
    barred = [each.name for each in _formal(facts) if each.bars]
    return f"有禁止情形，不能作为候选人：{'、'.join(barred)}" if barred else None


@guard(law.VET_FIRST)
def every_candidate_passed(facts: Facts, policy: Policy) -> str | None:
    """CP-06: every candidate passed the vetting (不符合条件的一律取消资格)."""
    wrong = [each.name for each in _formal(facts) if (each.first_check, each.conclusion) != ("passed", "passed")]
    return f"没有通过资格审查，不能列为正式候选人：{'、'.join(wrong)}" if wrong else None


@guard(law.SURPLUS)
def more_candidates_than_seats(facts: Facts, policy: Policy) -> str | None:
    """NM-04 again, for the formal list: refusals may have eaten the surplus."""
    if not _formal(facts):
        return "正式候选人名单还没有确定"
    return why_not_so_few(facts, policy, Counter(each.office for each in _formal(facts)))


@guard(law.WOMAN_CANDIDATE, soft=True)
def women_among_candidates(facts: Facts, policy: Policy) -> str | None:
    """NM-11: a woman is among the candidates."""
    if _formal(facts) and not any(each.sex == "F" for each in _formal(facts)):
        return "正式候选人中没有女性"
    return None


@guard(law.FORMAL_LIST)
def formal_list_published(facts: Facts, policy: Policy) -> str | None:
    """NM-12: the formal list is published."""
    return None if facts.nomination.formal_published_on else "正式候选人名单还没有公布"


@guard(law.FORMAL_LIST, soft=True)
def formal_list_published_in_time(facts: Facts, policy: Policy) -> str | None:
    """NM-12: ``candidate_post_days`` before election day."""
    published = facts.nomination.formal_published_on
    if published is None or facts.poll_day is None:
        return None
    days = (facts.poll_day - published).days
    if days < policy.candidate_post_days:
        return f"正式候选人名单在选举日前{days}天公布，少于{policy.candidate_post_days}天"
    return None


COMPLETE = (
    everybody_first_checked,
    county_concluded_on_everybody,
    nobody_barred_is_candidate,
    every_candidate_passed,
    more_candidates_than_seats,
    women_among_candidates,
    formal_list_published,
    formal_list_published_in_time,
)
