"""Who quits the election committee and who follows (EC-05, EC-06, EC-09…12)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import election_committee, policy
from elections.rules.counting.kin import RELATIONS
from elections.rules.facts import ElectionCommitteeMemberFacts

NATIONAL = policy.load()
OLD = policy.load("national-2018")
WIDE = policy.load(overrides={"kin_scope": "wide"})
STRICT = policy.load(overrides={"ec_kin_rule": "forbid"})
CHAIR = ElectionCommitteeMemberFacts("李", "chair", 60)
RESERVES = [ElectionCommitteeMemberFacts("唐", "reserve", 28), ElectionCommitteeMemberFacts("胡", "reserve", 31)]
SEVEN = [CHAIR, ElectionCommitteeMemberFacts("白", "deputy", 55)] + [
    ElectionCommitteeMemberFacts(name, "member", 50) for name in ("徐", "周", "甲", "乙", "丙")
]


def change(*nominated, kin=(), pack=NATIONAL, members=SEVEN, reserves=RESERVES):
    return election_committee.election_committee_change([*members, *reserves], set(nominated), kin, pack)


def test_a_nominated_chair_leaves_the_next_reserve_follows_and_a_chair_is_elected():
    after = change("李")
    assert [(each.name, each.why) for each in after.leaves] == [("李", "本人被提名为候选人")]
    assert after.follows == ("胡",)
    assert after.new_chair_needed
    assert (after.remaining, after.unfilled, after.new_deputy_needed) == (7, 0, False)


def test_a_nominated_daughter_takes_her_father_off_under_the_new_text_only():
    kin = [("徐", "徐小妹", "child")]
    assert [(each.name, each.why) for each in change("徐小妹", kin=kin).leaves] == [
        ("徐", "其近亲属徐小妹（子女）被提名为候选人")
    ]
    assert change("徐小妹", kin=kin, pack=OLD).nothing_changes
    assert not change("徐", kin=kin, pack=OLD).nothing_changes


def test_a_sister_in_law_is_no_near_relative_unless_the_scope_is_wide():
    kin = [("周", "吴", "sister_in_law")]
    assert change("吴", kin=kin).nothing_changes
    assert [each.name for each in change("吴", kin=kin, pack=WIDE).leaves] == ["周"]


def test_the_relation_is_read_from_both_sides():
    after = change("徐父", kin=[("徐父", "徐", "child")])
    assert after.leaves[0].why == "其近亲属徐父（父母）被提名为候选人"


def test_a_pair_without_a_relation_is_near_kin():
    after = change("徐二", kin=[("徐", "徐二", None)])
    assert after.leaves[0].why == "其近亲属徐二被提名为候选人"


def test_the_article_follows_the_edition():
    assert change("李").leaves[0].cite == "《村民委员会组织法》第十五条第三款"
    assert change("李", pack=OLD).leaves[0].cite == "《村民委员会组织法》第十二条第三款"


def test_a_deputy_who_leaves_is_replaced_in_the_post_too():
    after = change("白")
    assert (after.new_chair_needed, after.new_deputy_needed) == (False, True)


def test_a_nominated_reserve_is_passed_over():
    after = change("李", "胡")
    assert after.follows == ("唐",)
    assert [(each.name, each.why) for each in after.passed_over] == [("胡", "本人被提名为候选人")]


@pytest.mark.parametrize("pair", [("胡", "甲", "sibling"), ("甲", "胡", "sibling")])
def test_a_reserve_who_is_kin_of_a_member_follows_only_where_that_is_not_forbidden(pair):
    """EC-06, whichever of the two was written down first."""
    kin = [pair]
    assert change("李", kin=kin).follows == ("胡",)
    after = change("李", kin=kin, pack=STRICT)
    assert after.follows == ("唐",)
    assert after.passed_over[0].why == "与成员甲有近亲属关系，不能同时担任"


def test_equal_reserves_are_put_in_order_by_people():
    equal = [ElectionCommitteeMemberFacts("胡", "reserve", 30), ElectionCommitteeMemberFacts("唐", "reserve", 30)]
    after = change("李", reserves=equal)
    assert (after.follows, after.unfilled) == ((), 1)
    assert after.equal == election_committee.EqualReserves(1, ("胡", "唐"))
    assert change("李", "白", reserves=equal).follows == ("胡", "唐")


def test_two_equal_reserves_who_are_kin_cannot_both_follow():
    equal = [ElectionCommitteeMemberFacts("胡", "reserve", 30), ElectionCommitteeMemberFacts("唐", "reserve", 30)]
    after = change("李", "白", reserves=equal, kin=[("胡", "唐", "spouse")], pack=STRICT)
    assert after.equal == election_committee.EqualReserves(1, ("胡", "唐"))


@pytest.mark.parametrize("pair", [("胡", "外人", "spouse"), ("外人", "唐", "spouse"), ("外人", "旁人", "spouse")])
def test_equal_reserves_are_not_stopped_by_kin_who_is_no_reserve(pair):
    equal = [ElectionCommitteeMemberFacts("胡", "reserve", 30), ElectionCommitteeMemberFacts("唐", "reserve", 30)]
    after = change("李", "白", reserves=equal, kin=[pair], pack=STRICT)
    assert (after.follows, after.equal) == (("胡", "唐"), None)


def test_too_few_reserves_leave_places_open_and_below_three_stops_the_work():
    """EC-10, EC-12."""
    three = SEVEN[:3]
    after = change("李", members=three, reserves=[])
    assert (after.remaining, after.unfilled) == (2, 1)
    assert after.too_small == "选举委员会不得少于3人，现有2人，请先补足"
    assert change("李", members=three, reserves=RESERVES[:1]).too_small is None


def test_nobody_moves_without_a_nomination():
    after = change("外人")
    assert after.nothing_changes
    assert (after.follows, after.passed_over, after.remaining, after.too_small) == ((), (), 7, None)


NAMES = st.sampled_from([member.name for member in (*SEVEN, *RESERVES)] + ["外", "人"])
KIN = st.lists(st.tuples(NAMES, NAMES, st.sampled_from(sorted(RELATIONS))), max_size=6)


@given(st.sets(NAMES, max_size=5), KIN, st.sampled_from([NATIONAL, OLD, WIDE, STRICT]))
def test_applying_a_change_and_asking_again_changes_nothing(nominated, kin, pack):
    after = change(*nominated, kin=kin, pack=pack)
    gone = {each.name for each in after.leaves}
    serving = [member for member in SEVEN if member.name not in gone]
    moved_up = [ElectionCommitteeMemberFacts(name, "member", 1) for name in after.follows]
    waiting = [each for each in RESERVES if each.name not in after.follows]
    again = change(*nominated, kin=kin, pack=pack, members=[*serving, *moved_up], reserves=waiting)
    assert again.nothing_changes
    assert not gone & set(after.follows)
    assert after.remaining == len(serving) + len(moved_up) == 7 - after.unfilled


@pytest.mark.parametrize(
    ("serving", "reason"),
    [(2, "选举委员会不得少于3人，现有2人，请先补足"), (3, None), (9, None), (10, "选举委员会最多9人，现有10人")],
)
def test_the_committee_has_three_to_nine_members(serving, reason):
    assert election_committee.why_not_so_many(serving, NATIONAL) == reason


def test_an_odd_number_is_advisable():
    assert election_committee.why_not_an_even_number(7, NATIONAL) is None
    assert election_committee.why_not_an_even_number(6, NATIONAL) == "选举委员会人数以单数为宜，现有6人"
    assert (
        election_committee.why_not_an_even_number(4, NATIONAL)
        and election_committee.why_not_an_even_number(2, NATIONAL) is None
    )  # too few says it all
    assert election_committee.why_not_an_even_number(6, policy.load(overrides={"ec_size_odd": "off"})) is None


def test_kin_on_the_committee_are_named_with_their_relation():
    kin = [("甲", "乙", "spouse"), ("甲", "丙", "cousin")]
    assert election_committee.why_not_beside_kin(kin, NATIONAL) == "选举委员会成员之间有近亲属关系：甲与乙（配偶）"
    assert election_committee.why_not_beside_kin(kin, WIDE) == (
        "选举委员会成员之间有近亲属关系：甲与乙（配偶）、甲与丙（堂（表）兄弟姐妹）"
    )
    assert election_committee.why_not_beside_kin([], NATIONAL) is None


def test_every_relation_has_its_word():
    assert election_committee.WORDS.keys() == RELATIONS
