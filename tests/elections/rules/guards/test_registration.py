"""选民登记: the roll in time, and what must be over before anybody is nominated."""

import pytest

from elections.rules.guards import registration as g
from tests.elections.rules.guards.facts import day, named, passes, ready, refuses

READY = ready("registration")
LATE = "名单在选举日前19天公布，少于法定的20天，需要推迟选举日"

STORIES = [
    passes(g.registration_announced, READY),
    refuses(g.registration_announced, "选民登记公告还没有张贴", READY, postings={}),
    passes(g.roll_published, READY),
    refuses(g.roll_published, "名单是空的，还没有登记选民", READY, registration={"listed": 0}),
    refuses(g.roll_published, "选民名单还没有公布", READY, registration={"published_on": None}),
    # VR-12: posted on 11-30 for 12-20 is in time, on 12-01 it is not
    passes(g.roll_published_in_time, READY, registration={"published_on": day(11, 30)}),
    refuses(g.roll_published_in_time, LATE, READY, registration={"published_on": day(12, 1)}),
    passes(
        g.roll_published_in_time, READY, registration={"published_on": day(12, 1)}, policy={"roll_post_min_days": 19}
    ),
    passes(g.roll_published_in_time, READY, poll_day=None),
    passes(g.roll_published_in_time, READY, registration={"published_on": None}),
    # VR-13: posted on 11-22, the last day is 11-27; nobody is nominated before 11-28
    passes(g.objection_period_over, READY, today=day(11, 28), registration={"published_on": day(11, 22)}),
    refuses(
        g.objection_period_over, "申诉受理到2026年11月27日止，期限还没有过", READY, today=day(11, 27),
        registration={"published_on": day(11, 22)},
    ),
    passes(
        g.objection_period_over, READY, today=day(11, 27), registration={"published_on": day(11, 22)},
        policy={"day_count_excludes_start": False},
    ),
    refuses(
        g.objection_period_over, "申诉受理到2026年11月26日止，期限还没有过", READY, today=day(11, 26),
        registration={"published_on": day(11, 22)}, policy={"day_count_excludes_start": False},
    ),
    passes(g.objections_answered, READY),
    refuses(g.objections_answered, "名单申诉还有1件没有作出处理决定", READY, registration={"objections_open": 1}),
    passes(g.objections_answered_in_time, READY),
    refuses(
        g.objections_answered_in_time, "有2件名单申诉超过3日才作出处理决定", READY, registration={"answers_late": 2}
    ),
    passes(g.roll_changes_published, READY),
    refuses(
        g.roll_changes_published, "公布后有3项决定或变动还没有补充公布", READY,
        registration={"decisions_unpublished": 1, "unpublished_changes": 2},
    ),
    passes(g.nobody_barred_on_roll, READY),
    refuses(
        g.nobody_barred_on_roll, "名单上有1人在选举日未满18周岁或者仍被剥夺政治权利，要按选举日更新名单", READY,
        registration={"leaving_by_day": 1},
    ),
    passes(g.nobody_of_age_left_out, READY),
    refuses(
        g.nobody_of_age_left_out, "有2人到选举日年满18周岁或者恢复政治权利，还没有列入名单", READY,
        registration={"joining_by_day": 2},
    ),
    passes(g.roll_not_yet_published, READY, registration={"published_on": None}),
    refuses(g.roll_not_yet_published, "选民名单已经公布，不能退回", READY),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says
