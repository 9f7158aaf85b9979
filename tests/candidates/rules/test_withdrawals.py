"""Who stands: the most nominated, a woman among them, the next after a withdrawal (NM-03, NM-11, NM-13)."""

from hypothesis import given
from hypothesis import strategies as st

from candidates.rules.withdrawals import Chosen, after_withdrawal, most_nominated, with_woman
from elections.rules import policy

NATIONAL = policy.load()
ADDING = policy.load(overrides={"women_candidate_slot": "add_extra"})
VOTES = {"王一": 40, "李二": 30, "张三": 30, "丁四": 20, "白五": 0}


def test_the_most_nominated_stand():
    assert most_nominated(VOTES, 3) == Chosen(("王一", "张三", "李二"))
    assert most_nominated(VOTES, 9).names == ("王一", "张三", "李二", "丁四")


def test_equals_at_the_cut_are_left_to_people():
    assert most_nominated(VOTES, 2) == Chosen(("王一",), ("张三", "李二"), 1)
    assert most_nominated(VOTES, 0) == Chosen(())


def test_the_woman_with_most_nominations_replaces_the_last_or_is_added():
    """NM-11."""
    on_list = ("王一", "张三", "李二")
    assert with_woman(on_list, VOTES, {"丁四"}, NATIONAL).names == ("王一", "张三", "丁四")
    assert with_woman(on_list, VOTES, {"丁四"}, ADDING).names == (*on_list, "丁四")
    assert with_woman(on_list, VOTES, {"李二", "丁四"}, NATIONAL).names == on_list
    assert with_woman(on_list, VOTES, {"白五"}, NATIONAL).names == on_list


def test_two_women_with_equal_nominations_are_left_to_people():
    votes = VOTES | {"何六": 20}
    assert with_woman(("王一",), votes, {"丁四", "何六"}, ADDING) == Chosen(("王一",), ("丁四", "何六"), 1)


def test_the_next_by_nominations_follows_who_withdrew():
    """NM-13."""
    on_list = ("王一", "李二")
    assert after_withdrawal(on_list, {"李二"}, VOTES, set(VOTES)).names == ("张三",)
    assert after_withdrawal(on_list, {"王一", "李二"}, VOTES, set(VOTES)).names == ("张三", "丁四")
    assert after_withdrawal(on_list, {"李二"}, VOTES, {"丁四"}).names == ("丁四",)
    assert after_withdrawal(on_list, {"张三"}, VOTES, set(VOTES)).names == ()


def test_two_of_one_name_are_two():
    votes = {("王伟", 1): 30, ("王伟", 2): 20, ("李二", 3): 10}
    assert after_withdrawal([("王伟", 1)], {("王伟", 1)}, votes, set(votes)).names == (("王伟", 2),)
    assert after_withdrawal([("王伟", 1), ("王伟", 2)], {("王伟", 2)}, votes, set(votes)).names == (("李二", 3),)


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊己庚辛"), st.integers(0, 5)), st.integers(0, 8))
def test_nobody_with_more_nominations_is_left_out(votes, number):
    on_list = most_nominated(votes, number)
    chosen = {*on_list.names, *on_list.equal}
    assert len(on_list.names) + on_list.places <= number
    assert all(votes[out] <= votes[name] for name in chosen for out in votes.keys() - chosen if votes[out])
    assert len(on_list.names) + on_list.places == min(number, sum(count > 0 for count in votes.values()))
