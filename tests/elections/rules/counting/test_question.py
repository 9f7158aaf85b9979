"""The question of a count: what is understood, what is refused in plain words, how fast it is decided."""

import json
import time

import pytest

from elections.rules.policy import load
from tests.elections.rules.counting.ask import ask, decide, elected

QUESTION = {
    "registered": 100,
    "issued": 80,
    "returned": 80,
    "posts": [{"post": "chair", "seats": 1}],
    "votes": {"chair": {"A": 50, "B": 30}},
}


def test_the_answer_is_plain_json():
    answer = decide(QUESTION)
    assert json.loads(json.dumps(answer)) == answer
    assert list(answer) == [
        "status", "reasons", "need", "elected", "not_elected", "ties", "waiting", "vacancies", "needs_ruling",
        "invalid_ballots", "blank_ballots", "totals", "grounds",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": "red"}, "decide 中有不认识的键：colour"),
        ({"registered": None}, "decide 的 registered 应当是不小于0的整数"),
        ({"returned": "80"}, "decide 的 returned 应当是不小于0的整数"),
        ({"returned": True}, "decide 的 returned 应当是不小于0的整数"),
        ({"issued": -1}, "decide 的 issued 应当是不小于0的整数"),
        ({"body": "council"}, "decide 的 body 应当是committee、residents、party之一"),
        ({"round": "second"}, "decide 的 round 应当是first、rerun、tie之一"),
        ({"posts": [{"post": "mayor", "seats": 1}]}, "不认识的职务：mayor"),
        ({"posts": [{"post": "chair", "seats": 21}]}, "应选名额合计超过20个"),
        ({"posts": [{"post": "chair", "seat": 1}]}, "posts 中有不认识的键：seat"),
        ({"posts": {"chair": 1}}, "decide 的 posts 应当是一个列表"),
        ({"votes": {"deputy": {"A": 1}}}, "votes 中的副主任不在本次应选职务 posts 中"),
        ({"votes": {"chair": {"A": 1.5}}}, "votes 的 A 应当是不小于0的整数"),
        ({"votes": {"chair": ["A"]}}, "votes 应当是一组“键：值”"),
        ({"ballots": []}, "votes 和 ballots 须填一项，且只填一项"),
        ({"people": [{"name": "A", "age": 30}]}, "people 中有不认识的键：age"),
        ({"people": [{"name": "A"}, {"name": "A"}]}, "people 中有两个A，请在姓名后加注区分"),
        ({"people": [{"name": "A", "sex": "X"}]}, "people 的 sex 应当是M、F之一"),
        ({"kin": [["A"]]}, "kin 的每一项应当是 [姓名, 姓名] 或者 [姓名, 姓名, 关系]"),
        ({"kin": [["A", 1]]}, "kin 的每一项应当是 [姓名, 姓名] 或者 [姓名, 姓名, 关系]"),
        ({"kin": [["A", "B", "friend"]]}, "不认识的亲属关系：friend"),
        ({"seated": [{"post": "chair"}]}, "seated 缺少 name"),
        ({"policy": "mars"}, "没有名为 mars 的规则包，现有：fujian、jiangxi、national-2018、national-2025"),
        ({"overrides": {"proxy_maximum": 1}}, "不认识的参数：proxy_maximum"),
    ],
)
def test_what_cannot_be_understood_is_refused(changes, message):
    with pytest.raises(ValueError) as refusal:
        decide({**QUESTION, **changes})
    assert str(refusal.value) == message


def test_a_missing_figure_is_named():
    with pytest.raises(ValueError, match="decide 缺少 registered"):
        decide({key: value for key, value in QUESTION.items() if key != "registered"})


def test_something_that_is_no_question():
    with pytest.raises(ValueError, match="decide 应当是一组“键：值”"):
        decide(["chair"])


def test_marks_for_a_post_that_is_not_elected():
    question = {key: value for key, value in QUESTION.items() if key != "votes"}
    with pytest.raises(ValueError, match="ballots 中的委员不在本次应选职务 posts 中"):
        decide({**question, "ballots": [{"marks": {"member": ["A"]}}]})


def test_a_policy_given_by_the_caller_wins_over_the_pack():
    assert decide(QUESTION, load("national-2018"))["elected"][0]["cite"] == "《村民委员会组织法》第十五条第二款"


def test_too_many_equals_are_refused_instead_of_working_for_hours():
    names = [f"n{number}" for number in range(40)]
    with pytest.raises(ValueError, match="得票相等的有40人"):
        ask(round="tie", returned=99, seats={"member": 7}, votes={"member": dict.fromkeys(names, 10)})


def test_a_thousand_decisions_in_five_seconds():
    votes = {
        "chair": {"A": 560, "B": 400},
        "deputy": {"C": 505, "D": 470},
        "member": {"E": 620, "F": 580, "G": 580, "H": 190},
    }
    question = {"returned": 1000, "seats": {"chair": 1, "deputy": 1, "member": 2}, "women": ["C"], "votes": votes}
    start = time.process_time()
    for _ in range(1000):
        outcome = ask(**question)
    assert time.process_time() - start < 5
    assert outcome["ties"]


def test_one_person_over_half_for_two_posts_takes_the_higher():
    votes = {"chair": {"A": 560}, "deputy": {"A": 520, "B": 470}}
    outcome = ask(returned=1000, seats={"chair": 1, "deputy": 1}, votes=votes)
    assert elected(outcome) == [("chair", "A")]
    assert outcome["vacancies"][0]["rerun_candidates"] == ["B"]
