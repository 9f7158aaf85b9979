"""村党组织换届 (两推一选): the main facts of PB-, in the order of PB-23."""

from __future__ import annotations

from datetime import date

from elections.rules import law, working_days
from elections.rules.counting import party as party_counting
from elections.rules.counting.majority import at_least, least, share_words
from elections.rules.facts import Facts
from elections.rules.guards.audit import audit_published_often_enough, audit_reported
from elections.rules.guards.preparation import rectified_before_electing, survey_done, trained_before_electing
from elections.rules.machine import guard
from elections.rules.policy import Policy


@guard(law.PARTY_TERM)
def election_requested_and_approved(facts: Facts, policy: Policy) -> str | None:
    """PB-23 ②③: 请示 and 批复."""
    if facts.party.request_on is None:
        return "还没有向上级党组织报送换届请示"
    return None if facts.party.reply_on else "换届请示还没有批复"


@guard(law.DUE_APPROVED)
def due_settled(facts: Facts, policy: Policy) -> str | None:
    """PB-06: members are left out only with both approvals."""
    party = facts.party
    if party.due is None or not party.full_members:
        return "应到会有选举权人数还没有核定"
    if party.due + party.left_out > party.full_members:
        return f"应到会{party.due}人、不计入{party.left_out}人，合计多于正式党员{party.full_members}人，请核对"
    return None


@guard(law.DUE_APPROVED)
def left_out_with_both_approvals(facts: Facts, policy: Policy) -> str | None:
    """PB-06, CP-09: approved from above and voted by the meeting."""
    if not facts.party.left_out:
        return None
    if facts.party.left_out_approved_on is None or facts.party.left_out_voted_on is None:
        return f"不计入应到会的{facts.party.left_out}人缺上级批准或者党员大会通过的记录，应当计入"
    return None


@guard(law.PARTY_TWO_VOICES)
def both_recommendations_held(facts: Facts, policy: Policy) -> str | None:
    """PB-23 ⑤⑥: members and villagers have recommended."""
    missing = [
        word
        for word, day in (
            ("党员推荐", facts.party.members_recommended_on),
            ("群众推荐", facts.party.masses_recommended_on),
        )
        if day is None
    ]
    return f"还没有进行{'和'.join(missing)}" if missing else None


@guard(law.PARTY_SURPLUS)
def enough_candidates(facts: Facts, policy: Policy) -> str | None:
    """PB-09: seats plus twenty per cent, at least one more."""
    if not facts.party.seats:
        return "委员应选名额还没有填写"
    need = facts.party.seats + party_counting.surplus(facts.party.seats, policy.party_surplus)
    have = facts.party.candidates
    return f"应选{facts.party.seats}名，候选人应不少于{need}名，现有{have}名" if have < need else None


@guard(law.VET_FIRST)
def vetted_and_inspected(facts: Facts, policy: Policy) -> str | None:
    """CP-06, CP-07: the candidates were vetted and inspected."""
    if facts.party.vetted_on is None:
        return "候选人初步人选资格联审还没有完成"
    return None if facts.party.inspected_on else "候选人初步人选考察还没有完成"


@guard(law.PUBLICITY_REPLY)
def notice_long_enough(facts: Facts, policy: Policy) -> str | None:
    """PB-23 ⑩, CP-08: 公示 for five working days."""
    first, last = facts.party.notice_first_day, facts.party.notice_last_day
    if first is None or last is None:
        return "候选人预备人选还没有公示"
    days = working_days.count(first, last)
    return f"公示{days}个工作日，少于{policy.party_notice_days}个" if days < policy.party_notice_days else None


@guard(law.PUBLICITY_REPLY)
def candidates_approved(facts: Facts, policy: Policy) -> str | None:
    """CP-08 公示 → 请示 → 批复 → 大会."""
    reply, last = facts.party.candidates_reply_on, facts.party.notice_last_day
    if reply is None:
        return "候选人预备人选还没有批复"
    return _after(reply, last, "候选人预备人选批复")


@guard(law.PARTY_QUORUM)
def quorum_present(facts: Facts, policy: Policy) -> str | None:
    """PB-07: 5·present ≥ 4·due."""
    if facts.party.meeting_on is None or facts.party.due is None:
        return "党员大会还没有召开"
    if facts.party.present > facts.party.due:
        return f"实到有选举权的{facts.party.present}人，多于应到会{facts.party.due}人，请核对"
    if at_least(facts.party.present, policy.party_quorum, facts.party.due):
        return None
    need = least(policy.party_quorum, facts.party.due)
    share = share_words(policy.party_quorum)
    return f"应到会{facts.party.due}人，实到有选举权的{facts.party.present}人，不足{share}（应有{need}人）"


@guard(law.PARTY_RETURNED)
def ballots_agree(facts: Facts, policy: Policy) -> str | None:
    """PB-16, PB-17: ballots present, issued and returned agree."""
    party = facts.party
    if party.issued > party.present:
        return f"发出选票{party.issued}张，多于到会有选举权的{party.present}人，请核对"
    if party.returned > party.issued:
        return f"收回选票{party.returned}张，多于发出的{party.issued}张，选举无效"
    return None


@guard(law.PUBLICITY_REPLY)
def met_after_reply(facts: Facts, policy: Policy) -> str | None:
    """CP-08: the meeting is held on approved candidates."""
    meeting, reply = facts.party.meeting_on, facts.party.candidates_reply_on
    return "党员大会早于候选人预备人选批复" if meeting and reply and meeting < reply else None


@guard(law.PARTY_RERUN, soft=True)
def seats_filled(facts: Facts, policy: Policy) -> str | None:
    """PB-21: 另行选举, or fewer seats with the consent of half of the voters."""
    vacant = facts.party.seats - facts.party.elected
    return f"委员还空缺{vacant}名" if vacant > 0 else None


@guard(law.PARTY_SECRETARY)
def secretary_elected(facts: Facts, policy: Policy) -> str | None:
    """PB-10: the new committee elected its secretary."""
    return None if facts.party.secretary_elected_on else "书记还没有选出"


@guard(law.PARTY_REPORT)
def result_approved(facts: Facts, policy: Policy) -> str | None:
    """PB-22: the result was reported and approved."""
    if facts.party.reported_on is None:
        return "选举结果还没有报上级党组织"
    return None if facts.party.approved_on else "书记、副书记的选举结果还没有批复"


def _after(day: date, other: date | None, what: str) -> str | None:
    return f"{what}早于公示结束" if other and day <= other else None


PREPARED = (rectified_before_electing, survey_done, trained_before_electing, election_requested_and_approved)
AUDITED = (audit_reported, audit_published_often_enough)
MEMBERS_SETTLED = (due_settled, left_out_with_both_approvals)
RECOMMENDED = (both_recommendations_held, enough_candidates)
CANDIDATES_APPROVED = (vetted_and_inspected, notice_long_enough, candidates_approved)
ELECTED = (quorum_present, met_after_reply, ballots_agree, seats_filled, secretary_elected)
FILED = (result_approved,)
