"""提名: seats by a meeting, lawful numbers and sources, a choice for each office, nobody on both sides of the table."""

import pytest

from elections.rules.guards import nomination as g
from tests.elections.rules.guards.facts import GROUP, SLATE, a_nominee, change, named, passes, ready, refuses

READY = ready("nomination")
COMMUNITY = change(READY, community=True)
DAUGHTER = (("徐某", "丙", "child"),)
IN_LAW = (("周某", "丙", "sister_in_law"),)


def slate(*nominees):
    return {"nominees": nominees}


def seats(total):
    return {"seats": {"chair": 1, "member": total - 1}}


STORIES = [
    passes(g.seats_decided_by_meeting, READY),
    refuses(g.seats_decided_by_meeting, "职位和名额还没有决定", READY, nomination={"seats": {}}),
    refuses(g.seats_decided_by_meeting, "还没有登记决定职位职数的会议", READY, nomination={"seats_meeting": None}),
    refuses(
        g.seats_decided_by_meeting, "应当由村民会议或者村民代表会议决定，村民小组会议不能代替", READY,
        nomination={"seats_meeting": GROUP},
    ),
    refuses(
        g.seats_decided_by_meeting, "应当由居民会议或者居民代表会议决定，居民小组会议不能代替", COMMUNITY,
        nomination={"seats_meeting": GROUP},
    ),
    # NM-01, RC-05: three to seven, a residents' committee five to nine
    passes(g.villagers_committee_of_lawful_size, READY, nomination=seats(3)),
    refuses(g.villagers_committee_of_lawful_size, "委员会应由3至7人组成，现定2人", READY, nomination=seats(2)),
    passes(g.villagers_committee_of_lawful_size, READY, nomination=seats(7)),
    refuses(g.villagers_committee_of_lawful_size, "委员会应由3至7人组成，现定8人", READY, nomination=seats(8)),
    passes(g.villagers_committee_of_lawful_size, COMMUNITY, nomination=seats(5)),
    refuses(g.villagers_committee_of_lawful_size, "委员会应由5至9人组成，现定4人", COMMUNITY, nomination=seats(4)),
    passes(g.villagers_committee_of_lawful_size, COMMUNITY, nomination=seats(9)),
    refuses(g.villagers_committee_of_lawful_size, "委员会应由5至9人组成，现定10人", COMMUNITY, nomination=seats(10)),
    passes(g.villagers_committee_of_lawful_size, READY, nomination=seats(4)),
    refuses(
        g.villagers_committee_of_lawful_size, "本省规定委员会人数为单数，现定4人", READY, nomination=seats(4),
        policy={"committee_size_odd": True},
    ),
    passes(g.villagers_committee_of_lawful_size, READY, nomination=seats(5), policy={"committee_size_odd": True}),
    passes(g.villagers_committee_of_lawful_size, READY, nomination={"seats": {}}),
    passes(g.nomination_announced, READY),
    refuses(g.nomination_announced, "提名公告还没有张贴", READY, postings={}),
    # NM-02: the Party organisation may nominate under 2025, not under 2018
    passes(g.nominated_by_lawful_source, READY, nomination=slate(a_nominee("甲", "chair", source="party"))),
    refuses(
        g.nominated_by_lawful_source, "提名方式不合规定：甲", READY,
        nomination=slate(a_nominee("甲", "chair", source="party")), policy={"nominators": ["voters"]},
    ),
    refuses(
        g.nominated_by_lawful_source, "提名方式不合规定：甲、乙", READY,
        nomination=slate(*(a_nominee(name, "chair", source="self") for name in "甲乙")),
    ),
    passes(
        g.nominated_by_lawful_source, READY, nomination=slate(a_nominee("甲", "chair", source="self")),
        policy={"allow_no_candidate": True},
    ),
    passes(g.nominees_on_roll, READY),
    refuses(
        g.nominees_on_roll, "不在选民名单上，不能作为候选人：甲", READY,
        nomination=slate(a_nominee("甲", "chair", on_roll=False), *SLATE[1:]),
    ),
    # NM-04, for each office: seats + 1 is enough, as many as seats is not
    passes(g.more_nominees_than_seats, READY),
    refuses(
        g.more_nominees_than_seats, "委员应选1人，候选人应不少于2人，现有1人", READY, nomination=slate(*SLATE[:5])
    ),
    refuses(
        g.more_nominees_than_seats,
        "主任应选1人，候选人应不少于2人，现有1人；委员应选1人，候选人应不少于2人，现有0人", READY,
        nomination=slate(*SLATE[1:4]),
    ),
    refuses(
        g.more_nominees_than_seats,
        "主任应选1人，候选人应不少于3人，现有2人；副主任应选1人，候选人应不少于3人，现有2人；"
        "委员应选1人，候选人应不少于3人，现有2人", READY,
        policy={"candidate_surplus_per_post": 2},
    ),
    passes(
        g.more_nominees_than_seats, READY, nomination=slate(*SLATE[:4]), policy={"allow_no_candidate": True}
    ),
    refuses(
        g.more_nominees_than_seats, "委员应选1人，候选人应不少于2人，现有1人", READY, nomination=slate(*SLATE[:5]),
        policy={"allow_no_candidate": True},
    ),
    passes(g.women_among_nominees, READY),
    passes(g.women_among_nominees, READY, nomination=slate()),
    refuses(
        g.women_among_nominees, "提名人选中没有女性", READY,
        nomination=slate(*(each for each in SLATE if each.sex == "M")),
    ),
    # EC-09: oneself, or a near relative under 2025; the reserves do not serve
    passes(g.nominated_members_left_election_committee, READY),
    refuses(
        g.nominated_members_left_election_committee, "应退出选举委员会：李某（本人被提名为候选人）", READY,
        nomination=slate(*SLATE, a_nominee("李某", "chair")),
    ),
    passes(g.nominated_members_left_election_committee, READY, nomination=slate(*SLATE, a_nominee("胡某", "chair"))),
    refuses(
        g.nominated_members_left_election_committee, "应退出选举委员会：徐某（其近亲属丙（子女）被提名为候选人）", READY,
        preparation={"nominee_kin": DAUGHTER},
    ),
    passes(
        g.nominated_members_left_election_committee, READY, preparation={"nominee_kin": DAUGHTER},
        policy={"quits_for_kin": False},
    ),
    passes(g.nominated_members_left_election_committee, READY, preparation={"nominee_kin": IN_LAW}),
    refuses(
        g.nominated_members_left_election_committee, "应退出选举委员会：周某（其近亲属丙（姻亲）被提名为候选人）", READY,
        preparation={"nominee_kin": IN_LAW}, policy={"kin_scope": "wide"},
    ),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says
