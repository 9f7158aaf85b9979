"""Worked cases of recall, representatives, recommendations and 应到会 (RS-11, RP-01, PB-05, PB-23)."""

import pytest

from office.calculator.topics import answer


@pytest.mark.parametrize(
    ("signed", "admissible"),
    [
        ({"signed_voters": 199}, False),
        ({"signed_voters": 200}, True),
        ({"signed_representatives": 9}, False),
        ({"signed_representatives": 10}, True),
    ],
)
def test_who_may_ask_for_a_recall(signed, admissible):
    found = answer("recall", {"voters": 1000, "representatives": 30, **signed})
    assert (found["admissible"], found["recalled"]) == (admissible, False)
    assert found["cite"] == "《村民委员会组织法》第十九条第一款"


@pytest.mark.parametrize(
    ("returned", "in_favour", "recalled", "why"),
    [
        (500, 500, False, "参加投票500人，没有达到规定人数，投票无效"),
        (501, 250, False, "参加投票501人，其中250人同意，未超过半数"),
        (501, 251, True, "参加投票501人，其中251人同意，超过半数"),
        (502, 251, False, "参加投票502人，其中251人同意，未超过半数"),
        (501, 502, False, "同意票502张多于收回的501张，请核对"),
    ],
)
def test_what_a_recall_must_reach(returned, in_favour, recalled, why):
    found = answer("recall", {"voters": 1000, "signed_voters": 200, "returned": returned, "for": in_favour})
    assert (found["admissible"], found["recalled"], found["why"]) == (True, recalled, why)


def test_nobody_can_recall_without_signatures():
    found = answer("recall", {"voters": 1000, "returned": 900, "for": 900})
    assert (found["admissible"], found["recalled"]) == (False, False)
    assert found["why"] == "联名人数不足：须有五分之一以上选民或者三分之一以上代表联名"


@pytest.mark.parametrize(("returned", "recalled"), [(40, False), (41, True)])
def test_residents_representatives_recall_with_more_than_two_thirds(returned, recalled):
    question = {"body": "residents", "way": "representatives", "voters": 3000, "representatives": 60}
    found = answer("recall", {**question, "signed_representatives": 20, "returned": returned, "for": returned})
    assert found["recalled"] is recalled
    assert found["cite"] == "《城市居民委员会组织法》第二十条第二款"


def test_a_tenth_of_the_residents_may_ask():
    assert answer("recall", {"body": "residents", "voters": 3000, "signed_voters": 300})["admissible"]
    assert not answer("recall", {"body": "residents", "voters": 3000, "signed_voters": 299})["admissible"]


@pytest.mark.parametrize(
    ("committee", "representatives", "women", "why"),
    [
        (5, 25, 10, "组成人员符合规定"),
        (5, 25, 9, "妇女代表9人，不足组成人员30人的三分之一"),
        (5, 20, 9, "组成人员符合规定"),
        (5, 19, 8, "代表19人，不足组成人员24人的五分之四"),
        (5, 19, 7, "代表19人，不足组成人员24人的五分之四；妇女代表7人，不足组成人员24人的三分之一"),
        (5, 25, 26, "妇女代表26人多于代表25人，请核对"),
        (5, 0, 0, "没有代表"),
    ],
)
def test_the_make_up_of_the_representatives_meeting(committee, representatives, women, why):
    found = answer(
        "composition", {"committee": committee, "representatives": representatives, "women_representatives": women}
    )
    assert (found["valid"], found["why"]) == (why == "组成人员符合规定", why)


def test_residents_have_no_womens_share():
    assert answer("composition", {"body": "residents", "committee": 5, "representatives": 25})["valid"]


TWO_VOICES = {
    "weights": {"members": 0.6, "masses": 0.4},
    "members": {"ballots": 40, "votes": {"甲": 30, "乙": 20}},
    "masses": {"ballots": 100, "votes": {"甲": 40, "乙": 60, "丙": 5}},
}


def test_the_two_recommendations_by_votes_and_by_share():
    assert answer("recommend", TWO_VOICES)["ranking"] == [
        {"name": "乙", "score": 36.0},
        {"name": "甲", "score": 34.0},
        {"name": "丙", "score": 2.0},
    ]
    assert answer("recommend", {**TWO_VOICES, "model": "rate"})["ranking"] == [
        {"name": "甲", "score": 0.61},
        {"name": "乙", "score": 0.54},
        {"name": "丙", "score": 0.02},
    ]


def test_more_votes_than_ballots_in_a_recommendation():
    with pytest.raises(ValueError, match="甲的得票多于收回的29张票"):
        answer("recommend", {**TWO_VOICES, "members": {"ballots": 29, "votes": {"甲": 30}}})


def test_a_weight_must_be_a_number():
    with pytest.raises(ValueError, match="weights 的 masses 应当是数字"):
        answer("recommend", {**TWO_VOICES, "weights": {"members": 0.6, "masses": float("nan")}})


def members(approved=True):
    """45 full members: two without the right, two bedridden, one abroad; four probationary besides."""
    return [
        *({"name": f"党员{number}"} for number in range(40)),
        {"name": "甲", "right": False, "reason": "留党察看"},
        {"name": "乙", "right": False, "reason": "留置"},
        {"name": "丙", "reason": "bedridden", "approved": approved},
        {"name": "丁", "reason": "年老体弱卧床不起", "approved": approved},
        {"name": "戊", "reason": "自费出国8个月", "approved": approved},
        *({"name": f"预备{number}", "full": False} for number in range(4)),
    ]


def test_the_number_due():
    found = answer("attendance", {"members": members()})
    assert (found["due"], len(found["counted"]), len(found["left_out"])) == (40, 40, 9)
    why = {each["name"]: each["why"] for each in found["left_out"]}
    assert why["戊"] == "自费出国半年以上，经上级批准和大会通过不计入"
    assert why["甲"] == "没有选举权或者选举权停止行使：留党察看"
    assert why["预备0"] == "预备党员没有选举权"
    assert found["left_out"][0]["cite"] == "《中国共产党基层组织选举工作条例》第五条"


def test_without_the_approvals_they_are_due():
    assert answer("attendance", {"members": members(approved=False)})["due"] == 43
