"""准备: what each guard passes and what it says when it does not."""

import pytest

from elections.rules.facts import ElectionCommitteeMemberFacts, MeetingFacts
from elections.rules.guards import preparation as g
from tests.elections.rules.guards.facts import (
    ELECTION_COMMITTEE,
    GROUP,
    MEETING,
    change,
    day,
    named,
    passes,
    ready,
    refuses,
)

READY = ready("preparation")
COMMUNITY = change(READY, community=True)


def meeting(**fields):
    return MeetingFacts(**{"kind": "representatives", "held_on": day(11, 1)} | fields)


def members(*posts, nominated=()):
    return tuple(ElectionCommitteeMemberFacts(f"成员{n}", post, 40, n in nominated) for n, post in enumerate(posts, 1))


KIN = (("李某", "徐某", "sibling"),)
TOO_FEW = "村民代表会议到会人数不够：组成人员应到45人，实到29人，至少应有30人（三分之二以上）"

STORIES = [
    passes(g.working_bodies_formed, READY),
    refuses(g.working_bodies_formed, "还没有登记换届工作机构", READY, preparation={"working_bodies": 0}),
    passes(g.survey_done, READY),
    refuses(g.survey_done, "调查摸底还没有完成，选情等级还没有评定", READY, preparation={"survey_done_on": None}),
    passes(g.rectified_before_electing, READY),
    passes(
        g.rectified_before_electing, READY,
        preparation={"needs_rectification": True, "rectified_on": day(11, 1)},
    ),
    refuses(
        g.rectified_before_electing, "本村列为先整顿后换届，整顿还没有完成", READY,
        preparation={"needs_rectification": True},
    ),
    refuses(
        g.rectified_before_electing, "本社区列为先整顿后换届，整顿还没有完成", COMMUNITY,
        preparation={"needs_rectification": True},
    ),
    # 谈心谈话: the last one makes it complete; soft; a pack may do without
    passes(g.talks_held, READY, preparation={"talks_due": 9, "talks_done": 9}),
    refuses(
        g.talks_held, "谈心谈话应谈9人，已谈8人，还差1人", READY, preparation={"talks_due": 9, "talks_done": 8}
    ),
    refuses(g.talks_held, "谈心谈话还没有登记", READY, preparation={"talks_due": None}),
    passes(g.talks_held, READY, preparation={"talks_due": None}, policy={"talks_required": False}),
    passes(g.trained_before_electing, READY),
    refuses(g.trained_before_electing, "换届工作人员还没有培训", READY, preparation={"trainings": ()}),
    passes(g.trained_before_electing, READY, preparation={"trainings": ()}, policy={"training_required": False}),
    # EC-04, EC-17: two thirds of the representatives, more than half of those present; not a group's meeting
    passes(g.plan_passed_by_meeting, READY),
    passes(
        g.plan_passed_by_meeting, READY,
        preparation={"plan_meeting": meeting(kind="villagers", adults=800, present=401, in_favour=201)},
    ),
    passes(
        g.plan_passed_by_meeting, READY,
        preparation={"plan_meeting": meeting(kind="villagers", households=300, present_households=200, in_favour=101)},
    ),
    refuses(
        g.plan_passed_by_meeting, "选举办法和工作方案还没有经会议通过", READY, preparation={"plan_meeting": None}
    ),
    refuses(
        g.plan_passed_by_meeting, TOO_FEW, READY,
        preparation={"plan_meeting": meeting(members=45, present=29, in_favour=29)},
    ),
    refuses(
        g.plan_passed_by_meeting, TOO_FEW.replace("村民", "居民"), COMMUNITY,
        preparation={"plan_meeting": meeting(members=45, present=29, in_favour=29)},
    ),
    refuses(
        g.plan_passed_by_meeting, "村民代表会议赞成15人，没有过半数（至少16人）", READY,
        preparation={"plan_meeting": meeting(members=45, present=30, in_favour=15)},
    ),
    refuses(
        g.plan_passed_by_meeting,
        "村民会议到会人数不够：十八周岁以上村民应到800人，实到400人，至少应有401人（过半数）", READY,
        preparation={"plan_meeting": meeting(kind="villagers", adults=800, present=400, in_favour=400)},
    ),
    refuses(
        g.plan_passed_by_meeting,
        "村民会议到会人数不够：户代表应到300户，实到199户，至少应有200户（三分之二以上）", READY,
        preparation={"plan_meeting": meeting(kind="villagers", households=300, present_households=199, in_favour=150)},
    ),
    refuses(
        g.plan_passed_by_meeting, "应当由村民会议或者村民代表会议决定，村民小组会议不能代替", READY,
        preparation={"plan_meeting": GROUP},
    ),
    passes(g.plan_passed_by_meeting, READY, preparation={"plan_meeting": None}, policy={"plan_required": False}),
    passes(g.plan_published, READY),
    refuses(g.plan_published, "通过的选举办法和工作方案还没有公布", READY, preparation={"plan_published_on": None}),
    passes(g.plan_published, READY, preparation={"plan_published_on": None}, policy={"plan_required": False}),
    # EC-03: a group's meeting may choose the committee
    passes(g.election_committee_chosen_by_meeting, READY, preparation={"election_committee_meeting": MEETING}),
    passes(g.election_committee_chosen_by_meeting, READY, preparation={"election_committee_meeting": GROUP}),
    refuses(
        g.election_committee_chosen_by_meeting, "还没有登记推选村民选举委员会的会议", READY,
        preparation={"election_committee_meeting": None},
    ),
    refuses(
        g.election_committee_chosen_by_meeting, "还没有登记推选居民选举委员会的会议", COMMUNITY,
        preparation={"election_committee_meeting": None},
    ),
    refuses(
        g.election_committee_chosen_by_meeting,
        "村民小组会议到会人数不够：十八周岁以上村民应到30人，实到19人，至少应有20人（三分之二以上）", READY,
        preparation={"election_committee_meeting": meeting(kind="group", adults=30, present=19, in_favour=19)},
    ),
    # EC-05, EC-12: three to nine, the reserves not counted
    passes(g.election_committee_large_enough, READY, preparation={"election_committee": members("chair", "deputy", "member")}),
    refuses(
        g.election_committee_large_enough, "选举委员会不得少于3人，现有2人，请先补足", READY,
        preparation={"election_committee": members("chair", "deputy", "reserve", "reserve")},
    ),
    passes(g.election_committee_large_enough, READY, preparation={"election_committee": members("chair", *["member"] * 8)}),
    refuses(
        g.election_committee_large_enough, "选举委员会最多9人，现有10人", READY,
        preparation={"election_committee": members("chair", *["member"] * 9)},
    ),
    refuses(g.election_committee_large_enough, "选举委员会不得少于5人，现有3人，请先补足", READY, policy={"ec_size_min": 5}),
    # ec_size_odd: forbid is hard, warn is soft, off is silent
    passes(g.election_committee_odd, READY, policy={"ec_size_odd": "forbid"}),
    refuses(
        g.election_committee_odd, "选举委员会人数以单数为宜，现有4人", READY,
        preparation={"election_committee": members("chair", "deputy", "member", "member")}, policy={"ec_size_odd": "forbid"},
    ),
    passes(
        g.election_committee_odd, READY, preparation={"election_committee": members("chair", "deputy", "member", "member")},
        policy={"ec_size_odd": "warn"},
    ),
    passes(g.committee_odd_explained, READY),
    refuses(
        g.committee_odd_explained, "选举委员会人数以单数为宜，现有4人", READY,
        preparation={"election_committee": members("chair", "deputy", "member", "member")},
    ),
    passes(
        g.committee_odd_explained, READY, preparation={"election_committee": members("chair", "deputy", "member", "member")},
        policy={"ec_size_odd": "off"},
    ),
    passes(
        g.committee_odd_explained, READY, preparation={"election_committee": members("chair", "deputy", "member", "member")},
        policy={"ec_size_odd": "forbid"},
    ),
    passes(g.election_committee_has_chair, READY),
    refuses(
        g.election_committee_has_chair, "选举委员会应有一名主任，请在委员中推选", READY,
        preparation={"election_committee": members("deputy", "member", "member")},
    ),
    refuses(
        g.election_committee_has_chair, "选举委员会应有一名主任，请在委员中推选", READY,
        preparation={"election_committee": members("chair", "chair", "member")},
    ),
    # EC-15: the deputy must not stand himself; the edition of 2018 knows no deputy (EC-02)
    passes(g.committee_has_standby_deputy, READY),
    refuses(
        g.committee_has_standby_deputy, "选举委员会没有不参选的副主任，主任被提名后无人主持", READY,
        preparation={"election_committee": members("chair", "deputy", "member", nominated={2})},
    ),
    refuses(
        g.committee_has_standby_deputy, "选举委员会没有不参选的副主任，主任被提名后无人主持", READY,
        preparation={"election_committee": members("chair", "member", "member")},
    ),
    passes(
        g.committee_has_standby_deputy, READY, edition=2018,
        preparation={"election_committee": members("chair", "member", "member")},
    ),
    # ec_kin_rule, and RP-10: in-laws are kin only where the list is wide
    passes(g.election_committee_without_kin, READY, policy={"ec_kin_rule": "forbid"}),
    refuses(
        g.election_committee_without_kin, "选举委员会成员之间有近亲属关系：李某与徐某（兄弟姐妹）", READY,
        preparation={"election_committee_kin": KIN}, policy={"ec_kin_rule": "forbid"},
    ),
    passes(g.election_committee_without_kin, READY, preparation={"election_committee_kin": KIN}, policy={"ec_kin_rule": "warn"}),
    passes(
        g.election_committee_without_kin, READY, preparation={"election_committee_kin": (("李某", "徐某", "sister_in_law"),)},
        policy={"ec_kin_rule": "forbid"},
    ),
    refuses(
        g.election_committee_without_kin, "选举委员会成员之间有近亲属关系：李某与徐某（姻亲）", READY,
        preparation={"election_committee_kin": (("李某", "徐某", "sister_in_law"),)},
        policy={"ec_kin_rule": "forbid", "kin_scope": "wide"},
    ),
    passes(g.committee_kin_explained, READY),
    refuses(
        g.committee_kin_explained, "选举委员会成员之间有近亲属关系：李某与徐某（兄弟姐妹）", READY,
        preparation={"election_committee_kin": KIN},
    ),
    passes(g.committee_kin_explained, READY, preparation={"election_committee_kin": KIN}, policy={"ec_kin_rule": "off"}),
    passes(g.committee_kin_explained, READY, preparation={"election_committee_kin": KIN}, policy={"ec_kin_rule": "forbid"}),
    passes(g.election_committee_published, READY),
    passes(
        g.election_committee_published, READY, preparation={"election_committee_published_on": None}, postings={"ec_list": day(11, 3)}
    ),
    refuses(
        g.election_committee_published, "选举委员会名单还没有公布", READY, preparation={"election_committee_published_on": None}
    ),
    passes(g.poll_day_set, READY),
    refuses(g.poll_day_set, "选举日还没有确定", READY, poll_day=None),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says


def test_the_committee_of_the_base_is_the_smallest_lawful_one():
    assert [member.post for member in ELECTION_COMMITTEE] == ["chair", "deputy", "member", "reserve"]
