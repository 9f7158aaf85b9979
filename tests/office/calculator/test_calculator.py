"""Every topic of 规则演算 answers its example, the worked cases, and refuses in plain words."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.calculator.topic import CalculatorError
from office.calculator.topics import TOPICS, answer

TOPIC_NAMES = (
    "decide timetable voter id_number name_order nomination meeting attendance proxies committee_change recall "
    "composition recommend bars"
)


def test_every_topic_of_the_interface_is_there():
    assert sorted(TOPICS) == sorted(TOPIC_NAMES.split())


@pytest.mark.parametrize("topic", TOPIC_NAMES.split())
def test_examples_are_answered_as_plain_json(topic):
    found = answer(topic, TOPICS[topic].example)
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    assert answer(topic, [TOPICS[topic].example] * 2) == [found, found]
    assert TOPICS[topic].label
    assert {key for key in TOPICS[topic].example if key != "person"} <= {
        field.split(".")[0] for field in TOPICS[topic].fields
    }


@pytest.mark.parametrize("topic", TOPIC_NAMES.split())
def test_every_topic_takes_a_pack_and_overrides_and_no_unknown_key(topic):
    example = TOPICS[topic].example
    assert answer(topic, example | {"policy": "national-2025", "overrides": {"voting_age": 18}})
    with pytest.raises(CalculatorError, match="不认识的键：colour"):
        answer(topic, example | {"colour": "red"})
    with pytest.raises(CalculatorError, match="没有名为 mars 的规则包"):
        answer(topic, example | {"policy": "mars"})
    with pytest.raises(CalculatorError, match="不认识的参数：colour"):
        answer(topic, example | {"overrides": {"colour": 1}})
    with pytest.raises(CalculatorError):
        answer(topic, "text")


@pytest.mark.parametrize("topic", TOPIC_NAMES.split())
def test_what_is_left_out_is_named_or_not_needed(topic):
    for key in TOPICS[topic].example:
        rest = {other: value for other, value in TOPICS[topic].example.items() if other != key}
        try:
            assert answer(topic, rest)
        except CalculatorError as refusal:
            assert key in str(refusal)


def test_a_list_names_the_question_that_is_wrong():
    with pytest.raises(CalculatorError, match=r"^第2项：election_day 应当是形如2026-12-20的日期$"):
        answer("timetable", [{"election_day": "2026-12-20"}, {"election_day": "20.12.2026"}])
    with pytest.raises(CalculatorError, match="没有“vote”这个演算"):
        answer("vote", {})


def test_the_dates_of_the_worked_case():
    question = {
        "election_day": "2026-12-20",
        "roll_posted": "2026-11-22",
        "objection_received": "2026-11-26",
        "audit_published": "2026-12-20",
    }
    found = answer("timetable", question)
    latest = {item["key"]: item["latest"] for item in found["items"]}
    assert latest["roll"] == "2026-11-30"
    assert latest["objection"] == "2026-11-27"
    assert latest["answer"] == "2026-11-29"
    assert latest["handover"] == "2026-12-30"
    [problem] = found["problems"]
    assert (problem["code"], problem["rule"]) == ("AUDIT_NOT_BEFORE", "RS-07")
    [late] = answer("timetable", {"election_day": "2026-12-20", "roll_posted": "2026-12-01"})["problems"]
    assert late["code"] == "ROLL_TOO_LATE"
    inclusive = answer("timetable", question | {"overrides": {"day_count_excludes_start": False}})["items"]
    assert {item["key"]: item["latest"] for item in inclusive}["objection"] == "2026-11-26"


AWAY = {"birth": "1980-01-01", "household_here": True, "lives_here": False}
INCOMER = {"birth": "1980-01-01", "household_here": False, "lives_here": True}
CLERK = {
    "birth": "1980-01-01", "household_here": False, "lives_here": False, "works_here_since": "2025-06-01",
    "applied": "2026-11-18", "consent_meeting": "第3次代表会议",
}  # fmt: skip


@pytest.mark.parametrize(
    ("person", "policy", "category", "code"),
    [
        (AWAY, "national-2025", None, "NO_STATEMENT"),
        (AWAY | {"stated": True}, "national-2025", "CAT2", None),
        (INCOMER | {"resident_since": "2025-12-25", "applied": True}, "national-2025", None, "NOT_ONE_YEAR"),
        (INCOMER | {"resident_since": "2025-10-01"}, "national-2025", None, "NO_APPLICATION"),
        (INCOMER | {"resident_since": "2025-10-01", "applied": True}, "national-2025", None, "NO_CONSENT"),
        (
            INCOMER | {"resident_since": "2025-10-01", "applied": True, "consent_meeting": 7},
            "national-2025",
            "CAT3",
            None,
        ),
        (
            INCOMER | {"resident_since": "2025-10-01", "listed_elsewhere": True},
            "national-2025",
            None,
            "LISTED_ELSEWHERE",
        ),
        (CLERK, "national-2025", "CAT3", None),
        (CLERK, "national-2018", None, "NOT_ONE_YEAR"),
        (AWAY | {"stated": True, "deprived_until": "2027-03-01"}, "national-2025", None, "DEPRIVED"),
        (AWAY | {"stated": True, "birth": "2008-12-21"}, "national-2025", None, "UNDER_AGE"),
        (AWAY | {"lives_here": True, "written_refusal": True}, "national-2025", None, "REFUSED"),
        (AWAY | {"lives_here": True, "resident_since": None}, "national-2025", "CAT1", None),
    ],
)
def test_the_categories_of_the_worked_case(person, policy, category, code):
    question = {"election_day": "2026-12-20", "registration_start": "2026-11-17", "person": person, "policy": policy}
    found = answer("voter", question)
    assert (found["category"], found["code"], found["listed"]) == (category, code, category is not None)


def test_the_election_committee_of_the_worked_case():
    question = {
        "members": ["Li", "Xu", "Zhou", "A", "B", "C", "D"],
        "reserves": [{"name": "Hu", "votes": 31}, {"name": "Tang", "votes": 28}],
        "kin": [["Xu", "Xu2", "child"], ["Zhou", "Wu", "sister_in_law"]],
    }
    own = answer("committee_change", question | {"nominated": ["Li"]})
    assert ([each["name"] for each in own["leaves"]], own["follows"]) == (["Li"], [{"name": "Hu"}])
    assert own["new_chair_needed"]
    daughter = question | {"nominated": ["Xu2"]}
    assert [each["name"] for each in answer("committee_change", daughter)["leaves"]] == ["Xu"]
    assert answer("committee_change", daughter | {"policy": "national-2018"})["leaves"] == []
    in_law = question | {"nominated": ["Wu"]}
    assert answer("committee_change", in_law)["leaves"] == []
    wide = answer("committee_change", in_law | {"overrides": {"kin_scope": "wide"}})
    assert [each["name"] for each in wide["leaves"]] == ["Zhou"]
    assert not wide["new_chair_needed"]


def test_the_posts_of_the_election_committee_may_be_named():
    members = [{"name": "A", "post": "委员"}, {"name": "B", "post": "chair"}, {"name": "C", "post": "副主任"}]
    found = answer("committee_change", {"members": members, "nominated": ["A", "C"]})
    assert (found["new_chair_needed"], found["new_deputy_needed"], found["unfilled"]) == (False, True, 2)
    with pytest.raises(CalculatorError, match="不认识的选举委员会职务：king"):
        answer("committee_change", {"members": [{"name": "A", "post": "king"}]})


def test_the_identity_numbers_of_the_worked_case():
    numbers = ["11010519491231002X", "440524188001010014", "110105194912310021", 110105194912310016, None]
    assert answer("id_number", {"numbers": numbers})["numbers"] == [
        {"valid": True, "birth": "1949-12-31", "sex": "F", "code": None},
        {"valid": True, "birth": "1880-01-01", "sex": "M", "code": None},
        {"valid": False, "birth": "1949-12-31", "sex": "F", "code": "ID_CHECKSUM"},
        {"valid": False, "birth": None, "sex": None, "code": "ID_IS_NUMBER"},
        {"valid": False, "birth": None, "sex": None, "code": "ID_MISSING"},
    ]


def test_names_in_order():
    question = {"names": ["田大利", "田富", "洪少东", "欧阳少东"]}
    assert answer("name_order", question)["names"] == ["田富", "田大利", "欧阳少东", "洪少东"]
    fullname = answer("name_order", question | {"mode": "fullname"})
    assert fullname["names"] == ["田大利", "田富", "欧阳少东", "洪少东"]
    assert fullname["keys"]["田富"] == ["25121", "445125125121"]


def test_a_nomination_with_equal_candidates():
    question = {
        "body": "committee",
        "posts": [{"post": "chair", "seats": 1}],
        "candidates": {"chair": ["A"]},
        "people": [],
    }
    [problem] = answer("nomination", question)["problems"]
    assert (problem["code"], problem["post"], problem["rule"]) == ("EQUAL_CANDIDATES", "chair", "NM-04")
    assert answer("nomination", question | {"candidates": {"chair": ["A", "B"]}})["problems"] == []
    with pytest.raises(CalculatorError, match="不认识的键：deputy"):
        answer("nomination", question | {"candidates": {"deputy": ["A"]}})


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ({"kind": "villagers", "adults": 1200, "present": 601, "for": 301}, (True, True, 601, 301)),
        ({"kind": "villagers", "adults": 1200, "present": 600, "for": 600}, (False, False, 601, 301)),
        ({"kind": "representatives", "members": 30, "present": 20, "for": 10}, (True, False, 20, 11)),
        ({"kind": "party", "due": 40, "present": 32, "for": 21}, (True, True, 32, 21)),
        ({"kind": "party", "due": 40, "present": 31, "for": 21}, (False, False, 32, 21)),
    ],
)
def test_meetings(question, outcome):
    found = answer("meeting", question)
    assert (found["valid"], found["carried"], found["need_present"], found["need_for"]) == outcome


def test_bars():
    assert answer("bars", {"person": {}}) == {"result": "clear", "items": []}
    blocked = answer("bars", {"person": {"criminal_punishment": True, "items": ["LOW_REPUTATION"]}})
    assert blocked["result"] == "block"
    assert [(each["code"], each["rule"]) for each in blocked["items"]] == [
        ("CRIMINAL_PUNISHMENT", "NM-06"),
        ("LOW_REPUTATION", "NM-09"),
    ]
    with pytest.raises(CalculatorError, match="没有这些情形：NO_SUCH"):
        answer("bars", {"person": {"items": ["NO_SUCH"]}})


def test_proxies_in_the_order_received():
    question = {
        "roll": ["A", "B", "C", "D", "E", "F"],
        "candidates": ["F"],
        "proxies": [{"principal": each, "agent": "E", "relation": "other"} for each in "ABCD"]
        + [{"principal": "D", "agent": "F"}],
    }
    found = answer("proxies", question)
    assert [each["principal"] for each in found["accepted"]] == ["A", "B", "C"]
    assert [(each["principal"], each["code"], each["rule"]) for each in found["refused"]] == [
        ("D", "AGENT_FULL", "VT-07"),
        ("D", "AGENT_CANDIDATE", "VT-07"),
    ]


LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-5, 10**6), st.floats(), st.text(max_size=8))
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(TOPIC_NAMES.split()), st.data())
def test_no_question_breaks_the_calculator(topic, data):
    """Any value under any key is either answered or refused in words."""
    question = dict(TOPICS[topic].example)
    for key in data.draw(st.sets(st.sampled_from(sorted(TOPICS[topic].fields)), max_size=2)):
        question[key.split(".")[0]] = data.draw(VALUES)
    with contextlib.suppress(CalculatorError):
        json.dumps(answer(topic, question), ensure_ascii=False)
