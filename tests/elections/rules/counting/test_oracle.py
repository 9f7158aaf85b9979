"""Thousands of small elections against the plain reference order, and against their own order of entry."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.elections.rules.counting import oracle
from tests.elections.rules.counting.ask import decide
from tests.pace import ORACLE_ELECTIONS

NAMES = ["A", "B", "C", "D", "E", "F"]


@st.composite
def elections(draw):
    """A round of 5 to 13 ballots with many equal votes around the limits, women and relatives."""
    returned = draw(st.integers(5, 13))
    seats = {"chair": 1, "deputy": draw(st.integers(1, 2)), "member": draw(st.integers(1, 3))}
    women = draw(st.sets(st.sampled_from(NAMES), max_size=3))
    pairs = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])
    return {
        "round": draw(st.sampled_from(["first", "rerun"])),
        "registered": returned + draw(st.integers(0, returned - 1)),
        "issued": returned,
        "returned": returned,
        "posts": [{"post": post, "seats": places} for post, places in seats.items()],
        "people": [{"name": name, "sex": "F" if name in women else "M"} for name in NAMES],
        "kin": [list(pair) for pair in draw(st.lists(pairs, max_size=4))],
        "votes": {post: draw(_votes(returned, places)) for post, places in seats.items()},
    }


@st.composite
def _votes(draw, returned, places):
    left, votes = returned * places, {}
    around_the_limit = st.sampled_from([0, -(-returned // 3), returned // 2, returned // 2 + 1, returned // 2 + 2])
    for name in draw(st.permutations(NAMES)):
        votes[name] = min(draw(around_the_limit), left)
        left -= votes[name]
    return votes


@settings(max_examples=ORACLE_ELECTIONS, deadline=None)
@given(elections())
def test_what_every_order_among_equals_gives_is_decided_and_the_rest_is_open(question):
    outcome = decide(question)
    lawful = oracle.results(question)
    sure, possible = frozenset.intersection(*lawful), frozenset.union(*lawful)
    assert {(each["post"], each["name"]) for each in outcome["elected"]} == sure
    undecided = [*outcome["ties"], *outcome["waiting"]]
    assert {(each["post"], name) for each in undecided for name in each["names"]} == possible - sure


@settings(max_examples=ORACLE_ELECTIONS, deadline=None)
@given(elections(), st.randoms())
def test_the_order_of_entry_changes_nothing(question, chance: random.Random):
    def shuffled(things):
        return chance.sample(list(things), len(things))

    again = {
        **question,
        "posts": shuffled(question["posts"]),
        "people": shuffled(question["people"]),
        "kin": [shuffled(pair) for pair in shuffled(question["kin"])],
        "votes": {post: dict(shuffled(votes.items())) for post, votes in shuffled(question["votes"].items())},
    }
    assert decide(again) == decide(question)


@settings(max_examples=ORACLE_ELECTIONS, deadline=None)
@given(elections())
def test_every_place_is_accounted_for(question):
    outcome = decide(question)
    places = sum(post["seats"] for post in question["posts"])
    known = len(outcome["elected"]) + sum(each["places"] for each in (*outcome["ties"], *outcome["vacancies"]))
    assert known <= places if outcome["ties"] else known == places
    assert all(len(each["names"]) > each["places"] for each in outcome["ties"])
    tied = [(each["post"], name) for each in outcome["ties"] for name in each["names"]]
    assert len(tied) == len(set(tied))
    assert not outcome["waiting"] or outcome["ties"]
    assert (outcome["status"] == "decided") == (len(outcome["elected"]) == places)


@settings(max_examples=ORACLE_ELECTIONS, deadline=None)
@given(elections())
def test_nobody_sits_twice_or_beside_kin_or_without_the_votes(question):
    outcome = decide(question)
    names = [each["name"] for each in outcome["elected"]]
    assert len(names) == len(set(names))
    assert not any(set(pair) <= set(names) for pair in question["kin"])
    assert all(each["total"] >= outcome["need"] for each in outcome["elected"])


@settings(max_examples=ORACLE_ELECTIONS, deadline=None)
@given(elections())
def test_settling_every_tie_by_second_votes_leaves_no_tie(question):
    settled = []
    for _ in range(10):
        outcome = decide({**question, "settled": settled})
        if not outcome["ties"]:
            break
        settled += [seat for tie in outcome["ties"] for seat in _second_vote(tie, question["kin"])]
    assert outcome["ties"] == outcome["waiting"] == []
    assert {(each["post"], each["name"]) for each in outcome["elected"]} in oracle.results(question)


def _second_vote(tie, kin):
    """Who wins when the equals vote again and the first by name gets most votes."""
    votes = {name: 10 - place for place, name in enumerate(tie["names"])}
    post = {"post": tie["post"], "seats": tie["places"], "candidates": tie["names"]}
    question = {"round": "tie", "issued": 99, "returned": 99, "posts": [post], "kin": kin}
    elected = decide({**question, "votes": {tie["post"]: votes}})["elected"]
    return [{"post": each["post"], "name": each["name"]} for each in elected]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["A", "B", "C", ""]), min_size=1, max_size=12), st.randoms())
def test_the_order_of_ballots_changes_nothing(marks, chance: random.Random):
    ballots = [{"marks": {"chair": [name] if name else []}} for name in marks]
    question = {"registered": len(marks), "issued": len(marks), "posts": [{"post": "chair", "seats": 1}]}
    again = chance.sample(ballots, len(ballots))
    assert decide({**question, "ballots": again}) == decide({**question, "ballots": ballots})
