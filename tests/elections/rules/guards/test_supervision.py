"""村务监督委员会: after the committee, three to five, one who keeps books, nobody barred, a village's decision."""

import pytest

from elections.rules.guards import supervision as g
from tests.elections.rules.guards.facts import COMPLETE, GROUP, change, named, passes, refuses

READY = change(COMPLETE, body="supervision")
COMMUNITY = change(READY, community=True)
BARRED = "赵某是村（居）民委员会成员，不能担任监督委员会成员"


def people(number):
    return {"members": tuple(f"成员{n}" for n in range(number))}


STORIES = [
    passes(g.villagers_committee_exists, READY),
    refuses(g.villagers_committee_exists, "村民委员会选举还没有完成", READY, villagers_committee_completed=False),
    refuses(g.villagers_committee_exists, "居民委员会选举还没有完成", COMMUNITY, villagers_committee_completed=False),
    passes(g.of_lawful_size, READY, supervision=people(3)),
    refuses(g.of_lawful_size, "监督委员会应由3至5人组成，现有2人", READY, supervision=people(2)),
    passes(g.of_lawful_size, READY, supervision=people(5)),
    refuses(g.of_lawful_size, "监督委员会应由3至5人组成，现有6人", READY, supervision=people(6)),
    passes(g.of_lawful_size, READY, supervision=people(7), policy={"supervision_size_max": 7}),
    passes(g.somebody_keeps_books, READY, supervision={"with_bookkeeping": 1}),
    refuses(g.somebody_keeps_books, "成员中应有具备财会、管理知识的人", READY, supervision={"with_bookkeeping": 0}),
    passes(g.nobody_barred, READY),
    refuses(
        g.nobody_barred, "赵某是村民委员会成员，不能担任监督委员会成员", READY, supervision={"barred": (BARRED,)}
    ),
    refuses(
        g.nobody_barred, "赵某是居民委员会成员，不能担任监督委员会成员", COMMUNITY, supervision={"barred": (BARRED,)}
    ),
    passes(g.members_vetted, READY),
    refuses(g.members_vetted, "人选审查还没有完成", READY, supervision={"vetted_on": None}),
    passes(g.chosen_by_meeting, READY),
    refuses(g.chosen_by_meeting, "还没有登记推选村务监督委员会的会议", READY, supervision={"meeting": None}),
    refuses(g.chosen_by_meeting, "还没有登记推选居务监督委员会的会议", COMMUNITY, supervision={"meeting": None}),
    refuses(
        g.chosen_by_meeting, "应当由村民会议或者村民代表会议决定，村民小组会议不能代替", READY,
        supervision={"meeting": GROUP},
    ),
    passes(g.supervision_published, READY),
    refuses(g.supervision_published, "推选结果还没有公布", READY, supervision={"published_on": None}),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says
