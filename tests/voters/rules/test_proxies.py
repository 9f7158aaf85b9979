"""Voting by proxy (VT-06…12, RC-04)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elections.rules import policy
from voters.rules.proxies import (
    Bar,
    Moment,
    Proxy,
    Register,
    ended_by_candidacy,
    judge,
    places_left,
    reasons,
    why_not_in_time,
    why_not_now,
)

NATIONAL = policy.load()
OLD = policy.load("national-2018")
ROLL = frozenset("甲乙丙丁戊己庚辛")
VILLAGE = Register(roll=ROLL, candidates=frozenset("辛"))


def decided(*pairs, register=VILLAGE, pack=NATIONAL):
    found = judge([Proxy(*pair) for pair in pairs], register, pack)
    return [(each.principal, each.agent) for each in found.accepted], [
        (each.proxy.principal, each.proxy.agent, each.bar.value) for each in found.refused
    ]


def test_three_principals_are_enough():
    """VT-07: the third is accepted, the fourth is not."""
    accepted, refused = decided("甲戊", "乙戊", "丙戊", "丁戊")
    assert accepted == [("甲", "戊"), ("乙", "戊"), ("丙", "戊")]
    assert refused == [("丁", "戊", "AGENT_FULL")]


def test_a_province_may_allow_fewer():
    two = policy.load(overrides={"proxy_max": 2})
    found = judge([Proxy(*pair) for pair in ("甲戊", "乙戊", "丙戊")], VILLAGE, two)
    assert found.refused[0].why == "戊已接受2人委托，上限2人。请换一位受委托人。"


@pytest.mark.parametrize(
    ("pairs", "bar", "rule"),
    [
        (["甲辛"], "AGENT_CANDIDATE", "VT-07"),
        (["外甲"], "PRINCIPAL_NOT_ON_ROLL", "VT-08"),
        (["甲外"], "AGENT_NOT_ON_ROLL", "VT-08"),
        (["甲甲"], "SELF", "VT-08"),
        (["甲乙", "甲丙"], "TWICE", "VT-08"),
        (["甲乙", "乙丙"], "CHAIN", "VT-08"),
        (["乙丙", "甲乙"], "CHAIN", "VT-08"),
    ],
)
def test_each_bar(pairs, bar, rule):
    found = judge([Proxy(*pair) for pair in pairs], VILLAGE, NATIONAL)
    [refused] = found.refused
    assert (refused.bar.value, refused.rule) == (bar, rule)
    assert refused.why.endswith("。")
    assert len(found.accepted) == len(pairs) - 1


def test_a_candidate_may_be_a_principal():
    assert decided("辛甲")[1] == []


def test_under_the_old_text_only_near_relatives():
    """VT-06."""
    assert decided(("甲", "乙", "sibling"), pack=OLD)[1] == []
    assert decided(("甲", "乙", "cousin"), pack=OLD)[1] == [("甲", "乙", "NOT_KIN")]
    assert decided(("甲", "乙", "other"), pack=OLD)[1] == [("甲", "乙", "NOT_KIN")]
    assert decided(("甲", "乙"), pack=OLD)[1] == [("甲", "乙", "NOT_KIN")]
    assert decided(("甲", "乙", "other"))[1] == []


def test_representatives_of_a_community_vote_themselves():
    """RC-04."""
    register = Register(roll=ROLL, by_representatives=True, community=True)
    assert decided("甲乙", register=register)[1] == [("甲", "乙", "NO_PROXY")]


def test_a_refused_request_takes_no_place():
    accepted, refused = decided("外戊", "甲戊", "乙戊", "丙戊")
    assert len(accepted) == 3
    assert [bar for *_, bar in refused] == ["PRINCIPAL_NOT_ON_ROLL"]


def test_an_agent_who_becomes_a_candidate_loses_his_proxies():
    """VT-12."""
    accepted = judge([Proxy("甲", "戊"), Proxy("乙", "己")], VILLAGE, NATIONAL).accepted
    assert ended_by_candidacy(accepted, {"戊"}) == (Proxy("甲", "戊"),)
    assert places_left("戊", accepted, NATIONAL) == 2


def test_requests_end_some_days_before_the_vote():
    poll_day = date(2026, 12, 20)
    assert why_not_in_time(date(2026, 12, 17), poll_day, NATIONAL) is None
    assert why_not_in_time(date(2026, 12, 18), poll_day, NATIONAL) == "委托申请应在2026年12月17日前办理，现已超过1天。"


VOTE, LAST, EVE = date(2026, 12, 20), date(2026, 12, 17), date(2026, 12, 19)


@pytest.mark.parametrize(
    ("received_on", "moment", "why"),
    [
        (LAST, {"today": LAST}, None),
        (LAST, {"today": EVE}, None),
        (date(2026, 12, 18), {"today": EVE}, "委托申请应在2026年12月17日前办理，现已超过1天。"),
        (LAST, {"today": VOTE}, "选举日（2026年12月20日）已到，现场不办理委托。"),
        (EVE, {"today": LAST}, "申请日期（2026年12月19日）在今天以后。请核对。"),
        (LAST, {"today": LAST, "roll_published": False}, "选民名单还没有公布，公布后才能登记委托。"),
        (VOTE, {"today": VOTE, "voting": True}, "投票已经开始，现场不办理委托。"),
        (VOTE, {"today": VOTE, "over": True}, "投票已经结束，不再登记委托。"),
        (VOTE, {"today": VOTE, "again": True}, None),
    ],
)
def test_when_somebody_may_be_authorised(received_on, moment, why):
    """Both sides of the last day, of the eve, and of every vote (VT-09, VT-12)."""
    assert why_not_now(received_on, Moment(poll_day=VOTE, **moment), NATIONAL) == why


def test_without_election_day_no_deadline_is_known():
    assert why_not_now(LAST, Moment(today=LAST), NATIONAL).startswith("选举日还没有设定")


def test_every_reason_of_one_side_alone():
    accepted = [Proxy("甲", "戊"), Proxy("乙", "戊"), Proxy("丙", "戊")]
    bars = (Bar.AGENT_CANDIDATE, Bar.AGENT_FULL)
    register = Register(roll=ROLL, candidates=frozenset("戊"))
    said = [why for _, why in reasons(Proxy("丁", "戊"), accepted, register, NATIONAL, bars)]
    assert said == ["戊是候选人，不能接受委托。请换一位受委托人。", "戊已接受3人委托，上限3人。请换一位受委托人。"]
    assert [why for _, why in reasons(Proxy("丁", "己"), accepted, VILLAGE, NATIONAL, bars)] == [None, None]


PEOPLE = st.sampled_from([*ROLL, "外"])


@given(st.lists(st.builds(Proxy, PEOPLE, PEOPLE, st.sampled_from([None, "spouse", "other"])), max_size=20))
def test_what_is_accepted_is_lawful_as_a_whole(requests):
    for pack in (NATIONAL, OLD):
        found = judge(requests, VILLAGE, pack)
        assert len(found.accepted) + len(found.refused) == len(requests)
        agents = [each.agent for each in found.accepted]
        principals = [each.principal for each in found.accepted]
        assert all(agents.count(agent) <= pack.proxy_max for agent in agents)
        assert len(set(principals)) == len(principals)
        assert not set(agents) & set(principals)
        assert not set(agents) & VILLAGE.candidates
        assert set(agents) | set(principals) <= ROLL
        assert all(isinstance(each.bar, Bar) for each in found.refused)
