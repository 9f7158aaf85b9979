"""Beside the stages: 暂缓 and 无效 rest on an approval."""

import pytest

from elections.rules.guards import standing as g
from tests.elections.rules.guards.facts import named, passes, refuses

STORIES = [
    passes(g.approved_from_above),
    refuses(g.approved_from_above, "没有填写上级批准文号", approval=""),
]


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says
