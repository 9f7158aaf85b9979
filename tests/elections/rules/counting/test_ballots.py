"""Single ballots: what counts on them."""

import pytest

from tests.elections.rules.counting.ask import ask


def count(*ballots, **changes):
    """Totals, invalid and blank of a pile of ballots for chair 1, deputy 1, members 2; everyone voted."""
    outcome = ask(
        registered=len(ballots),
        returned=len(ballots),
        **{"seats": {"chair": 1, "deputy": 1, "member": 2}, "ballots": list(ballots), **changes},
    )
    totals = {post: votes for post, votes in outcome["totals"].items() if votes}
    return totals, outcome["invalid_ballots"], outcome["blank_ballots"]


def marks(**posts):
    return {"marks": posts}


TWICE = marks(chair=["A"], deputy=["A"], member=["E", "A"])


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("void_for_person", ({"member": {"E": 1}}, 0, 0)),
        ("count_highest", ({"chair": {"A": 1}, "member": {"E": 1}}, 0, 0)),
        ("void_ballot", ({}, 1, 0)),
    ],
)
def test_the_same_person_for_several_posts(rule, expected):
    assert count(TWICE, overrides={"dup_person_rule": rule}) == expected


def test_a_name_in_a_void_part_is_not_a_second_mark():
    assert count(marks(chair=["A", "B"], deputy=["A"])) == ({"deputy": {"A": 1}}, 0, 0)


def test_the_same_name_twice_for_one_post_is_one_name():
    assert count(marks(member=["E", "E", "F"])) == ({"member": {"E": 1, "F": 1}}, 0, 0)


def test_fewer_names_than_places_are_valid():
    assert count(marks(member=["E"])) == ({"member": {"E": 1}}, 0, 0)


def test_an_illegible_part_leaves_the_others_valid():
    assert count({**marks(chair=["A"], deputy=["D"]), "unreadable": ["chair"]}) == ({"deputy": {"D": 1}}, 0, 0)


def test_a_ballot_illegible_throughout_is_invalid():
    assert count({"unreadable": ["chair", "deputy", "member"]}) == ({}, 1, 0)


def test_a_spoilt_ballot_is_invalid_even_when_empty():
    assert count({"spoilt": "not_official"}, {**marks(chair=["A"]), "spoilt": "torn"}) == ({}, 2, 0)


def test_a_void_write_in_leaves_the_rest():
    people = [{"name": "Z", "on_roll": False}, {"name": "Y", "barred": True}]
    assert count(marks(chair=["Z"], deputy=["Y"], member=["E"]), people=people) == ({"member": {"E": 1}}, 0, 0)


def test_a_void_write_in_for_two_posts_does_not_void_the_ballot():
    people, rule = [{"name": "Z", "on_roll": False}], {"dup_person_rule": "void_ballot"}
    twice = marks(chair=["Z"], deputy=["Z"], member=["E"])
    assert count(twice, people=people, overrides=rule) == ({"member": {"E": 1}}, 0, 0)


def test_a_void_write_in_still_counts_as_a_name():
    people = [{"name": "Z", "on_roll": False}]
    assert count(marks(member=["E", "F", "Z"]), people=people) == ({}, 0, 0)


@pytest.mark.parametrize(("rule", "invalid", "blank"), [("abstain", 0, 1), ("invalid", 1, 0)])
def test_a_blank_ballot_is_an_abstention_or_invalid_and_stays_returned(rule, invalid, blank):
    ballots = [marks(chair=["A"]), marks(chair=["A"]), {"marks": {"chair": []}}, marks(chair=["B"])]
    outcome = ask(
        registered=4,
        returned=4,
        seats={"chair": 1},
        ballots=ballots,
        overrides={"blank_ballot_class": rule},
    )
    assert (outcome["invalid_ballots"], outcome["blank_ballots"]) == (invalid, blank)
    assert (outcome["need"], outcome["elected"]) == (3, [])


def test_only_women_count_for_the_womens_post():
    people = [{"name": "G", "sex": "F"}]
    ballots = [marks(woman=["G"]), marks(woman=["E"])]
    totals, _, _ = count(*ballots, seats={"woman": 1}, people=people)
    assert totals == {"woman": {"G": 1}}


def test_the_party_voids_the_whole_ballot_whatever_the_pack_says():
    party = {"body": "party", "due": 2, "present": 2, "seats": {"secretary": 1, "member": 1}}
    ballots = [marks(secretary=["a"], member=["b", "c"]), marks(secretary=["a"], member=["b"])]
    assert count(*ballots, **party) == ({"secretary": {"a": 1}, "member": {"b": 1}}, 1, 0)


def test_returned_is_the_number_of_ballots_when_not_said():
    outcome = ask(registered=3, issued=3, seats={"chair": 1}, ballots=[marks(chair=["A"])] * 2)
    assert outcome["need"] == 2
