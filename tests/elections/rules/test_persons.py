"""People of one name: always told apart, or the two are named who still need a mark."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules.persons import Described, alike, label_in, labels, may_be, why_not_named

BIRTHS = st.none() | st.sampled_from([date(1975, 3, 1), date(1975, 9, 9), date(1980, 1, 1)])
GROUPS = st.sampled_from(["", "3组", "5组", "1975年生", "3组，1975年生"])
MARKS = st.sampled_from(["", "东头", "3组"])
KEPT = st.sampled_from(["", "", "", "王伟", "王伟（3组）"])
PEOPLE = st.lists(
    st.builds(Described, st.sampled_from(["王伟", "李娜"]), GROUPS, BIRTHS, MARKS).flatmap(
        lambda one: KEPT.map(
            lambda kept: Described(one.name, one.group, one.birth, one.mark, kept if one.name == "王伟" else "")
        )
    ),
    max_size=7,
)


@given(PEOPLE)
def test_labels_are_distinct_or_two_are_named(people):
    found, two = labels(people), alike(people)
    assert (len(set(found)) == len(found)) is (two is None)
    assert two is None or len({label for label, each in zip(found, people, strict=True) if each in two}) == 1


@given(PEOPLE, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(people, random):
    order = list(range(len(people)))
    random.shuffle(order)
    assert labels([people[place] for place in order]) == tuple(labels(people)[place] for place in order)


@given(PEOPLE)
def test_somebody_of_another_name_changes_nothing(people):
    assert labels([*people, Described("赵敏", "3组")])[: len(people)] == labels(people)


@given(PEOPLE)
def test_what_stands_posted_is_kept_and_a_lone_one_has_the_bare_name(people):
    for one, label in zip(people, labels(people), strict=True):
        if one.kept:
            assert label == one.kept
        elif sum(each.name == one.name for each in people) == 1:
            assert label == one.name


def wei(group="", year=0, mark="", kept=""):
    return Described("王伟", group, date(year, 5, 6) if year else None, mark, kept)


def test_the_shortest_trait_that_is_his_alone():
    assert labels([wei("3组", 1975), wei("5组", 1975)]) == ("王伟（3组）", "王伟（5组）")
    assert labels([wei("3组", 1975), wei("3组", 1980)]) == ("王伟（3组，1975年生）", "王伟（3组，1980年生）")
    assert labels([wei("3组", 1975), wei("3组", 1975, "东头")]) == (
        "王伟（3组，1975年生）",
        "王伟（3组，1975年生，东头）",
    )
    assert labels([wei(), wei("3组")]) == ("王伟", "王伟（3组）")
    assert labels([wei("", 1975), wei("3组", 1975)]) == ("王伟（1975年生）", "王伟（3组）")


def test_a_posted_label_leaves_the_newcomer_another():
    assert labels([wei("3组", 1975, kept="王伟"), wei("5组", 1980)]) == ("王伟", "王伟（5组）")
    assert labels([wei("3组", kept="王伟（3组）"), wei("3组", 1980)]) == ("王伟（3组）", "王伟（3组，1980年生）")


def test_in_another_village_he_is_called_by_his_own():
    assert label_in("王伟", "石门村") == "王伟（石门村）"
    assert label_in("王伟（3组，1975年生）", "石门村") == "王伟（石门村，3组，1975年生）"


def test_who_cannot_be_entered_hears_what_to_fill_in():
    assert why_not_named(wei(), [Described("李娜")]) is None
    assert why_not_named(wei("3组"), [wei()]) is None
    assert why_not_named(wei(), [wei("3组")]) == "已经有一位王伟。请填写小组或者出生日期，才能和同名的王伟区分开。"
    assert why_not_named(wei("3组", 1975), [wei("3组", 1975)]) == (
        "已经有一位王伟（3组，1975年生）。是同一人的请选择已有的人员；不是同一人的，请填写区别同名的字样。"
    )
    assert why_not_named(wei("3组", 1975, "东头"), [wei("3组", 1975)]) is None


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        (Described("王伟"), Described("王伟", "3组", date(1975, 1, 1)), True),
        (Described("王伟", "3组"), Described("王伟", "第3村民小组"), True),
        (Described("王伟", "3组"), Described("王伟", "5组"), False),
        (Described("王伟", "东头"), Described("王伟", "3组"), False),
        (Described("王伟", "", date(1975, 1, 1)), Described("王伟", "3组", date(1975, 1, 2)), False),
        (Described("王伟"), Described("王芳"), False),
    ],
)
def test_two_may_be_one_while_nothing_known_of_both_differs(one, other, may):
    assert may_be(one, other) is may
    assert may_be(other, one) is may
