"""The woman member: mode A and mode B, with equal votes and with kin."""

import pytest

from tests.elections.rules.counting.ask import ask, elected, refused

POSTS = {"chair": 1, "deputy": 1, "member": 2}
ABOVE = {"chair": {"A": 600}, "deputy": {"C": 600}}


def members(votes, *, women=("G",), **changes):
    """The members' part of a count of 1000 ballots with two men above."""
    return ask(returned=1000, **{"seats": POSTS, "women": women, "votes": {**ABOVE, "member": votes}, **changes})


def names(outcome, post="member"):
    return [name for office, name in elected(outcome) if office == post]


def test_a_woman_inside_the_normal_cut_goes_by_votes():
    outcome = members({"E": 620, "G": 590, "F": 510})
    assert names(outcome) == ["E", "G"]
    assert "先行" not in outcome["elected"][-1]["why"]


def test_no_woman_over_half_keeps_a_place():
    outcome = members({"E": 620, "F": 590, "G": 500, "H": 200}, women=("G", "H"))
    assert names(outcome) == ["E"]
    assert outcome["vacancies"] == [{"post": "member", "places": 1, "women_only": True, "rerun_candidates": ["G", "H"]}]
    assert refused(outcome, "member")["F"] == "得590票，超过参加投票1000人的半数，但委员中应当有妇女，名额先留给妇女"


def test_the_only_place_is_kept_for_a_woman():
    outcome = members({"E": 620, "G": 300}, seats={**POSTS, "member": 1})
    assert names(outcome) == []
    assert outcome["vacancies"] == [{"post": "member", "places": 1, "women_only": True, "rerun_candidates": ["G"]}]


def test_a_place_for_a_woman_and_another_place_each_have_their_candidates():
    outcome = members({"E": 480, "F": 470, "G": 460, "H": 450}, women=("G", "H"))
    assert outcome["vacancies"] == [
        {"post": "member", "places": 1, "women_only": True, "rerun_candidates": ["G", "H"]},
        {"post": "member", "places": 1, "women_only": False, "rerun_candidates": ["E", "F"]},
    ]


def test_a_woman_who_stands_for_the_womans_place_leaves_the_other_place_to_others():
    """However many votes she has: nobody stands twice in one rerun."""
    outcome = members({"G": 480, "H": 470, "E": 460, "F": 450}, women=("G", "H"))
    assert outcome["vacancies"] == [
        {"post": "member", "places": 1, "women_only": True, "rerun_candidates": ["G", "H"]},
        {"post": "member", "places": 1, "women_only": False, "rerun_candidates": ["E", "F"]},
    ]


def test_votes_for_a_man_at_a_womans_place_do_not_count():
    posts = [{"post": "woman", "seats": 1}, {"post": "member", "seats": 1}]
    outcome = ask(
        returned=1000, posts=posts, women=("G",), votes={"woman": {"G": 560, "E": 400}, "member": {"E": 510, "F": 300}}
    )
    assert outcome["totals"] == {"woman": {"G": 560}, "member": {"E": 510, "F": 300}}
    assert elected(outcome) == [("woman", "G"), ("member", "E")]


def test_equal_men_at_the_cut_do_not_matter_when_a_woman_goes_first():
    outcome = members({"E": 620, "H": 610, "F": 590, "K": 590, "G": 510}, seats={**POSTS, "member": 3})
    assert (outcome["status"], names(outcome), outcome["ties"]) == ("decided", ["G", "E", "H"], [])


def test_a_woman_equal_to_a_man_at_the_cut_goes_first():
    outcome = members({"E": 620, "F": 590, "G": 590})
    assert (outcome["status"], sorted(names(outcome)), outcome["ties"]) == ("decided", ["E", "G"], [])


def test_equal_women_vote_again_for_the_first_place():
    votes = {"E": 620, "F": 600, "L": 595, "G": 590, "H": 590}
    outcome = members(votes, women=("G", "H"), seats={**POSTS, "member": 3})
    assert names(outcome) == ["E", "F"]
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["G", "H"]}]


def test_a_man_left_over_votes_again_after_the_woman():
    outcome = members({"E": 620, "F": 590, "G": 590, "H": 590}, seats={**POSTS, "member": 3})
    assert sorted(names(outcome)) == ["E", "G"]
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["F", "H"]}]


def test_a_woman_who_is_kin_of_the_chair_does_not_satisfy_the_rule():
    outcome = members({"E": 620, "F": 590, "G": 510}, kin=[["G", "A"]])
    assert names(outcome) == ["E"]
    assert outcome["vacancies"] == [{"post": "member", "places": 1, "women_only": True, "rerun_candidates": []}]


def test_a_woman_who_is_kin_of_a_member_with_more_votes_does_not_satisfy_the_rule():
    votes = {"E": 620, "F": 590, "K": 560, "G": 510, "H": 505}
    outcome = members(votes, women=("G", "H"), kin=[["G", "E"]], seats={**POSTS, "member": 3})
    assert names(outcome) == ["H", "E", "F"]


def test_a_woman_goes_before_the_kinsman_who_would_have_given_way_anyway():
    outcome = members({"E": 620, "F": 590, "G": 510}, kin=[["G", "F"]])
    assert names(outcome) == ["G", "E"]


def test_the_reserved_post_is_for_women_and_decided_before_the_members():
    outcome = ask(
        returned=1000,
        seats={"woman": 1, "member": 2},
        women=["G", "H"],
        votes={"woman": {"G": 510, "H": 400}, "member": {"E": 620, "G": 600, "F": 590}},
        overrides={"women_mode": "B_reserved_post"},
    )
    assert elected(outcome) == [("woman", "G"), ("member", "E"), ("member", "F")]


def test_mode_b_has_no_priority_among_members():
    outcome = members({"E": 620, "F": 590, "G": 510}, overrides={"women_mode": "B_reserved_post"})
    assert names(outcome) == ["E", "F"]


def test_mode_b_a_woman_may_also_win_an_ordinary_place():
    outcome = ask(
        returned=1000,
        seats={"woman": 1, "member": 1},
        women=["G", "H"],
        votes={"woman": {"G": 510, "H": 400}, "member": {"H": 620, "E": 300}},
        overrides={"women_mode": "B_reserved_post"},
    )
    assert elected(outcome) == [("woman", "G"), ("member", "H")]


def test_both_modes_a_man_in_the_womens_post_is_void_and_the_priority_stands():
    outcome = ask(
        returned=1000,
        seats={"woman": 1, "member": 2},
        women=["G", "H"],
        votes={"woman": {"G": 500, "K": 490}, "member": {"E": 620, "F": 590, "H": 510}},
        overrides={"women_mode": "both"},
    )
    assert elected(outcome) == [("member", "H"), ("member", "E")]
    assert refused(outcome, "woman")["K"] == "名额只能由妇女当选，所得490票无效"
    assert outcome["vacancies"] == [{"post": "woman", "places": 1, "women_only": True, "rerun_candidates": ["G"]}]


@pytest.mark.parametrize(("votes", "winners"), [(400, ["G"]), (317, ["G"]), (316, [])])
def test_the_rerun_of_a_womens_place_is_for_women_only(votes, winners):
    outcome = ask(
        round="rerun",
        returned=950,
        posts=[{"post": "member", "seats": 1, "women_only": True}],
        women=["G"],
        votes={"member": {"F": 500, "G": votes}},
        registered=1500,
    )
    assert names(outcome) == winners
    assert refused(outcome, "member")["F"] == "名额只能由妇女当选，所得500票无效"
    if not winners:
        assert [(each["places"], each["women_only"]) for each in outcome["vacancies"]] == [(1, True)]


def test_residents_committees_have_the_same_rule_and_the_party_has_none():
    residents = members({"E": 620, "F": 590, "G": 510}, body="residents")
    assert names(residents) == ["G", "E"]
    party = {"body": "party", "due": 40, "present": 40, "issued": 40, "returned": 40, "seats": {"member": 2}}
    outcome = ask(**party, women=["g"], votes={"member": {"e": 30, "f": 29, "g": 21}})
    assert [name for _, name in elected(outcome)] == ["e", "f"]
