"""What older rounds left in the database is read and written again byte for byte, and decided as it was decided.

``stored_rounds.jsonl``: rounds confirmed before the texts had types, with the figures and the pack of each;
``stored_outcomes.jsonl``: outcomes of other counts, the Party's among them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import policy
from elections.rules.counting import stored
from elections.rules.counting.decide import decide
from elections.rules.counting.kin import RELATIONS, Relation
from elections.rules.counting.offices import Office, Person, Seat
from elections.rules.counting.outcome import Elected, Invalidity, NotElected, Outcome, Tie, Vacancy, Waiting
from elections.rules.counting.poll import Contest, Places

HERE = Path(__file__).parent
ROUNDS = [json.loads(line) for line in (HERE / "stored_rounds.jsonl").read_text(encoding="utf-8").splitlines()]
OUTCOMES = (HERE / "stored_outcomes.jsonl").read_text(encoding="utf-8").splitlines()

every_round = pytest.mark.parametrize("row", ROUNDS, ids=[row["story"] for row in ROUNDS])


@every_round
def test_every_text_of_a_round_comes_back_as_it_was(row):
    assert stored.contest_text(stored.read_contest(row["contest"])) == row["contest"]
    assert stored.votes_text(stored.read_votes(row["votes"])) == row["votes"]
    assert stored.people_text(stored.read_people(row["write_ins"])) == row["write_ins"]
    assert stored.outcome_text(stored.read_outcome(row["outcome"])) == row["outcome"]


@pytest.mark.parametrize("text", OUTCOMES)
def test_every_other_outcome_comes_back_as_it_was(text):
    assert stored.outcome_text(stored.read_outcome(text)) == text


@every_round
def test_a_stored_round_is_decided_as_it_was(row):
    """A second vote that counts also says what the vote before it leaves open: there the votes alone are compared."""
    pack = policy.load(row["pack"], row["overrides"])
    figures = {name: row[name] for name in ("registered", "issued", "returned")}
    poll = stored.read_contest(row["contest"]).poll(
        pack, **figures, votes=stored.read_votes(row["votes"]), write_ins=stored.read_people(row["write_ins"])
    )
    before, now = stored.read_outcome(row["outcome"]), decide(poll, pack)
    if before.settled is None:
        assert stored.outcome_text(now) == row["outcome"]
    else:
        assert (now.totals, now.not_elected, now.need) == (before.totals, before.not_elected, before.need)
        assert tuple(Seat(each.office, each.name) for each in now.elected) == before.settled


def test_the_fixture_has_every_kind_of_round():
    outcomes = [stored.read_outcome(row["outcome"]) for row in ROUNDS]
    assert {row["kind"] for row in ROUNDS} == {"first", "rerun", "tie"}
    assert {each.status for each in outcomes} == {"decided", "open", "invalid"}
    assert any(each.waiting for each in outcomes) and any(each.settled for each in outcomes)
    assert any(vacancy.women_only for each in outcomes for vacancy in each.vacancies)
    assert any(json.loads(row["write_ins"]) for row in ROUNDS)
    assert any(row["overrides"].get("vote_carry_down") for row in ROUNDS)
    assert any(stored.read_outcome(text).needs_ruling for text in OUTCOMES)


def test_an_outcome_that_says_little_is_read():
    assert stored.read_outcome('{"status":"invalid","reasons":["R_GT_I"]}') == Outcome("invalid", ("R_GT_I",))


NAMES = st.text("王芳李明欧阳·A1", min_size=1, max_size=4)
OFFICES = st.sampled_from(Office)
COUNTS = st.integers(0, 9_999_999)
VOTES = st.dictionaries(OFFICES, st.dictionaries(NAMES, COUNTS, max_size=4), max_size=3)


def some(of: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(of, max_size=3).map(tuple)


SEATS = some(st.builds(Seat, OFFICES, NAMES))
FORMAL = st.builds(Person, NAMES, st.sampled_from("MF"), candidate_for=st.frozensets(OFFICES, min_size=1, max_size=3))
WRITTEN_IN = st.builds(Person, NAMES, st.sampled_from("MF"), st.booleans())
PARTS = {
    "body": st.sampled_from(["committee", "residents"]),
    "people": some(FORMAL | WRITTEN_IN),
    "kin": some(st.builds(Relation, NAMES, NAMES, st.sampled_from(sorted(RELATIONS)))),
}
FIRST = st.builds(
    Contest, round=st.just("first"), openings=some(st.builds(Places, OFFICES, st.integers(1, 9))), **PARTS
)
TIE = st.builds(
    Contest,
    round=st.just("tie"),
    openings=some(st.builds(Places, OFFICES, st.integers(1, 9), candidates=some(NAMES))),
    seated=SEATS,
    **PARTS,
)
RERUN = st.builds(
    Contest,
    round=st.just("rerun"),
    openings=some(st.builds(Places, OFFICES, st.integers(1, 9), st.booleans(), some(NAMES))),
    seated=SEATS,
    **PARTS,
)
OUTCOME = st.builds(
    Outcome,
    st.sampled_from(["decided", "open", "invalid"]),
    some(NAMES),
    st.none() | COUNTS,
    some(st.builds(Elected, OFFICES, NAMES, COUNTS, COUNTS, NAMES, NAMES)),
    some(st.builds(NotElected, OFFICES, NAMES, COUNTS, NAMES)),
    some(st.builds(Tie, OFFICES, COUNTS, some(NAMES))),
    some(st.builds(Waiting, OFFICES, some(NAMES))),
    some(st.builds(Vacancy, OFFICES, COUNTS, st.booleans(), some(NAMES))),
    some(NAMES),
    COUNTS,
    COUNTS,
    VOTES,
    some(st.builds(Invalidity, NAMES, NAMES, NAMES)),
    st.none() | SEATS,
)


def comes_back(value: object, write: Callable[..., str], read: Callable[[str], object]) -> bool:
    """The value is the same after writing and reading, and so is its text."""
    text = write(value)
    return read(text) == value and write(read(text)) == text


@given(FIRST | TIE | RERUN)
def test_any_contest_comes_back(contest):
    assert comes_back(contest, stored.contest_text, stored.read_contest)


@given(VOTES)
def test_any_votes_come_back(votes):
    assert comes_back(votes, stored.votes_text, stored.read_votes)


@given(some(FORMAL | WRITTEN_IN))
def test_any_people_come_back(people):
    assert comes_back(people, stored.people_text, stored.read_people)


@given(OUTCOME)
def test_any_outcome_comes_back(outcome):
    assert comes_back(outcome, stored.outcome_text, stored.read_outcome)
