"""Valid and carried, both sides of each limit (EC-04, RP-04, RP-06, PB-07)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import meetings, policy
from elections.rules.facts import MeetingFacts

NATIONAL = policy.load()


def judged(kind, pack=NATIONAL, **figures):
    return meetings.judge(MeetingFacts(kind=kind, held_on=date(2026, 11, 1), **figures), pack)


@pytest.mark.parametrize(
    ("kind", "figures", "need_present", "valid"),
    [
        ("villagers", {"adults": 1200, "present": 601}, 601, True),
        ("villagers", {"adults": 1200, "present": 600}, 601, False),
        ("villagers", {"adults": 1201, "present": 601}, 601, True),
        ("villagers", {"households": 300, "present_households": 200}, 200, True),
        ("villagers", {"households": 300, "present_households": 199}, 200, False),
        ("villagers", {"households": 301, "present_households": 200}, 201, False),
        ("representatives", {"members": 40, "present": 27}, 27, True),
        ("representatives", {"members": 40, "present": 26}, 27, False),
        ("representatives", {"members": 39, "present": 26}, 26, True),
        ("group", {"adults": 90, "present": 60}, 60, True),
        ("group", {"adults": 90, "present": 59}, 60, False),
        ("group", {"households": 31, "present_households": 21}, 21, True),
        ("group", {"households": 31, "present_households": 20}, 21, False),
        ("party", {"members": 40, "present": 32}, 32, True),
        ("party", {"members": 40, "present": 31}, 32, False),
        ("party", {"members": 43, "present": 35}, 35, True),
        ("party", {"members": 43, "present": 34}, 35, False),
        ("party_committee", {"members": 5, "present": 4}, 4, True),
        ("party_committee", {"members": 5, "present": 3}, 4, False),
    ],
)
def test_attendance_is_enough_at_the_limit_and_not_below(kind, figures, need_present, valid):
    outcome = judged(kind, **figures)
    assert (outcome.need_present, outcome.valid) == (need_present, valid)


@pytest.mark.parametrize(("in_favour", "carried"), [(300, False), (301, True)])
def test_a_decision_needs_more_than_half_of_those_present(in_favour, carried):
    outcome = judged("villagers", adults=1000, present=601, in_favour=in_favour)
    assert (outcome.need_for, outcome.carried) == (301, carried)


def test_exactly_half_of_those_present_does_not_carry():
    assert not judged("representatives", members=30, present=30, in_favour=15).carried
    assert judged("representatives", members=30, present=30, in_favour=16).carried


def test_households_are_enough_where_adults_are_not():
    """EC-04: either way makes the meeting valid; the votes are counted among the persons present."""
    outcome = judged("villagers", adults=1200, present=400, households=300, present_households=200, in_favour=201)
    assert (outcome.valid, outcome.carried, outcome.need_present, outcome.need_for) == (True, True, 200, 201)
    assert outcome.why == "村民会议应到300户，实到200户，达到三分之二以上"


def test_households_of_a_group_are_enough_where_adults_are_not():
    outcome = judged("group", adults=90, present=30, households=31, present_households=21, in_favour=16)
    assert (outcome.valid, outcome.carried, outcome.need_present) == (True, True, 21)


def test_a_party_election_counts_its_half_on_the_base_of_the_pack():
    """PB-20: 应到会 unless the pack says otherwise."""
    figures = {"members": 40, "present": 33, "in_favour": 20}
    assert judged("party", **figures).need_for == 21
    assert not judged("party", **figures).carried
    on_present = policy.load(overrides={"party_majority_base": "present"})
    assert judged("party", on_present, **figures).need_for == 17
    assert judged("party", on_present, **figures).carried


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({}, "村民会议的应到人数没有填写"),
        ({"adults": 100, "present": 101}, "村民会议实到101人，多于应到100人，请核对"),
        ({"adults": 100, "present": 60, "in_favour": 61}, "赞成61人，多于到会60人，请核对"),
        ({"adults": 100, "present": 60, "in_favour": 30}, "村民会议赞成30人，没有过半数（至少31人）"),
        (
            {"adults": 1200, "present": 600, "households": 300, "present_households": 199},
            "村民会议到会人数不够：十八周岁以上村民应到1200人，实到600人，至少应有601人（过半数）；"
            "户代表应到300户，实到199户，至少应有200户（三分之二以上）",
        ),
        ({"adults": 100, "present": 51, "in_favour": 26}, None),
    ],
)
def test_a_refusal_carries_its_figures(figures, reason):
    meeting = MeetingFacts(kind="villagers", held_on=date(2026, 11, 1), **figures)
    assert meetings.why_not_decided(meeting, NATIONAL) == reason


def test_a_community_reads_of_residents():
    meeting = MeetingFacts(kind="representatives", held_on=date(2026, 11, 1))
    assert meetings.why_not_decided(meeting, NATIONAL, community=True) == "居民代表会议的应到人数没有填写"


@given(st.integers(1, 5000), st.integers(0, 5000), st.integers(0, 5000))
def test_more_people_or_more_votes_never_undo_a_decision(adults, present, in_favour):
    outcome = judged("villagers", adults=adults, present=present, in_favour=in_favour)
    assert outcome.valid == (2 * present > adults and present <= adults)
    assert outcome.carried == (outcome.valid and 2 * in_favour > present and in_favour <= present)
    assert bool(outcome.why_not) != outcome.carried
