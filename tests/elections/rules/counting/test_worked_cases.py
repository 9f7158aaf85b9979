"""Worked cases of counting, from a plain election to the Party's two readings of a majority."""

import pytest

from tests.elections.rules.counting.ask import ask, elected, refused


def test_exactly_half_is_no_quorum():
    outcome = ask(registered=1000, issued=520, returned=500, seats={"chair": 1}, votes={"chair": {"A": 499}})
    assert (outcome["status"], outcome["reasons"], outcome["elected"]) == ("invalid", ["NO_QUORUM"], [])


def test_more_returned_than_issued():
    outcome = ask(registered=800, issued=700, returned=701, seats={"chair": 1}, votes={"chair": {"A": 600}})
    assert (outcome["status"], outcome["reasons"], outcome["elected"]) == ("invalid", ["R_GT_I"], [])


def test_a_plain_election():
    outcome = ask(
        registered=1200,
        issued=1010,
        returned=1000,
        seats={"chair": 1, "deputy": 1, "member": 2},
        women=["C"],
        votes={
            "chair": {"A": 560, "B": 400},
            "deputy": {"C": 505, "D": 470},
            "member": {"E": 620, "F1": 610, "G": 590, "H": 120},
        },
    )
    assert (outcome["status"], outcome["need"]) == ("decided", 501)
    assert elected(outcome) == [("chair", "A"), ("deputy", "C"), ("member", "E"), ("member", "F1")]
    assert outcome["elected"][0] == {
        "post": "chair",
        "name": "A",
        "votes": 560,
        "total": 560,
        "why": "得560票，超过参加投票1000人的半数",
        "cite": "《村民委员会组织法》第十八条第二款",
    }
    assert refused(outcome, "member") == {
        "G": "得590票，超过参加投票1000人的半数，但得票少于当选的人",
        "H": "得120票，未超过参加投票1000人的半数（需501票）",
    }


TIE = {
    "registered": 1500,
    "issued": 1000,
    "returned": 1000,
    "seats": {"deputy": 1, "member": 2},
    "women": ["C"],
    "votes": {"deputy": {"C": 600}, "member": {"E": 620, "F1": 580, "G": 580, "H": 190}},
}


def test_a_tie_at_the_cut():
    outcome = ask(**TIE)
    assert outcome["status"] == "open"
    assert elected(outcome) == [("deputy", "C"), ("member", "E")]
    assert outcome["ties"] == [{"post": "member", "places": 1, "names": ["F1", "G"]}]
    assert outcome["vacancies"] == outcome["waiting"] == []


def test_the_second_vote_needs_no_half():
    outcome = ask(
        round="tie",
        registered=1500,
        returned=950,
        posts=[{"post": "member", "seats": 1, "candidates": ["F1", "G"]}],
        votes={"member": {"F1": 450, "G": 440}},
    )
    assert (outcome["status"], outcome["need"]) == ("decided", None)
    assert elected(outcome) == [("member", "F1")]
    assert outcome["elected"][0]["why"] == "得450票，在再次投票中得票较多"


def test_the_first_round_is_complete_once_the_tie_is_settled():
    outcome = ask(**TIE, settled=[{"post": "member", "name": "G"}])
    assert outcome["status"] == "decided"
    assert elected(outcome) == [("deputy", "C"), ("member", "E"), ("member", "G")]


def test_too_few_winners():
    outcome = ask(
        registered=1600,
        returned=1000,
        seats={"deputy": 1, "member": 3},
        women=["C"],
        votes={"deputy": {"C": 600}, "member": {"E": 700, "F1": 520, "G": 480, "H": 300, "K": 120}},
    )
    assert outcome["status"] == "open"
    assert elected(outcome)[1:] == [("member", "E"), ("member", "F1")]
    assert outcome["vacancies"] == [
        {"post": "member", "places": 1, "women_only": False, "rerun_candidates": ["G", "H"]}
    ]


@pytest.mark.parametrize(
    ("women", "winners"),
    [(["G"], ["G", "E"]), (["G", "C"], ["E", "F1"])],
    ids=["no woman above", "the deputy is a woman"],
)
def test_women_first(women, winners):
    outcome = ask(
        returned=1000,
        seats={"chair": 1, "deputy": 1, "member": 2},
        women=women,
        votes={"chair": {"A": 600}, "deputy": {"C": 600}, "member": {"E": 620, "F1": 590, "G": 510}},
    )
    assert outcome["status"] == "decided"
    assert [name for post, name in elected(outcome) if post == "member"] == winners


def test_both_provisions_and_the_one_who_gave_way():
    outcome = ask(
        returned=1000,
        seats={"member": 2},
        women=["G"],
        votes={"member": {"E": 620, "F1": 590, "G": 510}},
    )
    first = outcome["elected"][0]
    assert first["why"] == "得510票，超过参加投票1000人的半数，委员中应当有妇女，先行当选"
    assert first["cite"] == "《村民委员会组织法》第十八条第二款；《村民委员会选举规程》（民发〔2013〕76号）第六章"
    assert refused(outcome, "member") == {"F1": "得590票，超过参加投票1000人的半数，但委员中应当有妇女，名额先留给妇女"}


CARRIED = {
    "returned": 1000,
    "seats": {"chair": 1, "deputy": 1, "member": 2},
    "women": ["E"],
    "votes": {
        "chair": {"A": 560, "B": 420},
        "deputy": {"C": 470, "B": 90, "D": 380},
        "member": {"E": 530, "F1": 480, "C": 60, "D": 90, "B": 20},
    },
}


def test_carry_down():
    outcome = ask(**CARRIED, overrides={"vote_carry_down": True})
    assert outcome["status"] == "decided"
    assert elected(outcome) == [("chair", "A"), ("deputy", "B"), ("member", "C"), ("member", "E")]
    assert outcome["totals"] == {
        "chair": {"A": 560, "B": 420},
        "deputy": {"B": 510, "C": 470, "D": 380},
        "member": {"C": 530, "E": 530, "F1": 480, "D": 470},
    }
    assert (outcome["elected"][1]["votes"], outcome["elected"][1]["total"]) == (90, 510)


def test_without_carry_down():
    outcome = ask(**CARRIED)
    assert elected(outcome) == [("chair", "A"), ("member", "E")]
    assert [(each["post"], each["places"], each["women_only"]) for each in outcome["vacancies"]] == [
        ("deputy", 1, False),
        ("member", 1, False),
    ]


def test_the_same_person_twice_on_fifteen_ballots():
    votes = {
        **CARRIED["votes"],
        "deputy": {"C": 455, "B": 90, "D": 380},
        "member": {**CARRIED["votes"]["member"], "C": 45},
    }
    outcome = ask(**{**CARRIED, "votes": votes}, overrides={"vote_carry_down": True})
    assert elected(outcome) == [("chair", "A"), ("deputy", "B"), ("member", "E")]
    assert outcome["totals"]["member"]["C"] == 500


BALLOTS = [
    {"marks": {"chair": ["A"], "deputy": ["C"], "member": ["E", "F1"]}},
    {"marks": {"chair": ["A"], "deputy": ["C"], "member": ["E", "G"]}},
    {"marks": {"chair": ["A"], "deputy": ["C"], "member": ["F1", "G"]}},
    {"marks": {"chair": ["A", "B"], "deputy": ["C"], "member": ["E", "G"]}},
    {"marks": {"chair": ["A"], "deputy": ["D"], "member": ["E", "F1", "G"]}},
    {"marks": {"chair": ["A"], "deputy": ["C"], "member": ["E"]}},
    {"marks": {}},
    {"marks": {"chair": ["B"], "deputy": ["C"], "member": ["F1", "G"]}},
    {"marks": {"chair": ["A"], "deputy": ["W1"], "member": ["E", "G"]}},
    {"marks": {"deputy": ["D"], "member": ["E", "G"]}, "unreadable": ["chair"]},
    {"marks": {"chair": ["A"], "deputy": ["C"], "member": ["E", "Z9"]}},
    {"marks": {"chair": ["B"], "deputy": ["D"], "member": ["F1", "G"]}, "spoilt": "signed"},
]
BY_BALLOT = {
    "registered": 20,
    "issued": 13,
    "returned": 12,
    "seats": {"chair": 1, "deputy": 1, "member": 2},
    "women": ["G"],
    "people": [{"name": "Z9", "on_roll": False}],
    "ballots": BALLOTS,
}


def test_ballot_by_ballot_too_many_names_void_one_post():
    outcome = ask(**BY_BALLOT)
    assert (outcome["need"], outcome["invalid_ballots"], outcome["blank_ballots"]) == (7, 1, 1)
    assert outcome["totals"] == {
        "chair": {"A": 7, "B": 1},
        "deputy": {"C": 7, "D": 2, "W1": 1},
        "member": {"E": 7, "G": 6, "F1": 3},
    }
    assert elected(outcome) == [("chair", "A"), ("deputy", "C"), ("member", "E")]
    assert outcome["vacancies"] == [{"post": "member", "places": 1, "women_only": True, "rerun_candidates": ["G"]}]


def test_too_many_names_void_the_whole_ballot():
    outcome = ask(**BY_BALLOT, overrides={"overvote_scope": "ballot"})
    assert outcome["invalid_ballots"] == 3
    assert outcome["totals"] == {
        "chair": {"A": 6, "B": 1},
        "deputy": {"C": 6, "D": 1, "W1": 1},
        "member": {"E": 6, "G": 5, "F1": 3},
    }
    assert outcome["elected"] == []
    assert [(each["post"], each["places"], each["women_only"]) for each in outcome["vacancies"]] == [
        ("chair", 1, False),
        ("deputy", 1, False),
        ("member", 1, True),
        ("member", 1, False),
    ]


PARTY_VOTE = {
    "body": "party",
    "due": 40,
    "present": 33,
    "issued": 33,
    "returned": 33,
    "seats": {"member": 3},
    "votes": {"member": {"a": 30, "b": 27, "c": 20, "d": 18}},
}


def test_the_partys_majority_of_those_due():
    outcome = ask(**PARTY_VOTE)
    assert (outcome["status"], outcome["need"]) == ("open", 21)
    assert elected(outcome) == [("member", "a"), ("member", "b")]
    assert outcome["vacancies"] == [
        {"post": "member", "places": 1, "women_only": False, "rerun_candidates": ["c", "d"]}
    ]
    assert outcome["needs_ruling"] == ["c"]
    assert "须由上级裁定" in refused(outcome, "member")["c"]
    assert "须由上级裁定" not in refused(outcome, "member")["d"]


def test_the_partys_majority_of_those_present():
    outcome = ask(**PARTY_VOTE, overrides={"party_majority_base": "present"})
    assert (outcome["status"], outcome["need"]) == ("decided", 17)
    assert elected(outcome) == [("member", "a"), ("member", "b"), ("member", "c")]
    assert outcome["needs_ruling"] == ["c"]
    assert "须由上级裁定" in outcome["elected"][2]["why"]


@pytest.mark.parametrize(("present", "valid"), [(33, True), (32, True), (31, False)])
def test_four_fifths_of_those_due(present, valid):
    outcome = ask(**{**PARTY_VOTE, "present": present, "issued": present, "returned": present})
    assert (outcome["status"] != "invalid") is valid
    assert outcome["reasons"] == ([] if valid else ["NO_QUORUM"])


@pytest.mark.parametrize(("present", "valid"), [(33, False), (34, False), (35, True)])
def test_without_the_approval_three_more_are_due(present, valid):
    outcome = ask(**{**PARTY_VOTE, "due": 43, "present": present, "issued": present, "returned": present})
    assert (outcome["status"] != "invalid") is valid
