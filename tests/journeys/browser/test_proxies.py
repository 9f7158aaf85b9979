"""委托投票 on a phone: limits said while typing, a chain refused, the list put up, an agent who becomes a candidate."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Locator, expect

from candidates.selectors.nominees import nominees_of
from candidates.services import vetting
from config.demo import walk as steps
from elections.models import Area, Election, Role, User
from elections.permissions import actor_of
from tests.journeys.browser import made
from tests.journeys.browser.clerk import Clerk, Said
from tests.journeys.browser.look import PHONE
from voters.models import ProxyVote, Voter
from voters.selectors.roll import listed

pytestmark = pytest.mark.browser

BEFORE_VETTING = (
    steps.prepare,
    steps.audit,
    steps.party_first,
    steps.register,
    steps.publish_roll,
    steps.nominate,
    steps.vet,
)


@transaction.atomic
def concluded(election: Election) -> None:
    """The county has passed everybody: the formal list may be published."""
    county = actor_of(User.objects.get(username=Role.COUNTY))
    noon = datetime.combine(
        timezone.localdate(), datetime.min.time().replace(hour=0, minute=1), ZoneInfo("Asia/Shanghai")
    )
    for nominee in nominees_of(election):
        vetting.conclude(nominee, outcome="passed", reason="联审未发现问题", actor=county, now=noon)


def types(clerk: Clerk, field: str, words: str | int) -> Locator:
    """Key by key, as on a phone; gives what is said below."""
    clerk.page.locator(f"[name={field}]").fill("")
    clerk.page.locator(f"[name={field}]").press_sequentially(str(words))
    return clerk.page.locator("#matches")


def records(clerk: Clerk, principal: Voter, agent: Voter, **more: Said) -> None:
    """One proxy by the numbers of the roll."""
    clerk.open("proxy_new")
    said = {"委托人": principal.number, "受委托人": agent.number, "受委托人是委托人的": "子女", "不能到场的原因": "外出务工",
            "选举委员会经办人": "石某某"}  # fmt: skip
    clerk.write(clerk.part("main form"), said | more)
    clerk.press("登记委托")


def test_a_phone_at_the_committee_and_what_a_candidacy_ends(clerk: Clerk, county: Area) -> None:
    election = made.walk(county, *BEFORE_VETTING, poll_in=9)
    concluded(election)
    away, other, third, agent, next_agent, last = listed(election).order_by("number")[100:106]
    nominee = nominees_of(election).filter(office="member").select_related("voter").first()
    candidate = nominee.voter
    clerk.log_in("village")
    clerk.page.set_viewport_size(PHONE)
    two_go_to_one_agent(clerk, (away, other), agent)
    nobody_passes_a_proxy_on(clerk, away, agent, next_agent)

    # Somebody nominated may accept; he is told what becomes of it.
    clerk.open("proxy_new")
    expect(types(clerk, "agent", candidate.number)).to_contain_text("成为正式候选人后委托自行终止。")
    records(clerk, third, candidate)
    clerk.is_told(f"第3号委托已登记：{third.name}委托{candidate.name}。")

    puts_the_list_up(clerk)
    a_candidacy_ends_a_proxy(clerk, third, candidate)
    clerk.page.get_by_role("link", name="另行委托").click()
    clerk.write(clerk.part("main form"), {"受委托人": last.number, "受委托人是委托人的": "本村其他选民"})
    clerk.press("登记委托")
    clerk.is_told(f"第4号委托已登记：{third.name}委托{last.name}。")
    clerk.sees("张贴后又登记1人，还没有公布")


def two_go_to_one_agent(clerk: Clerk, principals: tuple[Voter, ...], agent: Voter) -> None:
    clerk.village()
    clerk.follow("委托投票")
    clerk.sees("还没有委托")
    clerk.follow("登记委托")
    told = types(clerk, "agent", agent.name)
    expect(told).to_contain_text("还没有接受委托，可接受3人。")
    for principal in principals:
        records(clerk, principal, agent)
        clerk.is_told(f"{principal.name}委托{agent.name}")
    clerk.open("proxy_new")
    expect(types(clerk, "agent", agent.number)).to_contain_text("已接受2人委托，还可接受1人。")
    clerk.looks("proxy-typing")
    clerk.page.set_viewport_size(PHONE)


def nobody_passes_a_proxy_on(clerk: Clerk, away: Voter, agent: Voter, next_agent: Voter) -> None:
    """No chain: said while typing, and refused when sent all the same."""
    expect(types(clerk, "agent", away.number)).to_contain_text(f"{away.name}本人已委托他人投票，不能再接受委托。")
    expect(types(clerk, "principal", agent.number)).to_contain_text(f"{agent.name}已接受他人委托，不能转托。")
    with clerk.page.expect_response(lambda answer: answer.status == 422):
        records(clerk, agent, next_agent)
    expect(clerk.page.locator(".refusal")).to_contain_text(f"{agent.name}已接受他人委托，不能转托。")
    expect(clerk.page.locator(".refusal")).to_contain_text("依据：")
    clerk.looks("proxy-chain")
    clerk.page.set_viewport_size(PHONE)


def puts_the_list_up(clerk: Clerk) -> None:
    clerk.sees("还没有公布")
    clerk.follow("登记张贴")
    posting = {"公告": "委托投票名单", "张贴日期": timezone.localdate(), "张贴地点": "村务公开栏", "张贴人": "石某某"}
    clerk.save("#posting", posting, "登记张贴")
    clerk.open("proxies")
    clerk.sees("已张贴", "有效委托3份")
    clerk.looks("proxies")


def a_candidacy_ends_a_proxy(clerk: Clerk, third: Voter, candidate: Voter) -> None:
    """In the act that makes him a candidate his proxy ends, and the principal may name another."""
    clerk.open("candidates_publish")
    clerk.write(clerk.part("main"), {"公布日期": timezone.localdate(), "张贴地点": "村务公开栏"})
    clerk.part("main form [type=checkbox]").check()
    clerk.press("公布正式候选人")
    clerk.is_told("正式候选人名单已公布")
    clerk.is_told("受委托人成为候选人，1份委托自行终止。请告知委托人可以另行委托。")
    assert ProxyVote.objects.get(number=3).ending == ProxyVote.Ending.CANDIDATE
    clerk.village()
    clerk.sees("受委托人成为候选人，委托自行终止")
    clerk.open("proxies")
    clerk.sees(
        "张贴后终止1份，名单须更新", "受委托人成为候选人，委托自行终止（1份）", f"{third.name}原委托{candidate.name}"
    )
    clerk.looks("proxies-candidate")
    clerk.page.set_viewport_size(PHONE)


def test_the_box_and_the_helper_beside_a_proxy(clerk: Clerk, county: Area) -> None:
    election = made.walk(county, *BEFORE_VETTING, poll_in=9)
    one, agent, ill = listed(election).order_by("number")[100:103]
    clerk.log_in("village")
    clerk.page.set_viewport_size(PHONE)
    records(clerk, one, agent)
    clerk.open("roving")
    expect(types(clerk, "person", one.number)).to_contain_text(f"{one.name}已委托{agent.name}投票（第1号）。")
    asked = {"投票人": ill.number, "原因": "患病", "路线（票箱）": "1号箱（4组）"}
    clerk.write(clerk.part("main form:has([name=route])"), asked)
    clerk.press("登记投票人")
    clerk.is_told(f"{ill.name}已登记使用流动票箱：1号箱（4组）。")
    clerk.sees("现有流动票箱人员0人")
    clerk.looks("roving")
    clerk.page.set_viewport_size(PHONE)
    clerk.open("helpers")
    clerk.write(
        clerk.part("main form:has([name=helper])"), {"投票人": ill.number, "代写人": "石某某", "原因": "不识字"}
    )
    clerk.press("登记代写人")
    clerk.sees("人员名册和选民名单上没有“石某某”")
    clerk.write(clerk.part("main form .person-new"), {"登记新的人员（名册和名单上都没有）": True, "男": True})
    clerk.press("登记代写人")
    clerk.is_told(f"{ill.name}的代写人已登记为石某某。")
    clerk.looks("helpers")
