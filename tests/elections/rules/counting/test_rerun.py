"""Reruns: who stands, who wins, what follows when places stay open."""

import pytest

from elections.rules.counting.rerun import Next, candidates, next_step
from elections.rules.policy import load
from tests.elections.rules.counting.ask import ask, elected, refused


@pytest.mark.parametrize(
    ("votes", "chosen"),
    [
        ({"G": 480, "H": 300, "K": 120}, ("G", "H")),
        ({"G": 480, "H": 300, "K": 300}, ("G", "H", "K")),
        ({"G": 480, "H": 480, "K": 480, "L": 1}, ("G", "H", "K")),
        ({"G": 480}, ("G",)),
        ({"G": 480, "H": 0}, ("G",)),
        ({}, ()),
    ],
)
def test_one_more_than_places_and_equals_at_the_end_all_stand(votes, chosen):
    assert candidates(votes, 1, 1) == chosen


def test_the_most_votes_win_and_a_third_is_enough():
    outcome = ask(
        round="rerun",
        returned=950,
        registered=1500,
        posts=[{"post": "member", "seats": 1, "candidates": ["G", "H"]}],
        seated=[{"post": "deputy", "name": "C"}],
        votes={"member": {"G": 317, "H": 316, "X": 300, "C": 17}},
    )
    assert (outcome["status"], outcome["need"], elected(outcome)) == ("decided", 317, [("member", "G")])
    assert outcome["elected"][0]["why"] == "得317票，不少于已投选票950张的三分之一，得票较多"
    assert outcome["elected"][0]["cite"] == "《村民委员会组织法》第十八条第二款"
    assert refused(outcome, "member") == {
        "H": "得316票，少于已投选票950张的三分之一（需317票）",
        "X": "不是本次投票的候选人，所得300票无效",
        "C": "在此前的投票中已经当选，所得17票无效",
    }


def test_who_sits_already_does_not_stand_again():
    votes = {"member": {"C": 400, "G": 200, "H": 100, "K": 50}}
    outcome = ask(
        round="rerun", returned=900, seats={"member": 1}, seated=[{"post": "member", "name": "C"}], votes=votes
    )
    assert outcome["vacancies"][0]["rerun_candidates"] == ["G", "H"]


def test_a_write_in_may_win_the_first_round_but_not_the_rerun():
    post = {"post": "chair", "seats": 1, "candidates": ["A", "B"]}
    question = {"returned": 1000, "posts": [post], "votes": {"chair": {"X": 600, "A": 200, "B": 150}}}
    assert elected(ask(**question)) == [("chair", "X")]
    assert elected(ask(**question, round="rerun")) == []


def test_a_tie_in_the_rerun_with_a_third_each_votes_again():
    outcome = ask(round="rerun", returned=900, seats={"member": 1}, votes={"member": {"G": 300, "H": 300, "K": 299}})
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["G", "H"]}]
    assert refused(outcome, "member") == {"K": "得299票，少于已投选票900张的三分之一（需300票）"}


def test_a_tie_in_the_second_vote_stays_a_tie():
    outcome = ask(round="tie", returned=900, seats={"member": 1}, votes={"member": {"G": 400, "H": 400}})
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["G", "H"]}]


def test_two_ties_of_one_office_are_decided_each_for_itself():
    posts = [
        {"post": "member", "seats": 1, "candidates": ["E", "F"]},
        {"post": "member", "seats": 1, "candidates": ["G", "H"]},
    ]
    votes = {"member": {"E": 50, "F": 40, "G": 10, "H": 9}}
    outcome = ask(round="tie", returned=60, posts=posts, votes=votes)
    assert elected(outcome) == [("member", "E"), ("member", "G")]


def test_equal_votes_that_do_not_matter_are_both_elected():
    outcome = ask(returned=1000, seats={"deputy": 2}, votes={"deputy": {"A": 600, "B": 600}})
    assert (outcome["status"], elected(outcome)) == ("decided", [("deputy", "A"), ("deputy", "B")])


def test_a_rerun_with_a_womans_place_and_another():
    posts = [
        {"post": "member", "seats": 1, "women_only": True, "candidates": ["G", "H"]},
        {"post": "member", "seats": 1, "candidates": ["E", "F"]},
    ]
    votes = {"member": {"E": 500, "F": 490, "G": 400, "H": 300}}
    outcome = ask(round="rerun", returned=900, posts=posts, women=["G", "H"], votes=votes)
    assert sorted(elected(outcome)) == [("member", "E"), ("member", "G")]
    assert outcome["status"] == "decided"


@pytest.mark.parametrize(
    ("seated", "missing", "held", "following"),
    [
        (5, 0, 0, Next.COMPLETE),
        (2, 3, 0, Next.RERUN),
        (4, 1, 0, Next.RERUN),
        (3, 2, 1, Next.VILLAGE_DECIDES),
        (2, 3, 1, Next.VOTE_AGAIN),
        (0, 5, 1, Next.VOTE_AGAIN),
    ],
)
def test_what_follows(seated, missing, held, following):
    assert next_step(seated, missing, held, load()) is following


def test_more_reruns_where_the_pack_allows_them():
    assert next_step(3, 2, 1, load(overrides={"max_reruns": 2})) is Next.RERUN
