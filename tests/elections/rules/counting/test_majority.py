"""Thresholds against exact fractions, both sides of every limit, for every small number."""

from fractions import Fraction

import pytest

from elections.rules.counting.majority import at_least, least, more_than, over_half, share_words
from tests.elections.rules.counting.ask import ask

SMALL = range(1, 61)
SHARES = [Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(4, 5), Fraction(1, 10)]


def test_over_half_for_every_small_number():
    for whole in SMALL:
        for part in range(whole + 1):
            assert over_half(part, whole) == (Fraction(part, whole) > Fraction(1, 2))


@pytest.mark.parametrize("share", SHARES)
def test_shares_for_every_small_number(share):
    for whole in SMALL:
        for part in range(whole + 1):
            assert at_least(part, share, whole) == (Fraction(part, whole) >= share)
            assert more_than(part, share, whole) == (Fraction(part, whole) > share)
        assert at_least(least(share, whole), share, whole)
        assert not at_least(least(share, whole) - 1, share, whole)


def test_quorum_of_a_round_for_every_small_number():
    for registered in SMALL:
        for returned in range(registered + 1):
            outcome = ask(registered=registered, returned=returned, seats={"chair": 1}, votes={"chair": {}})
            valid = Fraction(returned, registered) > Fraction(1, 2)
            assert outcome["reasons"] == ([] if valid else ["NO_QUORUM"])


def test_half_of_the_ballots_for_every_small_number():
    for returned in SMALL:
        for votes in range(returned + 1):
            outcome = ask(registered=returned, returned=returned, seats={"chair": 1}, votes={"chair": {"A": votes}})
            assert bool(outcome["elected"]) == (Fraction(votes, returned) > Fraction(1, 2))
            assert outcome["need"] == returned // 2 + 1


def test_one_third_in_a_rerun_for_every_small_number():
    for returned in SMALL:
        for votes in range(1, returned + 1):
            question = {"round": "rerun", "registered": returned, "returned": returned, "seats": {"deputy": 1}}
            outcome = ask(**question, votes={"deputy": {"A": votes}})
            assert bool(outcome["elected"]) == (Fraction(votes, returned) >= Fraction(1, 3))
            assert outcome["need"] == -(-returned // 3)


def test_the_partys_quorum_and_half_for_every_small_number():
    for due in range(1, 41):
        for present in range(due + 1):
            question = {"body": "party", "due": due, "present": present, "returned": present, "seats": {"member": 1}}
            outcome = ask(**question, votes={"member": {"a": present}})
            quorum = Fraction(present, due) >= Fraction(4, 5)
            assert outcome["reasons"] == ([] if quorum else ["NO_QUORUM"])
            assert bool(outcome["elected"]) == quorum


@pytest.mark.parametrize(
    ("way", "registered", "returned", "valid"),
    [
        ("voters", 100, 50, False),
        ("voters", 100, 51, True),
        ("households", 100, 50, False),
        ("households", 100, 51, True),
        ("representatives", 60, 40, False),
        ("representatives", 60, 41, True),
    ],
)
def test_residents_vote_in_three_ways(way, registered, returned, valid):
    question = {"body": "residents", "way": way, "registered": registered, "returned": returned, "seats": {"chair": 1}}
    outcome = ask(**question, votes={"chair": {"A": returned}})
    assert outcome["reasons"] == ([] if valid else ["NO_QUORUM"])
    if valid:
        assert outcome["elected"][0]["cite"] == "《城市居民委员会组织法》第十九条第二款"


@pytest.mark.parametrize(
    ("share", "words"),
    [(Fraction(1, 3), "三分之一"), (Fraction(4, 5), "五分之四"), (Fraction(7, 20), "20分之七")],
)
def test_shares_in_words(share, words):
    assert share_words(share) == words


@pytest.mark.parametrize(("body", "whose"), [("committee", "参加投票"), ("residents", "参加投票的代表")])
def test_only_residents_are_elected_by_representatives(body, whose):
    outcome = ask(
        body=body, way="representatives", registered=10, returned=10, seats={"chair": 1}, votes={"chair": {"A": 6}}
    )
    assert outcome["elected"][0]["why"] == f"得6票，超过{whose}10人的半数"
