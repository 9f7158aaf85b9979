"""Near relatives: who is one, and who gives way."""

import pytest

from elections.rules.counting.kin import NEAR, RELATIONS, WIDE, Relation, near_kin, near_relatives
from tests.elections.rules.counting.ask import ask, elected, refused


def test_in_laws_are_near_only_where_the_scope_is_wide():
    assert {each for each in RELATIONS if near_kin(each)} == NEAR
    assert {each for each in RELATIONS if near_kin(each, "wide")} == NEAR | WIDE


def test_a_pair_without_relation_is_near():
    assert near_kin(None)
    assert near_kin("")


def test_an_unknown_relation_is_refused():
    with pytest.raises(ValueError, match="不认识的亲属关系：friend"):
        near_kin("friend")


def test_kinship_goes_both_ways_and_nobody_is_his_own_kin():
    kin = near_relatives([Relation("A", "B", "parent"), Relation("C", "C", None)], "civil_code_1045")
    assert kin.among("A", ["A", "B"]) == {"B"}
    assert kin.among("B", ["A", "B"]) == {"A"}
    assert kin.apart(["A", "C"])
    assert not kin.apart(["A", "B"])


def count(votes, kin, **changes):
    question = {"returned": 1000, "seats": {"chair": 1, "member": 2}, "women": ["G"], "kin": kin, "votes": votes}
    return ask(**{**question, **changes})


def test_the_higher_post_stays():
    outcome = count({"chair": {"A": 510}, "member": {"E": 800, "F": 600, "G": 550}}, [["E", "A", "child"]])
    assert elected(outcome) == [("chair", "A"), ("member", "F"), ("member", "G")]
    assert refused(outcome, "member")["E"] == "得800票，超过参加投票1000人的半数，但与当选的A有近亲属关系，应当回避"


def test_in_one_post_more_votes_stay():
    outcome = count({"chair": {"A": 510}, "member": {"E": 620, "F": 600, "G": 550}}, [["E", "F", "sibling"]])
    assert elected(outcome) == [("chair", "A"), ("member", "E"), ("member", "G")]


def test_nobody_over_half_moves_up():
    outcome = count({"member": {"E": 620, "F": 600, "G": 500}}, [["E", "F"]], seats={"member": 2}, women=["E"])
    assert elected(outcome) == [("member", "E")]
    assert outcome["vacancies"] == [{"post": "member", "places": 1, "women_only": False, "rerun_candidates": ["G"]}]


def test_kin_of_the_elected_do_not_stand_in_the_rerun():
    votes = {"chair": {"A": 510}, "member": {"G": 600, "E": 490, "F": 480, "H": 400}}
    outcome = count(votes, [["E", "A"]])
    assert outcome["vacancies"][0]["rerun_candidates"] == ["F", "H"]


def test_in_laws_may_sit_together_unless_the_scope_is_wide():
    votes = {"chair": {"A": 510}, "member": {"E": 620, "G": 600, "F": 550}}
    kin = [["E", "A", "brother_in_law"]]
    assert elected(count(votes, kin))[1:] == [("member", "E"), ("member", "G")]
    assert elected(count(votes, kin, overrides={"kin_scope": "wide"}))[1:] == [("member", "G"), ("member", "F")]


def test_the_2018_text_does_not_bar_kin():
    votes = {"chair": {"A": 510}, "member": {"E": 620, "G": 600, "F": 550}}
    outcome = count(votes, [["E", "A"]], policy="national-2018")
    assert elected(outcome)[1:] == [("member", "E"), ("member", "G")]
    assert outcome["elected"][0]["cite"] == "《村民委员会组织法》第十五条第二款"


def test_kin_with_equal_votes_vote_again_and_the_other_place_is_filled():
    outcome = count({"member": {"E": 600, "F": 600, "G": 550}}, [["E", "F"]], seats={"member": 2})
    assert elected(outcome) == [("member", "G")]
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["E", "F"]}]


def test_kin_of_a_tied_person_wait_for_the_second_vote():
    question = {
        "round": "rerun",
        "returned": 900,
        "seats": {"chair": 1, "member": 1},
        "kin": [["E", "A"]],
        "votes": {"chair": {"A": 400, "B": 400}, "member": {"E": 500, "F": 300}},
    }
    outcome = ask(**question)
    assert outcome["elected"] == []
    assert outcome["ties"] == [{"post": "chair", "places": 1, "names": ["A", "B"]}]
    assert outcome["waiting"] == [{"post": "member", "names": ["E", "F"]}]
    assert outcome["vacancies"] == []
    won_by_a = ask(**question, settled=[{"post": "chair", "name": "A"}])
    assert elected(won_by_a) == [("chair", "A"), ("member", "F")]
    won_by_b = ask(**question, settled=[{"post": "chair", "name": "B"}])
    assert elected(won_by_b) == [("chair", "B"), ("member", "E")]


def test_kin_of_those_seated_before_cannot_win_the_rerun():
    outcome = ask(
        round="rerun",
        returned=900,
        seats={"member": 1},
        kin=[["E", "A"]],
        seated=[{"post": "chair", "name": "A"}],
        votes={"member": {"E": 500, "F": 400}},
    )
    assert elected(outcome) == [("member", "F")]


def test_the_partys_committee_has_no_such_rule():
    party = {"body": "party", "due": 40, "present": 40, "issued": 40, "returned": 40, "seats": {"member": 2}}
    outcome = ask(**party, kin=[["a", "b"]], votes={"member": {"a": 30, "b": 29}})
    assert len(outcome["elected"]) == 2
