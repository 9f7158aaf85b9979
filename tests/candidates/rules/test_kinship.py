"""Near relatives on a slate, on the election committee, on the staff (CT-27, EC-09, EC-18, VT-13, RP-10)."""

import pytest

from candidates.rules import kinship
from elections.rules import policy

NATIONAL = policy.load()
OLD = policy.load("national-2018")
WIDE = policy.load(overrides={"kin_scope": "wide"})
KIN = [("甲", "乙", "child"), ("丙", "甲", "cousin"), ("丁", "戊", None)]


def pairs(clashes):
    return [(each.one, each.other, each.rule) for each in clashes]


def test_near_relatives_on_one_slate_cannot_both_be_seated():
    [clash] = kinship.among_candidates("甲乙丙", KIN, NATIONAL)
    assert (clash.one, clash.other, clash.rule) == ("甲", "乙", "CT-27")
    assert clash.text == "候选人甲与乙有近亲属关系（子女与父母），不能同时当选"
    assert clash.cite == "《村民委员会组织法》第八条第二款"


@pytest.mark.parametrize("candidates", ["甲丙", "乙丙", "丙", ""])
def test_kin_of_whom_one_does_not_stand_are_no_pair(candidates):
    assert kinship.among_candidates(candidates, KIN, NATIONAL) == ()


def test_the_wide_scope_finds_more():
    assert pairs(kinship.among_candidates("甲乙丙", KIN, WIDE)) == [("甲", "乙", "CT-27"), ("丙", "甲", "CT-27")]


def test_under_the_old_text_it_is_only_a_warning():
    assert kinship.among_candidates("甲乙", KIN, OLD)[0].text.endswith("不宜同时当选")
    off = policy.load(overrides={"member_kin_rule": "off"})
    assert kinship.among_candidates("甲乙", KIN, off) == ()


def test_a_pair_declared_from_both_sides_is_one_pair():
    assert len(kinship.among_candidates("甲乙", [("甲", "乙", "child"), ("乙", "甲", "parent")], NATIONAL)) == 1


def test_members_of_the_election_committee_must_quit():
    """EC-09: for themselves, and under the text of 2025 for a near relative."""
    assert pairs(kinship.with_election_committee("乙", ["甲"], KIN, NATIONAL)) == [("甲", "乙", "EC-09")]
    assert pairs(kinship.with_election_committee("乙", ["甲"], KIN, OLD)) == []
    assert pairs(kinship.with_election_committee("甲", ["甲"], KIN, OLD)) == [("甲", "甲", "EC-09")]


def test_candidates_and_their_kin_are_not_staff():
    """EC-18, VT-13."""
    clashes = kinship.with_staff(
        {"乙", "戊"}, {"甲": "监票人", "丁": "唱票人", "戊": "计票人", "己": "发票人"}, KIN, NATIONAL
    )
    assert [each.text for each in clashes] == [
        "计票人戊是候选人，请更换",
        "监票人甲是候选人乙的近亲属，请更换",
        "唱票人丁是候选人戊的近亲属，请更换",
    ]


def test_strangers_never_clash():
    assert kinship.with_staff({"己"}, {"甲": "监票人"}, KIN, NATIONAL) == ()


def test_an_unknown_relation_is_refused():
    with pytest.raises(ValueError, match="不认识的亲属关系"):
        kinship.among_candidates("甲乙", [("甲", "乙", "friend")], NATIONAL)


def test_a_relative_who_does_not_stand_is_no_clash():
    """CT-27: from either side of the pair."""
    assert kinship.among_candidates("甲丙", KIN, NATIONAL) == ()
    assert kinship.among_candidates("乙丙", KIN, NATIONAL) == ()


def test_a_relation_nobody_named_is_told_without_its_word():
    [clash] = kinship.among_candidates("丁戊", KIN, NATIONAL)
    assert clash.text == "候选人丁与戊有近亲属关系，不能同时当选"
