"""村党组织: those due, the quorum, and the order of PB-23."""

import pytest

from elections.rules.guards import party as g
from elections.rules.policy import load
from tests.elections.rules.guards.facts import COMPLETE, change, day, named, passes, ready, refuses

READY = change(COMPLETE, body="party")


def record(**fields):
    return {"party": fields}


STORIES = [
    passes(g.election_requested_and_approved, READY),
    refuses(g.election_requested_and_approved, "还没有向上级党组织报送换届请示", READY, **record(request_on=None)),
    refuses(g.election_requested_and_approved, "换届请示还没有批复", READY, **record(reply_on=None)),
    # PB-06: 45 full members, 2 without the right, 3 left out: 40 are due
    passes(g.due_settled, READY, **record(full_members=45, due=40, left_out=3)),
    passes(g.due_settled, READY, **record(full_members=43, due=40, left_out=3)),
    refuses(
        g.due_settled, "应到会40人、不计入3人，合计多于正式党员42人，请核对", READY,
        **record(full_members=42, due=40, left_out=3),
    ),
    refuses(g.due_settled, "应到会有选举权人数还没有核定", READY, **record(due=None)),
    refuses(g.due_settled, "应到会有选举权人数还没有核定", READY, **record(full_members=0)),
    passes(g.left_out_with_both_approvals, READY),
    passes(
        g.left_out_with_both_approvals, READY,
        **record(left_out=0, left_out_approved_on=None, left_out_voted_on=None),
    ),
    refuses(
        g.left_out_with_both_approvals, "不计入应到会的3人缺上级批准或者党员大会通过的记录，应当计入", READY,
        **record(left_out_approved_on=None),
    ),
    refuses(
        g.left_out_with_both_approvals, "不计入应到会的3人缺上级批准或者党员大会通过的记录，应当计入", READY,
        **record(left_out_voted_on=None),
    ),
    passes(g.both_recommendations_held, READY),
    refuses(g.both_recommendations_held, "还没有进行党员推荐", READY, **record(members_recommended_on=None)),
    refuses(g.both_recommendations_held, "还没有进行群众推荐", READY, **record(masses_recommended_on=None)),
    refuses(
        g.both_recommendations_held, "还没有进行党员推荐和群众推荐", READY,
        **record(members_recommended_on=None, masses_recommended_on=None),
    ),
    # PB-09: 3→4, 5→6, 6→8, 7→9
    passes(g.enough_candidates, READY, **record(seats=3, candidates=4)),
    refuses(g.enough_candidates, "应选3名，候选人应不少于4名，现有3名", READY, **record(seats=3, candidates=3)),
    passes(g.enough_candidates, READY, **record(seats=5, candidates=6)),
    refuses(g.enough_candidates, "应选5名，候选人应不少于6名，现有5名", READY, **record(seats=5, candidates=5)),
    passes(g.enough_candidates, READY, **record(seats=7, candidates=9)),
    refuses(g.enough_candidates, "应选7名，候选人应不少于9名，现有8名", READY, **record(seats=7, candidates=8)),
    refuses(g.enough_candidates, "委员应选名额还没有填写", READY, **record(seats=0)),
    passes(g.vetted_and_inspected, READY),
    refuses(g.vetted_and_inspected, "候选人初步人选资格联审还没有完成", READY, **record(vetted_on=None)),
    refuses(g.vetted_and_inspected, "候选人初步人选考察还没有完成", READY, **record(inspected_on=None)),
    # CP-08: Monday 12 October to Friday 16 October are five working days; to Thursday are four
    passes(g.notice_long_enough, READY),
    refuses(
        g.notice_long_enough, "公示4个工作日，少于5个", READY, **record(notice_last_day=day(10, 15))
    ),
    passes(
        g.notice_long_enough, READY, policy={"party_notice_days": 4}, **record(notice_last_day=day(10, 15))
    ),
    refuses(
        g.notice_long_enough, "公示4个工作日，少于5个", READY,
        **record(notice_first_day=day(10, 13), notice_last_day=day(10, 18)),
    ),
    refuses(g.notice_long_enough, "候选人预备人选还没有公示", READY, **record(notice_first_day=None)),
    refuses(g.notice_long_enough, "候选人预备人选还没有公示", READY, **record(notice_last_day=None)),
    # the reply comes after the notice has ended, the meeting not before the reply
    passes(g.candidates_approved, READY, **record(candidates_reply_on=day(10, 17))),
    refuses(
        g.candidates_approved, "候选人预备人选批复早于公示结束", READY, **record(candidates_reply_on=day(10, 16))
    ),
    refuses(g.candidates_approved, "候选人预备人选还没有批复", READY, **record(candidates_reply_on=None)),
    passes(g.met_after_reply, READY, **record(meeting_on=day(10, 17))),
    refuses(g.met_after_reply, "党员大会早于候选人预备人选批复", READY, **record(meeting_on=day(10, 16))),
    passes(g.met_after_reply, READY, **record(meeting_on=None)),
    # PB-07: exactly four fifths
    passes(g.quorum_present, READY, **record(due=40, present=32)),
    refuses(
        g.quorum_present, "应到会40人，实到有选举权的31人，不足五分之四（应有32人）", READY, **record(due=40, present=31)
    ),
    refuses(
        g.quorum_present, "应到会43人，实到有选举权的34人，不足五分之四（应有35人）", READY, **record(due=43, present=34)
    ),
    passes(g.quorum_present, READY, **record(due=43, present=35)),
    passes(g.quorum_present, READY, policy={"party_quorum": "3/4"}, **record(due=40, present=30)),
    refuses(
        g.quorum_present, "应到会40人，实到有选举权的29人，不足四分之三（应有30人）", READY,
        policy={"party_quorum": "3/4"}, **record(due=40, present=29),
    ),
    passes(g.quorum_present, READY, **record(due=40, present=40)),
    refuses(g.quorum_present, "实到有选举权的41人，多于应到会40人，请核对", READY, **record(due=40, present=41)),
    refuses(g.quorum_present, "党员大会还没有召开", READY, **record(meeting_on=None)),
    refuses(g.quorum_present, "党员大会还没有召开", READY, **record(due=None)),
    passes(g.ballots_agree, READY, **record(present=33, issued=33, returned=33)),
    refuses(
        g.ballots_agree, "收回选票34张，多于发出的33张，选举无效", READY, **record(present=34, issued=33, returned=34)
    ),
    refuses(
        g.ballots_agree, "发出选票34张，多于到会有选举权的33人，请核对", READY,
        **record(present=33, issued=34, returned=33),
    ),
    passes(g.seats_filled, READY),
    refuses(g.seats_filled, "委员还空缺1名", READY, **record(elected=2)),
    passes(g.secretary_elected, READY),
    refuses(g.secretary_elected, "书记还没有选出", READY, **record(secretary_elected_on=None)),
    passes(g.result_approved, READY),
    refuses(g.result_approved, "选举结果还没有报上级党组织", READY, **record(reported_on=None)),
    refuses(g.result_approved, "书记、副书记的选举结果还没有批复", READY, **record(approved_on=None)),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says


def test_a_holiday_does_not_count_among_the_working_days():
    """1 to 7 October 2026 are holidays: from 30 September to 9 October there are three working days."""
    facts = change(ready("vetting", "party"), party={"notice_first_day": day(9, 30), "notice_last_day": day(10, 9)})
    assert g.notice_long_enough(facts, load()) == "公示3个工作日，少于5个"
