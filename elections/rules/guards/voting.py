"""投票: what must stand before a ballot is issued, before another round, and before the result is final."""

from __future__ import annotations

from elections.rules import law
from elections.rules.counting.offices import Office
from elections.rules.counting.rerun import Next, next_step
from elections.rules.facts import Facts, RoundFacts
from elections.rules.guards.preparation import election_committee_large_enough
from elections.rules.guards.registration import (
    nobody_barred_on_roll,
    nobody_of_age_left_out,
    objections_answered,
    roll_changes_published,
)
from elections.rules.machine import guard
from elections.rules.policy import Policy
from elections.rules.wording import cn_date


def _last(facts: Facts) -> RoundFacts | None:
    return facts.voting.rounds[-1] if facts.voting.rounds else None


@guard(law.VOTING_ANNOUNCED)
def poll_announced(facts: Facts, policy: Policy) -> str | None:
    """VT-02: notice 10 is posted."""
    return None if facts.voting.poll_notice_on else "投票时间、地点和方式还没有公布"


@guard(law.POLL_NOTICE, soft=True)
def poll_announced_in_time(facts: Facts, policy: Policy) -> str | None:
    """CP-46: ``poll_notice_days`` before election day."""
    if facts.voting.poll_notice_on is None or facts.poll_day is None:
        return None
    days = (facts.poll_day - facts.voting.poll_notice_on).days
    if days < policy.poll_notice_days:
        return f"投票安排在选举日前{days}天公布，少于{policy.poll_notice_days}天"
    return None


@guard(law.SECRET_BALLOT)
def secret_booth_ready(facts: Facts, policy: Policy) -> str | None:
    """VT-04: compulsory at every issuing point."""
    return None if facts.voting.secret_booth else "还没有设置秘密写票处"


@guard(law.STAFF)
def staff_named(facts: Facts, policy: Policy) -> str | None:
    """VT-13: election staff are named."""
    return None if facts.voting.staff else "选举工作人员还没有确定"


@guard(law.STAFF)
def staff_without_conflicts(facts: Facts, policy: Policy) -> str | None:
    """EC-18, VT-13: no candidate and no candidate's near relative."""
    return "；".join(facts.voting.staff_conflicts) or None


@guard(law.PROXY_LIST)
def proxy_list_published(facts: Facts, policy: Policy) -> str | None:
    """VT-09: who acts for whom is put up before anybody votes for another."""
    if not facts.voting.proxies_unpublished:
        return None
    if facts.voting.proxy_list_on is None:
        return f"已登记委托{facts.voting.proxies}人，委托投票名单还没有公布"
    return f"委托投票名单公布后又登记了{facts.voting.proxies_unpublished}人，还没有公布"


@guard(law.PROXY_LIST, soft=True)
def proxy_list_published_in_time(facts: Facts, policy: Policy) -> str | None:
    """Notice 13: ``proxy_list_post_days`` before election day."""
    posted = facts.voting.proxy_list_on
    if posted is None or facts.poll_day is None or not facts.voting.proxies:
        return None
    days = (facts.poll_day - posted).days
    if days < policy.proxy_list_post_days:
        return f"委托投票名单在选举日前{days}天公布，少于{policy.proxy_list_post_days}天"
    return None


@guard(law.MEET_VOTERS)
def candidates_met_voters(facts: Facts, policy: Policy) -> str | None:
    """NM-14: the election committee must organise it."""
    return None if facts.nomination.met_voters_on else "候选人还没有与村（居）民见面"


@guard(law.ELECTION_DAY)
def poll_day_has_come(facts: Facts, policy: Policy) -> str | None:
    """VT-02: the announced day and no other."""
    if facts.poll_day is None or facts.today < facts.poll_day:
        day = cn_date(facts.poll_day) if facts.poll_day else "未定"
        return f"选举日（{day}）还没有到"
    return None


@guard(law.VOTING_ANNOUNCED, soft=True)
def polled_on_the_announced_day(facts: Facts, policy: Policy) -> str | None:
    """VT-02: another day needs approval and publication; whoever enters the figures later says so."""
    if facts.poll_day is None or facts.today <= facts.poll_day:
        return None
    late = (facts.today - facts.poll_day).days
    return f"公布的选举日是{cn_date(facts.poll_day)}，今天已晚{late}天，不得随意改期"


@guard(law.VOTING_ANNOUNCED)
def no_round_opened(facts: Facts, policy: Policy) -> str | None:
    """A vote that has begun is not walked back; it is decided, repeated or annulled."""
    return "投票已经开始，不能退回" if facts.voting.rounds else None


@guard(law.VOTES_PUBLISHED)
def last_round_confirmed(facts: Facts, policy: Policy) -> str | None:
    """No further round, and no handover, on figures that nobody confirmed."""
    last = _last(facts)
    if last is None:
        return "还没有投票"
    return None if last.confirmed else "上一次投票的结果还没有确认"


@guard(law.RERUN)
def seats_still_vacant(facts: Facts, policy: Policy) -> str | None:
    """RR-01, RS-10: a rerun needs a vacancy, or a vote that was invalid."""
    last = _last(facts)
    if last is None or not last.confirmed:
        return None  # said by last_round_confirmed
    return None if _vacant(facts) or last.status == "invalid" else "应选名额已经选满，不需要另行选举"


@guard(law.RERUN_VACANCY, soft=True)
def rerun_still_due(facts: Facts, policy: Policy) -> str | None:
    """RR-08: after ``max_reruns`` with enough members the village decides; a woman's place is voted on until filled."""
    if any(each.women_only for each in facts.voting.vacancies) or not _settled(facts):
        return None
    if _next(facts, policy) is not Next.VILLAGE_DECIDES:
        return None
    return (
        f"另行选举已举行{_reruns(facts)}次，当选{len(facts.voting.seated)}人，"
        f"达到{policy.committee_min_seated}人，不足的名额可以空缺，由村民代表会议决定"
    )


@guard(law.RERUN)
def rerun_has_choice(facts: Facts, policy: Policy) -> str | None:
    """RR-02, WN-07: candidates > places again; with too few the vote would be void from the start (NM-04)."""
    if not _settled(facts):
        return None
    short = [
        f"{'妇女' if each.women_only else ''}{Office(each.office).label}空缺{each.places}名，"
        f"另行选举候选人只有{len(each.candidates)}名，应当先补充提名"
        for each in facts.voting.vacancies
        if 0 < len(each.candidates) <= each.places
    ]
    return "；".join(short) or None


@guard(law.TIE)
def tie_to_break(facts: Facts, policy: Policy) -> str | None:
    """CT-22: a second vote needs a tie."""
    last = _last(facts)
    if last is None or not last.confirmed:
        return None
    return None if last.ties else "没有得票相等需要再次投票的情形"


@guard(law.TIE)
def no_tie_left(facts: Facts, policy: Policy) -> str | None:
    """CT-22: a tie at the cut is voted on before anything else is decided."""
    last = _last(facts)
    return "得票相等的人选还没有再次投票" if last and last.confirmed and last.ties else None


@guard(law.RERUN_TIME, soft=True)
def rerun_in_time(facts: Facts, policy: Policy) -> str | None:
    """RR-05: the same day or within ten days of the election day. A void first vote is held again when the
    representatives' meeting says (RS-10)."""
    last = _last(facts)
    if facts.poll_day is None or last is None or (last.kind, last.status) == ("first", "invalid"):
        return None
    late = (facts.today - facts.poll_day).days - policy.rerun_within_days
    return f"另行选举应在选举日后{policy.rerun_within_days}天内举行，已超过{late}天" if late > 0 else None


@guard(law.QUORUM)
def result_valid(facts: Facts, policy: Policy) -> str | None:
    """CT-01, CT-02: at least one confirmed round that was valid, and the last one not invalid."""
    last = _last(facts)
    if last is None or not last.confirmed:
        return None
    return "上一次投票无效，应当重新投票" if last.status == "invalid" else None


@guard(law.RERUN_VACANCY)
def enough_members_seated(facts: Facts, policy: Policy) -> str | None:
    """RR-08: three members are the least with which a villagers' committee may begin."""
    if not _decided(facts):
        return None  # said by last_round_confirmed
    seated = len(facts.voting.seated)
    if seated < policy.committee_min_seated:
        return f"当选{seated}人，不足{policy.committee_min_seated}人，应当再次投票选举"
    return None


@guard(law.RERUN)
def rerun_held_for_vacancies(facts: Facts, policy: Policy) -> str | None:
    """CT-23, RR-08: missing places are voted on again before anybody may leave them empty."""
    if not _settled(facts) or _next(facts, policy) is not Next.RERUN:
        return None
    return f"应选名额还空缺{_vacant(facts)}名，应当另行选举"


@guard(law.RERUN_VACANCY, soft=True)
def every_seat_filled(facts: Facts, policy: Policy) -> str | None:
    """RR-08: places may stay vacant once the reruns were held; the township says why."""
    if not _decided(facts):
        return None  # said by last_round_confirmed
    vacant = _vacant(facts)
    return f"应选名额还空缺{vacant}名" if vacant else None


@guard(law.WOMAN_MEMBER)
def woman_seated(facts: Facts, policy: Policy) -> str | None:
    """WN-01: the villagers' committee must include women; a reserved seat waits for the rerun of women."""
    if facts.voting.seated and not any(sex == "F" for _, _, sex in facts.voting.seated):
        return "当选人中没有妇女，应当为妇女保留名额另行选举"
    return None


@guard(law.MEMBER_KIN)
def no_near_relatives_seated(facts: Facts, policy: Policy) -> str | None:
    """CT-27; the edition of 2018 is silent (``member_kin_rule``)."""
    return _why_not_beside_kin(facts, "应当回避") if policy.member_kin_rule == "forbid" else None


@guard(law.MEMBER_KIN, soft=True)
def near_relatives_explained(facts: Facts, policy: Policy) -> str | None:
    """CT-27 where the pack only advises against it (``member_kin_rule=warn``)."""
    return _why_not_beside_kin(facts, "不宜同时任职") if policy.member_kin_rule == "warn" else None


@guard(law.SECRET_BALLOT)
def result_announced(facts: Facts, policy: Policy) -> str | None:
    """VT-05, RS-01: announced on the spot."""
    return None if facts.voting.result_announced_on else "选举结果还没有登记当场宣布"


@guard(law.RESULT_POSTED, soft=True)
def result_reported(facts: Facts, policy: Policy) -> str | None:
    """RS-02: the result is reported to the township."""
    return None if facts.voting.result_reported_on else "选举结果还没有报镇（街道）备案"


def _vacant(facts: Facts) -> int:
    """Return places of the whole committee that nobody holds."""
    return max(sum(facts.nomination.seats.values()) - len(facts.voting.seated), 0)


def _reruns(facts: Facts) -> int:
    """Reruns that counted; a void one is held again and does not use up ``max_reruns``."""
    return sum(each.kind == "rerun" and each.confirmed and each.status != "invalid" for each in facts.voting.rounds)


def _next(facts: Facts, policy: Policy) -> Next:
    return next_step(len(facts.voting.seated), _vacant(facts), _reruns(facts), policy)


def _decided(facts: Facts) -> bool:
    """Return whether the last vote has figures that somebody confirmed: before that nobody can be missing."""
    last = _last(facts)
    return last is not None and last.confirmed


def _settled(facts: Facts) -> bool:
    """Return whether the last vote is confirmed, was valid and left no tie: else that is said by its own guard."""
    last = _last(facts)
    return last is not None and last.confirmed and last.status != "invalid" and not last.ties


def _why_not_beside_kin(facts: Facts, consequence: str) -> str | None:
    pairs = [f"{one}与{other}" for one, other in facts.voting.kin_seated]
    return f"当选人之间有近亲属关系，{consequence}：{'、'.join(pairs)}" if pairs else None


READY_TO_POLL = (
    no_round_opened,
    objections_answered,  # once the vote is open nobody can post a decision or a change any more (VR-14, VR-18)
    roll_changes_published,
    nobody_barred_on_roll,
    nobody_of_age_left_out,
    poll_announced,
    poll_announced_in_time,
    secret_booth_ready,
    staff_named,
    staff_without_conflicts,
    proxy_list_published,
    proxy_list_published_in_time,
    candidates_met_voters,
    election_committee_large_enough,
    poll_day_has_come,
    polled_on_the_announced_day,
)
READY_TO_RERUN = (
    last_round_confirmed,
    no_tie_left,
    seats_still_vacant,
    rerun_still_due,
    rerun_has_choice,
    staff_without_conflicts,
    proxy_list_published,
    rerun_in_time,
)
READY_TO_BREAK_TIE = (last_round_confirmed, tie_to_break, staff_without_conflicts, proxy_list_published)
COMPLETE = (
    last_round_confirmed,
    result_valid,
    no_tie_left,
    enough_members_seated,
    rerun_held_for_vacancies,
    every_seat_filled,
    woman_seated,
    no_near_relatives_seated,
    near_relatives_explained,
    result_announced,
    result_reported,
)

# When a vote is to be offered at all: before a first vote nobody asks what a rerun still lacks.
WHEN = {
    "open_poll": (no_round_opened,),
    "open_rerun": (last_round_confirmed, no_tie_left, seats_still_vacant),
    "open_tie": (last_round_confirmed, tie_to_break),
}
