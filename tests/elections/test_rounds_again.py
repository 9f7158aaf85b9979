"""Votes held again: the tie that holds others back, a woman's place, the rerun and its limits (CT-, WN-, RR-)."""

from __future__ import annotations

import json

import pytest
from django.db import transaction

from elections.models import Seated
from tests.elections.make_rounds import VACANCY, VACANCY_VOTES, Vote, refusals
from voters.models import Voter

pytestmark = pytest.mark.django_db


# --- A tie that holds others back -------------------------------------------------------------------

SIBLINGS = (
    {"deputy": 1, "member": 3},
    {"deputy": "CD", "member": ["E", "F1", "G", "H", "K"]},
)
SIBLINGS_VOTES = {"deputy": {"C": 600}, "member": {"E": 700, "F1": 600, "G": 600, "H": 550, "K": 520}}
SIBLINGS_KIN = [("F1", "G", "sibling"), ("F1", "H", "child")]


@pytest.mark.parametrize(("votes", "follows"), [({"F1": 450, "G": 440}, "K"), ({"F1": 440, "G": 450}, "H")])
def test_who_waits_for_a_second_vote_is_seated_by_it(votes, follows):
    """F1 and G are near kin, H is F1's child: if F1 wins, H is passed over for K; if G wins, H follows."""
    vote = Vote(*SIBLINGS, women="C", kin=SIBLINGS_KIN)
    outcome = vote.poll(1000, SIBLINGS_VOTES)
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["F1", "G"]}]
    assert outcome["waiting"] == [{"post": "member", "names": ["H", "K"]}]
    assert vote.seated == [("deputy", "C", 1), ("member", "E", 1)]
    outcome = vote.again("open_tie", 900, {"member": votes})
    winner = max(votes, key=votes.get)
    assert (outcome["status"], outcome["waiting"], outcome["vacancies"]) == ("decided", [], [])
    assert vote.seated[2:] == [("member", winner, 2), ("member", follows, 2)]
    kept = Seated.objects.get(name=follows)
    assert (kept.votes, kept.why) == (
        SIBLINGS_VOTES["member"][follows],
        f"第1次投票得{kept.votes}票，超过参加投票1000人的半数，得票相等的人选再次投票后确定",
    )
    assert refusals(vote, "open_rerun") == ["应选名额已经选满，不需要另行选举"]


def test_a_second_vote_may_leave_a_vacancy_that_nobody_saw_before():
    """As above without K: when F1 wins, H is barred and the third place stays empty."""
    slate = SIBLINGS[1] | {"member": ["E", "F1", "G", "H", "K", "L"]}
    vote = Vote(SIBLINGS[0], slate, women="C", kin=SIBLINGS_KIN)
    votes = {"deputy": {"C": 600}, "member": {"E": 700, "F1": 600, "G": 600, "H": 550, "K": 300, "L": 200}}
    assert vote.poll(1000, votes)["vacancies"] == []
    outcome = vote.again("open_tie", 900, {"member": {"F1": 450, "G": 440}})
    assert outcome["status"] == "open"
    assert vote.vacancies == [("member", 1, False, ["K", "L"])]
    vote.again("open_rerun", 900, {"member": {"K": 310, "L": 300}})
    assert vote.seated[2:] == [("member", "F1", 2), ("member", "K", 3)]


def test_a_tie_of_deputies_decides_whether_a_woman_comes_first():
    """Two of three equal deputies; only if the woman X loses must a woman come first among the members."""
    seats = {"deputy": 2, "member": 2}
    slate = {"deputy": "CDX", "member": ["E", "F1", "G"]}
    votes = {"deputy": {"C": 600, "D": 600, "X": 600}, "member": {"E": 700, "F1": 600, "G": 550}}
    for second, members in (({"C": 500, "D": 400, "X": 300}, ["E", "G"]), ({"C": 500, "D": 1, "X": 300}, ["E", "F1"])):
        with transaction.atomic():
            vote = Vote(seats, slate, women="XG")
            outcome = vote.poll(1000, votes)
            assert outcome["ties"] == [{"post": "deputy", "places": 2, "names": ["C", "D", "X"]}]
            vote.again("open_tie", 900, {"deputy": second})
            assert sorted(name for office, name, _ in vote.seated if office == "member") == members
            transaction.set_rollback(True)


def test_two_second_votes_when_the_first_decides_one_place_only():
    """Three equals for two places: one wins, two are equal again; each vote is remembered."""
    vote = Vote({"deputy": 1, "member": 2}, {"deputy": "CD", "member": ["E", "F1", "G"]}, women="C")
    vote.poll(1000, {"deputy": {"C": 600}, "member": {"E": 600, "F1": 600, "G": 600}})
    outcome = vote.again("open_tie", 900, {"member": {"E": 800, "F1": 400, "G": 400}})
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["F1", "G"]}]
    vote.again("open_tie", 900, {"member": {"F1": 400, "G": 401}})
    assert vote.seated == [("deputy", "C", 1), ("member", "E", 2), ("member", "G", 3)]
    assert vote.vacancies == []


# --- A woman's place --------------------------------------------------------------------------------

NO_WOMAN = (
    {"chair": 1, "member": 3},
    {"chair": "AB", "member": ["E", "F1", "G", "H", "K", "L"]},
)
NO_WOMAN_VOTES = {"chair": {"A": 600}, "member": {"E": 700, "F1": 480, "G": 400, "H": 300, "K": 450, "L": 90}}


def test_a_womans_place_beside_an_ordinary_one():
    """WN-03: E alone is over half; one of the two empty places is kept for a woman."""
    vote = Vote(*NO_WOMAN, women="GH")
    vote.poll(1000, NO_WOMAN_VOTES)
    assert vote.seated == [("chair", "A", 1), ("member", "E", 1)]
    assert vote.vacancies == [("member", 1, True, ["G", "H"]), ("member", 1, False, ["F1", "K"])]
    second = vote.open("open_rerun")
    assert json.loads(second.contest)["posts"] == [
        {"post": "member", "seats": 1, "women_only": True, "candidates": ["G", "H"]},
        {"post": "member", "seats": 1, "women_only": False, "candidates": ["F1", "K"]},
    ]
    vote.count(second, 900, {"member": {"F1": 500, "K": 490, "G": 350, "H": 340}})
    assert sorted(vote.seated[2:]) == [("member", "F1", 2), ("member", "G", 2)]
    assert vote.vacancies == []


def test_the_womans_place_alone_is_voted_on_until_it_is_filled():
    """WN-03 “repeat until elected”: max_reruns does not stop it, and without a woman nothing is handed over."""
    vote = Vote(*NO_WOMAN, women="GH")
    vote.poll(1000, NO_WOMAN_VOTES)
    vote.again("open_rerun", 900, {"member": {"F1": 500, "K": 400, "G": 299, "H": 298}})
    assert vote.vacancies == [("member", 1, True, ["G", "H"])]
    assert "当选人中没有妇女，应当为妇女保留名额另行选举" in refusals(vote, "hand_over")
    third = vote.open("open_rerun")
    assert json.loads(third.contest)["posts"] == [
        {"post": "member", "seats": 1, "women_only": True, "candidates": ["G", "H"]}
    ]
    vote.count(third, 900, {"member": {"G": 300, "H": 299, "F1": 1}})
    assert vote.seated[2:] == [("member", "F1", 2), ("member", "G", 3)]
    assert Seated.objects.get(name="G").sex == "F"


def test_a_void_rerun_keeps_both_vacancies():
    vote = Vote(*NO_WOMAN, women="GH")
    vote.poll(1000, NO_WOMAN_VOTES)
    before = vote.vacancies
    outcome = vote.again("open_rerun", 800, {"member": {"F1": 500, "G": 350}})
    assert outcome["reasons"] == ["NO_QUORUM"]
    assert vote.vacancies == before
    again = vote.open("open_rerun")
    assert (again.kind, len(json.loads(again.contest)["posts"])) == ("rerun", 2)


def test_a_rerun_that_could_only_be_void_is_not_opened():
    """WN-07, RR-02: one woman with votes for one place is no choice."""
    vote = Vote(NO_WOMAN[0], NO_WOMAN[1], women="G")
    vote.poll(1000, NO_WOMAN_VOTES)
    assert vote.vacancies[0] == ("member", 1, True, ["G"])
    assert refusals(vote, "open_rerun") == ["妇女委员空缺1名，另行选举候选人只有1名，应当先补充提名"]


# --- Reruns -----------------------------------------------------------------------------------------


def test_a_tie_inside_a_rerun():
    """RR-10: both have a third; after the second vote the rerun is decided."""
    vote = Vote(*VACANCY, women="C")
    vote.poll(1000, VACANCY_VOTES)
    outcome = vote.again("open_rerun", 900, {"member": {"G": 300, "H": 300}})
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["G", "H"]}]
    outcome = vote.again("open_tie", 900, {"member": {"G": 10, "H": 11}})
    assert (outcome["status"], outcome["vacancies"]) == ("decided", [])
    assert vote.seated[3:] == [("member", "H", 3)]


def test_equals_for_the_last_candidates_place_all_stand_in_the_rerun():
    votes = {"deputy": {"C": 600}, "member": {"E": 700, "F1": 520, "G": 480, "H": 300, "K": 300}}
    vote = Vote(*VACANCY, women="C")
    vote.poll(1000, votes)
    assert vote.vacancies == [("member", 1, False, ["G", "H", "K"])]


@pytest.mark.parametrize(("days", "said"), [(10, []), (11, ["另行选举应在选举日后10天内举行，已超过1天"])])
def test_a_rerun_is_held_within_ten_days(days, said):
    vote = Vote(*VACANCY, women="C")
    vote.poll(1000, VACANCY_VOTES)
    if said:
        assert refusals(vote, "open_rerun", days=days) == said
        vote.waive("rerun_in_time", days=days)
    assert vote.open("open_rerun", days=days).kind == "rerun"


@pytest.mark.parametrize(("mode", "registered"), [("first_roll", 1600), ("adjusted", 1599)])
def test_a_rerun_uses_the_first_roll_unless_the_pack_says_otherwise(mode, registered):
    vote = Vote(*VACANCY, women="C", rerun_roll_mode=mode)
    vote.poll(1000, VACANCY_VOTES)
    Voter.objects.filter(election=vote.election, name="选民1").update(listed=False, omission="DIED")
    assert vote.open("open_rerun").registered == registered


def test_fewer_than_three_vote_again_however_many_reruns_were_held():
    seats, slate = {"chair": 1, "deputy": 1, "member": 1}, {"chair": "AB", "deputy": "CD", "member": "EF"}
    vote = Vote(seats, slate, women="CD")
    vote.poll(1000, {"chair": {"A": 600, "B": 300}, "deputy": {"C": 600, "D": 300}, "member": {"E": 400, "F": 400}})
    vote.again("open_rerun", 900, {"member": {"E": 299, "F": 298}})
    vote.report()
    said = refusals(vote, "hand_over")
    assert said == ["当选2人，不足3人，应当再次投票选举", "应选名额还空缺1名"]
    assert refusals(vote, "open_tie") == ["没有得票相等需要再次投票的情形"]
    vote.again("open_rerun", 900, {"member": {"E": 300, "F": 298}})
    assert len(vote.seated) == 3
