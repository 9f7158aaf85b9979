"""资格审查: silence is never a pass, a bar excludes, and the list still leaves a choice and is posted in time."""

import pytest

from elections.rules.guards import vetting as g
from tests.elections.rules.guards.facts import SLATE, a_nominee, day, named, passes, ready, refuses

READY = ready("vetting")


def slate(*nominees):
    return {"nominees": nominees}


STORIES = [
    passes(g.everybody_first_checked, READY),
    refuses(
        g.everybody_first_checked, "镇级初审还有2人没有完成：庚、辛", READY,
        nomination=slate(*SLATE, *(a_nominee(name, "member", first_check="") for name in "庚辛")),
    ),
    passes(g.county_concluded_on_everybody, READY),
    passes(
        g.county_concluded_on_everybody, READY,
        nomination=slate(*SLATE, a_nominee("庚", "member", first_check="refused", conclusion="", formal=False)),
    ),
    passes(
        g.county_concluded_on_everybody, READY,
        nomination=slate(*SLATE, a_nominee("庚", "member", conclusion="refused", formal=False)),
    ),
    refuses(
        g.county_concluded_on_everybody, "县级联审还有1人没有结论：庚", READY,
        nomination=slate(*SLATE, a_nominee("庚", "member", conclusion="")),
    ),
    refuses(
        g.county_concluded_on_everybody, "县级联审还有1人没有结论：庚", READY,
        nomination=slate(*SLATE, a_nominee("庚", "member", conclusion="held")),
    ),
    # NM-06: a bar excludes from the list whatever anybody concluded
    passes(
        g.nobody_barred_is_candidate, READY,
        nomination=slate(*SLATE, a_nominee("庚", "member", bars=("COURT_DEFAULTER",), formal=False)),
    ),
    refuses(
        g.nobody_barred_is_candidate, "有禁止情形，不能作为候选人：庚", READY,
        nomination=slate(*SLATE, a_nominee("庚", "member", bars=("COURT_DEFAULTER",))),
    ),
    passes(g.every_candidate_passed, READY),
    refuses(
        g.every_candidate_passed, "没有通过资格审查，不能列为正式候选人：庚、辛、壬", READY,
        nomination=slate(
            *SLATE, a_nominee("庚", "member", first_check="refused"), a_nominee("辛", "member", conclusion="refused"),
            a_nominee("壬", "member", conclusion="held"),
        ),
    ),
    # NM-04 for those on the list: whoever was refused no longer counts
    passes(g.more_candidates_than_seats, READY),
    refuses(
        g.more_candidates_than_seats, "委员应选1人，候选人应不少于2人，现有1人", READY,
        nomination=slate(*SLATE[:5], a_nominee("己", "member", formal=False)),
    ),
    refuses(
        g.more_candidates_than_seats, "正式候选人名单还没有确定", READY,
        nomination=slate(a_nominee("甲", "chair", formal=False)),
    ),
    passes(g.women_among_candidates, READY),
    refuses(
        g.women_among_candidates, "正式候选人中没有女性", READY,
        nomination=slate(*(each for each in SLATE if each.sex == "M"), a_nominee("丙", "deputy", "F", formal=False)),
    ),
    passes(g.women_among_candidates, READY, nomination=slate()),
    passes(g.formal_list_published, READY),
    refuses(
        g.formal_list_published, "正式候选人名单还没有公布", READY, nomination={"formal_published_on": None}
    ),
    # candidate_post_days: D-5 is in time, D-4 is not, where the pack says five
    passes(g.formal_list_published_in_time, READY, nomination={"formal_published_on": day(12, 15)}),
    refuses(
        g.formal_list_published_in_time, "正式候选人名单在选举日前4天公布，少于5天", READY,
        nomination={"formal_published_on": day(12, 16)},
    ),
    passes(
        g.formal_list_published_in_time, READY, nomination={"formal_published_on": day(12, 16)},
        policy={"candidate_post_days": 4},
    ),
    passes(g.formal_list_published_in_time, READY, nomination={"formal_published_on": None}),
    passes(g.formal_list_published_in_time, READY, poll_day=None),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says
