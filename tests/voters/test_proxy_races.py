"""Two clerks in the same second: an agent's last place is given once, a voter has one way of voting (VT-07)."""

import pytest
from django.db import transaction

from elections.rules.machine import Refused
from tests.voters.make_polling import ASKED, Village
from tests.voters.test_races import at_once
from voters.assisting import record_roving
from voters.models import ProxyVote, RovingVoter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
NAMES = tuple(f"选民{letter}" for letter in "甲乙丙丁戊己庚辛壬癸")


def outcomes(found) -> list[str]:
    return sorted(type(each).__name__ for each in found)


@pytest.fixture
def village():
    with transaction.atomic():
        return Village(NAMES)


def test_two_clerks_give_one_agent_his_last_place(village):
    agent = NAMES[0]
    with transaction.atomic():
        village.authorise(NAMES[1], agent)
        village.authorise(NAMES[2], agent)
    found = at_once([lambda n=name: village.authorise(n, agent) for name in NAMES[3:5]])
    assert outcomes(found) == ["ProxyVote", "Refused"]
    [refused] = [each for each in found if isinstance(each, Refused)]
    assert [each.text for each in refused.problems] == [f"{agent}已接受3人委托，上限3人。请换一位受委托人。"]
    assert ProxyVote.objects.filter(agent__name=agent).count() == 3


def test_two_clerks_record_a_chain_from_both_ends(village):
    one, other, third = NAMES[:3]
    found = at_once([lambda: village.authorise(one, other), lambda: village.authorise(other, third)])
    assert outcomes(found) == ["ProxyVote", "Refused"]


def test_one_principal_is_given_to_two_agents(village):
    found = at_once([lambda a=agent: village.authorise(NAMES[0], a) for agent in NAMES[1:7]])
    assert outcomes(found) == ["ProxyVote", *["Refused"] * 5]
    assert list(ProxyVote.objects.values_list("number", flat=True)) == [1]


def test_a_proxy_and_the_box_for_one_voter(village):
    voter = village.who(NAMES[0])
    given = {"why": "old", "note": "", "route": "1号箱", "applied_on": ASKED, "actor": village.clerk, "today": ASKED}
    found = at_once(
        [lambda: village.authorise(NAMES[0], NAMES[1]), lambda: record_roving(village.election, voter, **given)]
    )
    assert sum(isinstance(each, Refused) for each in found) == 1
    assert ProxyVote.objects.count() + RovingVoter.objects.count() == 1
