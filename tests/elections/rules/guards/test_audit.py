"""审计: reported, put right, published twice for five days before election day, objections answered, Party first."""

import pytest

from elections.rules.guards import audit as g
from tests.elections.rules.guards.facts import change, day, named, passes, ready, refuses

READY = ready("audit")
FIVE, FOUR = (day(11, 6), day(11, 10)), (day(11, 6), day(11, 9))
FIRST = (day(11, 1), day(11, 5))
ONCE = "审计结果应公示2次、每次不少于5天，已满1次"

STORIES = [
    passes(g.audit_reported, READY),
    refuses(g.audit_reported, "离任审计还没有启动", READY, audit={"auditor": ""}),
    refuses(g.audit_reported, "离任审计还没有出具报告", READY, audit={"reported_on": None}),
    passes(g.findings_closed, READY, audit={"findings_closed": 3}),
    refuses(g.findings_closed, "审计发现的问题还有1项没有整改", READY, audit={"findings_open": 1, "findings_closed": 2}),
    # CP-68: both the first and the last day count; the fifth day is enough, the fourth is not
    passes(g.audit_published_often_enough, READY, audit={"publications": (FIRST, FIVE)}),
    refuses(g.audit_published_often_enough, ONCE, READY, audit={"publications": (FIRST, FOUR)}),
    refuses(g.audit_published_often_enough, ONCE, READY, audit={"publications": (FIRST,)}),
    passes(g.audit_published_often_enough, READY, today=day(11, 10), audit={"publications": (FIRST, FIVE)}),
    refuses(g.audit_published_often_enough, ONCE, READY, today=day(11, 9), audit={"publications": (FIRST, FIVE)}),
    refuses(
        g.audit_published_often_enough, "审计结果应公示2次、每次不少于5天，已满0次", READY, audit={"publications": ()}
    ),
    passes(
        g.audit_published_often_enough, READY, audit={"publications": (FIRST,)}, policy={"audit_publications_min": 1}
    ),
    passes(
        g.audit_published_often_enough, READY, audit={"publications": (FIRST, FOUR)},
        policy={"audit_publication_days": 4},
    ),
    refuses(
        g.audit_published_often_enough, "审计结果应公示3次、每次不少于5天，已满2次", READY,
        policy={"audit_publications_min": 3},
    ),
    # RS-07: the day before election day is in time, the day itself is not
    passes(g.audit_published_before_poll, READY, poll_day=day(11, 2)),
    refuses(g.audit_published_before_poll, "审计结果应在选举日前公布", READY, poll_day=day(11, 1)),
    passes(g.audit_published_before_poll, READY, poll_day=None),
    passes(g.audit_published_before_poll, READY, audit={"publications": ()}),
    passes(g.audit_objections_answered, READY),
    refuses(
        g.audit_objections_answered, "审计公示期间收到的异议还有2件没有答复", READY, audit={"objections_unanswered": 2}
    ),
    passes(g.party_organisation_first, READY),
    refuses(
        g.party_organisation_first, "村党组织换届还没有完成，应先党组织、后村民委员会", READY, party_completed=False
    ),
    refuses(
        g.party_organisation_first, "社区党组织换届还没有完成，应先党组织、后居民委员会",
        change(READY, community=True), party_completed=False,
    ),
    passes(g.party_organisation_first, READY, party_completed=False, policy={"party_first": False}),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says
