"""The formal list as a proposal: order by votes or strokes, what may be moved, who may be left off."""

from datetime import date

import pytest

from candidates.rules import listing
from candidates.rules.listing import Line
from elections.rules import policy

VOTES = policy.load()
STROKES = policy.load(overrides={"candidate_order": "strokes"})


def line(key, name, votes=0, *, sex="M", by_voters=True):
    return Line(key, name, sex, votes, by_voters)


PEOPLE = [line(1, "张三宝", 10), line(2, "丁卫国", 30), line(3, "王芳", 30, sex="F"), line(4, "于小梅", 20, sex="F")]


def test_by_votes_equal_ones_by_strokes():
    assert [each.name for each in listing.proposed(PEOPLE, VOTES)] == ["丁卫国", "王芳", "于小梅", "张三宝"]


def test_by_strokes_of_the_surname():
    assert [each.name for each in listing.proposed(PEOPLE, STROKES)] == ["丁卫国", "于小梅", "王芳", "张三宝"]


def test_the_label_of_a_namesake_is_no_part_of_his_name():
    """王伟, 王惠, 王伟强 whatever stands in brackets: two characters first. Of one name the elder, then the lower group."""
    young = Line(1, "王伟（3组，1990年生）", "M", 0, True, date(1990, 1, 1), "000003组")
    old = Line(2, "王伟（5组）", "M", 0, True, date(1975, 1, 1), "000005组")
    tenth, second = (Line(n, f"丁一（{n}组）", "M", 0, True, date(1975, 1, 1), f"{n:06}组") for n in (10, 2))
    others = [line(3, "王惠（3组）"), line(4, "王伟强")]
    assert listing.proposed([*others, young, old, tenth, second], STROKES) == [second, tenth, old, young, *others]
    assert listing.order_note([old, young, *others], STROKES) is None
    assert (
        listing.order_note([young, old], STROKES)
        == "王伟（5组）同名，按出生日期先后应排在王伟（3组，1990年生）之前，请核对"
    )
    assert listing.proposed([young, old], VOTES) == [old, young]
    assert listing.strokes(young.name) == "王4 伟6"
    assert listing.unknown("王※（3组）") == ("※",)


def test_strokes_are_shown_with_the_name():
    assert listing.strokes("丁卫国") == "丁2 卫3 国8"
    assert listing.strokes("王 芳") == "王4 芳7"


def test_unknown_character_is_said():
    assert listing.unknown("王※") == ("※",)
    assert listing.strokes("王※") == "王4 ※？"
    assert listing.unknown("王芳") == ()


@pytest.mark.parametrize(
    ("key", "steps", "after"),
    [(2, -1, [2, 1, 3]), (2, 1, [1, 3, 2]), (1, -1, [1, 2, 3]), (3, 1, [1, 2, 3]), (9, 1, [1, 2, 3])],
)
def test_one_line_moves_by_one(key, steps, after):
    assert listing.moved([1, 2, 3], key, steps) == after


def test_fewer_votes_never_above_more():
    assert listing.why_not_in_this_order([PEOPLE[1], PEOPLE[3], PEOPLE[0]], VOTES) is None
    assert listing.why_not_in_this_order([PEOPLE[3], PEOPLE[1]], VOTES) == (
        "丁卫国得30票，排在得20票的于小梅之后；名单应按得票从多到少排列"
    )


def test_equal_votes_either_way():
    assert listing.why_not_in_this_order([PEOPLE[1], PEOPLE[2]], VOTES) is None
    assert listing.why_not_in_this_order([PEOPLE[2], PEOPLE[1]], VOTES) is None


def test_party_nominee_has_no_votes_to_compare():
    party = line(5, "马建军", 0, by_voters=False)
    assert listing.why_not_in_this_order([party, PEOPLE[1]], VOTES) is None


def test_strokes_out_of_order_are_a_note():
    assert listing.why_not_in_this_order([PEOPLE[0], PEOPLE[1]], STROKES) is None
    assert listing.order_note([PEOPLE[0], PEOPLE[1]], STROKES) == "丁卫国按姓氏笔画应排在张三宝之前，请核对"
    assert listing.order_note([PEOPLE[1], PEOPLE[0]], STROKES) is None
    assert listing.order_note([PEOPLE[0], PEOPLE[1]], VOTES) is None


def test_who_stays_off_has_no_more_votes():
    assert listing.why_not_left_out(PEOPLE[1:], [PEOPLE[0]]) is None
    assert listing.why_not_left_out([PEOPLE[0], PEOPLE[1]], [PEOPLE[3]]) == (
        "于小梅得20票，多于已列入的张三宝（10票），应按得票多少列入"
    )


def test_equal_votes_may_stay_off():
    assert listing.why_not_left_out([line(1, "甲", 10)], [line(2, "乙", 10)]) is None


def test_only_woman_may_be_kept_out_of_order():
    kept = [PEOPLE[1], line(6, "李春兰", 2, sex="F")]
    assert listing.why_not_left_out(kept, [PEOPLE[0]]) is None
