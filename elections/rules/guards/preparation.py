"""准备: rectify, survey, talk, train, plan, form the election committee, set the day — before anything else."""

from __future__ import annotations

from elections.rules import election_committee, law, meetings
from elections.rules.facts import Facts
from elections.rules.machine import guard
from elections.rules.policy import Policy


@guard(law.VILLAGE_PLAN)
def working_bodies_formed(facts: Facts, policy: Policy) -> str | None:
    """CP-20: leading group and office stand before the work begins."""
    return None if facts.preparation.working_bodies else "还没有登记换届工作机构"


@guard(law.SURVEY)
def survey_done(facts: Facts, policy: Policy) -> str | None:
    """CP-21, CP-51: the survey is complete and ends in a grade."""
    if facts.preparation.survey_done_on is None:
        return "调查摸底还没有完成，选情等级还没有评定"
    return None


@guard(law.RECTIFY_FIRST)
def rectified_before_electing(facts: Facts, policy: Policy) -> str | None:
    """CP-01: a village to be put right first has been (整顿不到位不换届)."""
    if facts.preparation.needs_rectification and facts.preparation.rectified_on is None:
        return "本村列为先整顿后换届，整顿还没有完成"
    return None


@guard(law.TALKS, soft=True)
def talks_held(facts: Facts, policy: Policy) -> str | None:
    """CP-27: once with every current member."""
    if not policy.talks_required:
        return None
    due, done = facts.preparation.talks_due, facts.preparation.talks_done
    if due is None:
        return "谈心谈话还没有登记"
    return f"谈心谈话应谈{due}人，已谈{done}人，还差{due - done}人" if done < due else None


@guard(law.TRAIN_FIRST)
def trained_before_electing(facts: Facts, policy: Policy) -> str | None:
    """CP-03: staff were trained first (先培训再换届)."""
    if policy.training_required and not facts.preparation.trainings:
        return "换届工作人员还没有培训"
    return None


@guard(law.PLAN_ADOPTED)
def plan_passed_by_meeting(facts: Facts, policy: Policy) -> str | None:
    """EC-17, CP-10: a meeting passed election rules and plan."""
    if not policy.plan_required:
        return None
    meeting = facts.preparation.plan_meeting
    if meeting is None:
        return "选举办法和工作方案还没有经会议通过"
    return meetings.why_not_decided_by_the_village(meeting, policy, community=facts.community)


@guard(law.PLAN_ADOPTED, soft=True)
def plan_published(facts: Facts, policy: Policy) -> str | None:
    """CP-10: passed and published."""
    if policy.plan_required and facts.preparation.plan_published_on is None:
        return "通过的选举办法和工作方案还没有公布"
    return None


@guard(law.EC_CHOSEN)
def election_committee_chosen_by_meeting(facts: Facts, policy: Policy) -> str | None:
    """EC-03, EC-04: the way, the date, attendance and votes on record."""
    meeting = facts.preparation.election_committee_meeting
    if meeting is None:
        return "还没有登记推选村民选举委员会的会议"
    return meetings.why_not_decided(meeting, policy, community=facts.community)


@guard(law.EC_SIZE)
def election_committee_large_enough(facts: Facts, policy: Policy) -> str | None:
    """EC-05, EC-12: enough members to go on."""
    return election_committee.why_not_so_many(_serving(facts), policy)


@guard(law.EC_SIZE)
def election_committee_odd(facts: Facts, policy: Policy) -> str | None:
    """EC-05 where a province demands an odd number (``ec_size_odd=forbid``)."""
    return (
        election_committee.why_not_an_even_number(_serving(facts), policy) if policy.ec_size_odd == "forbid" else None
    )


@guard(law.EC_SIZE, soft=True)
def committee_odd_explained(facts: Facts, policy: Policy) -> str | None:
    """EC-05 where an odd number is only advisable (``ec_size_odd=warn``)."""
    return election_committee.why_not_an_even_number(_serving(facts), policy) if policy.ec_size_odd == "warn" else None


@guard(law.EC_CHOSEN)
def election_committee_has_chair(facts: Facts, policy: Policy) -> str | None:
    """EC-02, EC-11: one chair; the edition of 2025 adds the deputy."""
    chairs = [member for member in facts.preparation.election_committee if member.post == "chair"]
    return None if len(chairs) == 1 else "选举委员会应有一名主任，请在委员中推选"


@guard(law.EC_DEPUTY, soft=True)
def committee_has_standby_deputy(facts: Facts, policy: Policy) -> str | None:
    """EC-15: a deputy who is not nominated takes over when the chair is nominated. EC-02: 2018 knows no deputy."""
    if facts.edition == 2018:
        return None
    if any(member.post == "deputy" and not member.nominated for member in facts.preparation.election_committee):
        return None
    return "选举委员会没有不参选的副主任，主任被提名后无人主持"


@guard(law.EC_KIN)
def election_committee_without_kin(facts: Facts, policy: Policy) -> str | None:
    """EC-06 where the pack forbids it (``ec_kin_rule=forbid``)."""
    return (
        election_committee.why_not_beside_kin(facts.preparation.election_committee_kin, policy)
        if policy.ec_kin_rule == "forbid"
        else None
    )


@guard(law.EC_KIN, soft=True)
def committee_kin_explained(facts: Facts, policy: Policy) -> str | None:
    """EC-06 where the pack only advises against it (``ec_kin_rule=warn``)."""
    return (
        election_committee.why_not_beside_kin(facts.preparation.election_committee_kin, policy)
        if policy.ec_kin_rule == "warn"
        else None
    )


@guard(law.EC_PUBLISHED)
def election_committee_published(facts: Facts, policy: Policy) -> str | None:
    """EC-07: the sitting villagers' committee publishes the list."""
    published = facts.preparation.election_committee_published_on or facts.postings.get("ec_list")
    return None if published else "选举委员会名单还没有公布"


@guard(law.ELECTION_DAY)
def poll_day_set(facts: Facts, policy: Policy) -> str | None:
    """EC-19: entered once; every other deadline follows from it."""
    return None if facts.poll_day else "选举日还没有确定"


def _serving(facts: Facts) -> int:
    return sum(member.post != "reserve" for member in facts.preparation.election_committee)


COMPLETE = (
    working_bodies_formed,
    survey_done,
    rectified_before_electing,
    talks_held,
    trained_before_electing,
    plan_passed_by_meeting,
    plan_published,
    election_committee_chosen_by_meeting,
    election_committee_large_enough,
    election_committee_odd,
    committee_odd_explained,
    election_committee_has_chair,
    committee_has_standby_deputy,
    election_committee_without_kin,
    committee_kin_explained,
    election_committee_published,
    poll_day_set,
)
