"""移交: the list, the signatures, the ten days, the archive box."""

import pytest

from elections.rules.guards import handover as g
from tests.elections.rules.guards.facts import day, named, passes, refuses

SIX = ("公告", "选民名单", "选票", "计票单", "会议记录", "移交清单")

STORIES = [
    passes(g.items_listed, handover={"items": 1}),
    refuses(g.items_listed, "移交清单还是空的", handover={"items": 0}),
    passes(g.handover_signed, handover={"signatures": 3}),
    refuses(g.handover_signed, "移交清单还差1方签字", handover={"signatures": 2}),
    passes(g.handover_signed, handover={"signatures": 2}, policy={"handover_signatures": 2}),
    refuses(g.handover_signed, "移交还没有完成", handover={"completed_on": None}),
    # RS-05: the tenth day after election day is in time
    passes(g.handed_over_in_time, handover={"completed_on": day(12, 30)}),
    refuses(
        g.handed_over_in_time, "移交应在2026年12月30日前完成，实际晚了1天", handover={"completed_on": day(12, 31)}
    ),
    refuses(
        g.handed_over_in_time, "移交应在2026年12月29日前完成，实际晚了1天", handover={"completed_on": day(12, 30)},
        policy={"day_count_excludes_start": False},
    ),
    passes(g.handed_over_in_time, handover={"completed_on": day(12, 31)}, policy={"handover_days": 11}),
    passes(g.handed_over_in_time, handover={"elected_on": None}),
    passes(g.handed_over_in_time, handover={"completed_on": None}),
    passes(g.archive_complete),
    refuses(
        g.archive_complete, "档案还缺5种：公告、选民名单、选票、计票单、会议记录", handover={"archive_missing": SIX[:5]}
    ),
    refuses(
        g.archive_complete, "档案还缺6种：公告、选民名单、选票、计票单、会议记录等", handover={"archive_missing": SIX}
    ),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says
