"""When a round does not count: the grounds, both sides of each, and the first one found."""

import pytest

from tests.elections.rules.counting.ask import ask

PLAIN = {"registered": 100, "issued": 80, "returned": 80, "seats": {"chair": 1}, "votes": {"chair": {"A": 50, "B": 30}}}


def reasons(**changes):
    return ask(**{**PLAIN, **changes})["reasons"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"issued": 79}, ["R_GT_I"]),
        ({"issued": 100}, []),
        ({"issued": 101}, ["I_GT_N"]),
        ({"votes": {"chair": {"A": 80}}}, []),
        ({"votes": {"chair": {"A": 81}}}, ["BAD_TOTALS"]),
        ({"votes": {"chair": {"A": 50, "B": 31}}}, ["BAD_TOTALS"]),
    ],
)
def test_the_figures_must_be_possible(changes, expected):
    assert reasons(**changes) == expected


def test_two_places_allow_two_names_a_ballot():
    assert reasons(seats={"member": 2}, votes={"member": {"A": 80, "B": 80}}) == []
    assert reasons(seats={"member": 2}, votes={"member": {"A": 80, "B": 80, "C": 1}}) == ["BAD_TOTALS"]


def test_a_carried_total_cannot_exceed_the_ballots():
    question = {"seats": {"chair": 1, "deputy": 1}, "overrides": {"vote_carry_down": True}}
    assert reasons(**question, votes={"chair": {"B": 40}, "deputy": {"B": 40}}) == []
    assert reasons(**question, votes={"chair": {"B": 40}, "deputy": {"B": 41}}) == ["BAD_TOTALS"]


def test_more_returned_than_issued_is_said_before_anything_else():
    assert reasons(registered=1000, issued=70, votes={"chair": {"A": 99}}) == ["R_GT_I"]


def test_no_quorum_is_said_whatever_the_votes():
    assert reasons(registered=160, issued=161, votes={"chair": {"A": 999}}) == ["NO_QUORUM"]


@pytest.mark.parametrize(("names", "expected"), [(["A"], ["EQUAL_CANDIDATES"]), (["A", "B"], [])])
def test_more_candidates_than_places(names, expected):
    people = [{"name": name, "candidate_for": ["chair"]} for name in names]
    assert reasons(people=people) == expected


def test_candidates_named_with_the_post():
    post = {"post": "chair", "seats": 1, "candidates": ["A"]}
    assert reasons(seats=None, posts=[post]) == ["EQUAL_CANDIDATES"]
    assert reasons(seats=None, posts=[post], round="tie") == []


def test_a_barred_candidate_does_not_make_a_surplus():
    people = [{"name": "A", "candidate_for": ["chair"]}, {"name": "B", "candidate_for": ["chair"], "barred": True}]
    assert reasons(people=people) == ["EQUAL_CANDIDATES"]


def test_the_partys_secretary_is_elected_without_surplus():
    question = {"body": "party", "due": 5, "present": 5, "issued": 5, "returned": 5, "seats": {"secretary": 1}}
    people = [{"name": "A", "candidate_for": ["secretary"]}]
    assert reasons(**question, people=people, votes={"secretary": {"A": 5}}) == []


def test_more_ballots_than_party_members_present():
    question = {"body": "party", "due": 40, "present": 33, "seats": {"member": 1}, "votes": {"member": {"a": 20}}}
    assert reasons(**question, issued=33, returned=33) == []
    assert reasons(**question, issued=34, returned=34) == ["R_GT_I"]
    assert reasons(**question, issued=34, returned=33) == ["I_GT_N"]


def test_every_ballot_must_be_entered():
    ballots = [{"marks": {"chair": ["A"]}}] * 60
    question = {key: value for key, value in PLAIN.items() if key != "votes"}
    assert ask(**{**question, "returned": 60}, ballots=ballots)["reasons"] == []
    assert ask(**{**question, "returned": 61}, ballots=ballots)["reasons"] == ["BAD_TOTALS"]


def test_a_rerun_may_do_without_a_quorum_where_the_pack_says_so():
    question = {"round": "rerun", "returned": 40, "issued": 40, "votes": {"chair": {"A": 20}}}
    assert reasons(**question) == ["NO_QUORUM"]
    assert reasons(**question, overrides={"rerun_requires_quorum": False}) == []


def test_a_second_vote_needs_no_quorum():
    assert reasons(round="tie", returned=5, issued=5, votes={"chair": {"A": 3, "B": 2}}) == []


def test_an_invalid_round_elects_nobody_but_shows_the_votes():
    outcome = ask(**{**PLAIN, "issued": 79})
    assert (outcome["elected"], outcome["not_elected"], outcome["vacancies"]) == ([], [], [])
    assert outcome["totals"] == {"chair": {"A": 50, "B": 30}}


def why(**changes):
    (ground,) = ask(**{**PLAIN, **changes})["grounds"]
    return ground["why"], ground["cite"]


PROCEDURE = "《村民委员会选举规程》（民发〔2013〕76号）第六章"


@pytest.mark.parametrize(
    ("changes", "words", "cite"),
    [
        ({"issued": 79}, "收回选票80张，多于发出的79张", PROCEDURE),
        (
            {"registered": 160},
            "参加投票80人，未超过登记参加选举的160人的半数（至少81人）",
            "《村民委员会组织法》第十八条第二款",
        ),
        ({"issued": 101}, "发出选票101张，多于登记参加选举的100人", PROCEDURE),
        ({"votes": {"chair": {"A": 50, "B": 31}}}, "主任得票合计81票，多于80张选票最多可投的80票", PROCEDURE),
        (
            {"posts": [{"post": "chair", "seats": 1, "candidates": ["A"]}], "seats": None},
            "主任应选1名，候选人1名，候选人应当多于应选名额",
            "《村民委员会组织法》第十八条第一款",
        ),
        (
            {"body": "residents", "way": "representatives", "registered": 120},
            "参加投票80人，未超过居民代表120人的三分之二（至少81人）",
            "《城市居民委员会组织法》第十九条第一款",
        ),
        (
            {"body": "party", "due": 101, "present": 80},
            "到会有选举权的80人，少于应到会101人的五分之四（至少81人）",
            "《中国共产党基层组织选举工作条例》第十九条",
        ),
    ],
)
def test_the_ground_shows_its_arithmetic_and_article(changes, words, cite):
    assert why(**changes) == (words, cite)
