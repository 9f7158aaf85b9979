"""The Party organisation's meeting: who is due, surplus, places left empty, and the second votes."""

from fractions import Fraction

import pytest

from elections.rules.counting import party
from elections.rules.counting.attendance import Absence, PartyMember, attendance, ground
from tests.elections.rules.counting.ask import ask, elected


def test_one_who_cannot_come_for_another_reason_is_due_even_if_approved():
    assert attendance([PartyMember("甲", reason="农忙", approved=True)]).due == 1


@pytest.mark.parametrize("absence", list(Absence))
def test_each_ground_is_known_by_its_code_and_its_words(absence):
    assert ground(absence.value) is absence
    assert ground(absence.label) is absence


@pytest.mark.parametrize(("places", "candidates"), [(1, 2), (3, 4), (5, 6), (6, 8), (7, 9), (10, 12), (11, 14)])
def test_a_fifth_more_candidates_rounded_up(places, candidates):
    assert places + party.surplus(places, Fraction(1, 5)) == candidates


PARTY = {"body": "party", "due": 40, "present": 40, "issued": 40, "returned": 40}


def test_exactly_half_suffices_on_neither_base():
    outcome = ask(**PARTY, seats={"member": 1}, votes={"member": {"a": 20, "b": 19}})
    assert (outcome["elected"], outcome["needs_ruling"]) == ([], [])


def test_a_rerun_of_the_party_still_needs_half():
    outcome = ask(**PARTY, round="rerun", seats={"member": 1}, votes={"member": {"a": 20, "b": 14}})
    assert (outcome["need"], outcome["elected"]) == (21, [])


def test_equal_votes_at_the_cut_vote_again():
    outcome = ask(**PARTY, seats={"member": 2}, votes={"member": {"a": 30, "b": 22, "c": 22}})
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["b", "c"]}]


def test_a_tie_that_only_one_reading_has_needs_a_ruling():
    votes = {"member": {"a": 30, "b": 20, "c": 20}}
    outcome = ask(**{**PARTY, "present": 35, "issued": 35, "returned": 35}, seats={"member": 2}, votes=votes)
    assert elected(outcome) == [("member", "a")]
    assert outcome["needs_ruling"] == ["b", "c"]


def test_the_rerun_has_a_fifth_more_candidates():
    votes = {"member": dict.fromkeys(["a", "b", "c", "d", "e", "f", "g", "h", "i"], 20)}
    outcome = ask(**PARTY, seats={"member": 6}, votes={"member": {**votes["member"], "a": 19, "b": 18, "c": 17}})
    assert outcome["vacancies"][0]["places"] == 6
    assert outcome["vacancies"][0]["rerun_candidates"] == ["d", "e", "f", "g", "h", "i", "a", "b"]


def test_secretary_and_deputy_by_the_new_committee():
    question = {**PARTY, "due": 5, "present": 5, "issued": 5, "returned": 5}
    votes = {"secretary": {"a": 5}, "vice_secretary": {"b": 3, "a": 2}}
    outcome = ask(**question, seats={"secretary": 1, "vice_secretary": 1}, votes=votes)
    assert elected(outcome) == [("secretary", "a"), ("vice_secretary", "b")]
    assert outcome["elected"][0]["cite"].startswith("《中国共产党基层组织选举工作条例》")
