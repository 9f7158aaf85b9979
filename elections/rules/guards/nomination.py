"""提名: seats decided by a meeting, more candidates than seats for each post, nominators whom the law names."""

from __future__ import annotations

from collections import Counter

from elections.rules import election_committee, law, meetings, slate
from elections.rules.counting.kin import near_kin
from elections.rules.counting.offices import Office, Opening
from elections.rules.facts import Facts
from elections.rules.guards.preparation import election_committee_has_chair, election_committee_large_enough
from elections.rules.machine import guard
from elections.rules.policy import Policy


@guard(law.SEATS_DECIDED)
def seats_decided_by_meeting(facts: Facts, policy: Policy) -> str | None:
    """NM-01: a meeting decided offices and seats."""
    if not facts.nomination.seats:
        return "职位和名额还没有决定"
    meeting = facts.nomination.seats_meeting
    if meeting is None:
        return "还没有登记决定职位职数的会议"
    return meetings.why_not_decided_by_the_village(meeting, policy, community=facts.community)


@guard(law.VILLAGERS_COMMITTEE_SIZE)
def villagers_committee_of_lawful_size(facts: Facts, policy: Policy) -> str | None:
    """NM-01, CT-29, RC-05: 3–7, a residents' committee 5–9; a province may demand an odd number."""
    total = sum(facts.nomination.seats.values())
    low, high = policy.villagers_committee_sizes(facts.community)
    if not total:
        return None
    if not low <= total <= high:
        return f"委员会应由{low}至{high}人组成，现定{total}人"
    if policy.committee_size_odd and total % 2 == 0:
        return f"本省规定委员会人数为单数，现定{total}人"
    return None


@guard(law.NOMINATORS, soft=True)
def nomination_announced(facts: Facts, policy: Policy) -> str | None:
    """Notice 7 is posted."""
    return None if "nominate" in facts.postings else "提名公告还没有张贴"


@guard(law.NOMINATORS)
def nominated_by_lawful_source(facts: Facts, policy: Policy) -> str | None:
    """NM-02: Party organisation or registered voters (2018: voters only)."""
    lawful = {*policy.nominators, *(["self"] if policy.allow_no_candidate else [])}
    wrong = [each.name for each in facts.nomination.nominees if each.source not in lawful]
    return f"提名方式不合规定：{'、'.join(wrong)}" if wrong else None


@guard(law.CANDIDATE_CAPACITY)
def nominees_on_roll(facts: Facts, policy: Policy) -> str | None:
    """NM-08: every nominee stands on the roll."""
    missing = [each.name for each in facts.nomination.nominees if not each.on_roll]
    return f"不在选民名单上，不能作为候选人：{'、'.join(missing)}" if missing else None


@guard(law.SURPLUS)
def more_nominees_than_seats(facts: Facts, policy: Policy) -> str | None:
    """NM-04: more nominees than seats, for each post."""
    return why_not_so_few(facts, policy, Counter(each.office for each in facts.nomination.nominees))


@guard(law.WOMAN_CANDIDATE, soft=True)
def women_among_nominees(facts: Facts, policy: Policy) -> str | None:
    """NM-11: a woman is among the nominees."""
    if facts.nomination.nominees and not any(each.sex == "F" for each in facts.nomination.nominees):
        return "提名人选中没有女性"
    return None


@guard(law.EC_MEMBER_QUITS)
def nominated_members_left_election_committee(facts: Facts, policy: Policy) -> str | None:
    """EC-09: done by the act of nomination itself; shown here so that nobody can go on if it were not."""
    nominated = {each.name for each in facts.nomination.nominees}
    kin = [pair for pair in facts.preparation.nominee_kin if near_kin(pair[2], policy.kin_scope)]
    still = []
    for member in facts.preparation.election_committee:
        why = (
            None
            if member.post == "reserve"
            else election_committee.why_not_serving(member.name, nominated, kin, policy)
        )
        if why:
            still.append(f"{member.name}（{why}）")
    return f"应退出选举委员会：{'、'.join(still)}" if still else None


def why_not_so_few(facts: Facts, policy: Policy, candidates: Counter[str]) -> str | None:
    """Return which posts have too few candidates for a choice; ``candidates`` counts persons per office."""
    short = [
        slate.why_not_so_few(Opening(Office(office), seats), candidates[office], policy)
        for office, seats in facts.nomination.seats.items()
    ]
    return "；".join(filter(None, short)) or None


COMPLETE = (
    seats_decided_by_meeting,
    villagers_committee_of_lawful_size,
    nomination_announced,
    nominated_by_lawful_source,
    nominees_on_roll,
    more_nominees_than_seats,
    women_among_nominees,
    nominated_members_left_election_committee,
    election_committee_large_enough,
    election_committee_has_chair,
)
