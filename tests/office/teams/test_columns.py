"""Heads and offices of a list as townships write them."""

import re

import pytest

from office.teams import columns


@pytest.mark.parametrize(
    ("body", "office", "posts"),
    [
        ("", "书记", [("party", "secretary")]),
        ("", "村党支部书记", [("party", "secretary")]),
        ("", "中共石门村党总支副书记", None),  # a village's name stands in the column 村
        ("党支部", "副书记", [("party", "vice_secretary")]),
        ("村党总支", "委员", [("party", "member")]),
        ("", "支委", [("party", "member")]),
        ("", "主任", [("committee", "chair")]),
        ("", "村主任", [("committee", "chair")]),
        ("社区居委会", "副主任", [("committee", "deputy")]),
        ("", "村民委员会委员", [("committee", "member")]),
        ("", "村委", [("committee", "member")]),
        ("", "妇女委员", [("committee", "woman")]),
        ("村务监督委员会", "主任", [("supervision", "chair")]),
        ("", "村监委会成员", [("supervision", "member")]),
        ("", "书记、主任", [("party", "secretary"), ("committee", "chair")]),
        ("村“两委”", "书记兼主任", [("party", "secretary"), ("committee", "chair")]),
        ("", "支委，村委委员", [("party", "member"), ("committee", "member")]),
        ("村委会", "主任/主任", [("committee", "chair")]),
    ],
)
def test_offices_as_they_are_written(body, office, posts):
    if posts is None:
        with pytest.raises(ValueError, match="不认识"):
            columns.posts_of(body, office)
    else:
        assert list(columns.posts_of(body, office)) == posts


@pytest.mark.parametrize(
    ("body", "office", "why"),
    [
        ("", "", "没有填写职务。请补上，例如书记、主任、委员。"),
        ("", "委员", "看不出是哪个组织的“委员”。请在“组织”一列写明。"),
        ("", "会计", "职务“会计”不认识。本页只登记“两委”和监督委员会的职务。"),
        ("村委会", "书记", "村民委员会没有“书记”这一职务。请核对组织和职务。"),
        ("妇联", "主任", "组织“妇联”不认识，可以是村党组织、村民委员会、村务监督委员会。"),
    ],
)
def test_what_is_not_understood_says_why(body, office, why):
    with pytest.raises(ValueError, match=re.escape(why)):
        columns.posts_of(body, office)


def test_columns_in_any_order_and_what_is_not_read():
    found, unread = columns.guess(["序号", "学历", "姓 名*", "现任职务", "电话", "村（社区）", "姓名"])
    assert found == {"文化程度": 1, "姓名": 2, "职务": 3, "村": 5}
    assert unread == ["电话", "姓名"]
