"""The pages of proxies, of the box that comes home and of helpers: said while typing, refused with every reason, listed."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
import time_machine
from openpyxl import load_workbook

from elections.models import Election, Posting, Role
from elections.rules.kinds import Stage
from tests.candidates.make_candidates import a_nominee
from tests.make import TOWN
from tests.voters.make_pages import address, signed_in, text_of
from tests.voters.make_polling import ASKED, Village
from voters.models import HelpedVoter, ProxyVote, RovingVoter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked():
    with time_machine.travel(f"{ASKED}T09:00:00+08:00", tick=True):
        yield


@pytest.fixture
def village():
    return Village()


@pytest.fixture
def clerk(village):
    return signed_in()


def a_form(**fields: Any) -> dict[str, Any]:
    known = {
        "principal": "王芳", "agent": "李四", "relation": "sibling", "reason": "外出务工", "applied_on": "2026-12-10",
        "consented_by": "王某",
    }  # fmt: skip
    return known | fields


def problems_of(response) -> list[str]:
    return [each.text for each in response.context["problems"]]


# ── recording ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clerk_records_one_and_is_told_how_many_are_left(clerk, village):
    page = clerk.post(address("proxy_new"), a_form(), follow=True)
    assert page.redirect_chain == [(address("proxies"), 302)]
    assert "第1号委托已登记：王芳委托李四。李四已接受1人委托，还可接受2人。" in text_of(page)
    assert clerk.post(address("proxy_new"), a_form(principal="李强", again="1")).url == address("proxy_new")
    assert [p.principal.name for p in ProxyVote.objects.all()] == ["王芳", "李强"]


def test_by_number_by_initials_and_by_part_of_a_name(clerk, village):
    number = village.who("李四").number
    clerk.post(address("proxy_new"), a_form(principal="wf", agent=str(number)))
    assert ProxyVote.objects.get().agent == village.who("李四")


def test_namesakes_are_picked_without_script_too():
    village = Village(("王芳", "王芳", "李四"))
    clerk = signed_in()
    page = clerk.post(address("proxy_new"), a_form())
    assert page.status_code == 422
    assert "选民名单上有2人符合“王芳”。请选择其中一人。" in text_of(page)
    assert 'name="principal_number"' in text_of(page)
    clerk.post(address("proxy_new"), a_form(principal_number="2"))
    assert ProxyVote.objects.get().principal.number == 2
    assert village


def test_nobody_of_that_name(clerk):
    page = clerk.post(address("proxy_new"), a_form(agent="诸葛亮"))
    assert page.status_code == 422
    assert "选民名单上没有“诸葛亮”。请核对姓名，或者填写名单序号。" in text_of(page)


def test_a_refusal_names_every_reason_with_its_source_and_keeps_what_was_typed(clerk, village):
    village.authorise("王芳", "李四")
    page = clerk.post(address("proxy_new"), a_form(principal="李四", agent="王芳"))
    assert page.status_code == 422
    assert problems_of(page) == ["王芳本人已委托他人投票，不能再接受委托。请换一位受委托人。"]
    assert "依据：" in text_of(page)
    assert 'value="外出务工"' in text_of(page)


def test_the_same_function_stands_behind_form_and_service(clerk, village):
    for name in ("王芳", "李强", "张三"):
        village.authorise(name, "李四")
    page = clerk.post(address("proxy_new"), a_form(principal="赵敏"))
    assert problems_of(page) == ["李四已接受3人委托，上限3人。请换一位受委托人。"]
    assert ProxyVote.objects.count() == 3


def test_too_late_and_no_longer_at_all(village):
    with time_machine.travel("2026-12-18T09:00:00+08:00", tick=True):
        clerk = signed_in()
        late = clerk.post(address("proxy_new"), a_form(applied_on="2026-12-18"))
        assert problems_of(late) == ["委托申请应在2026年12月17日前办理，现已超过1天。"]
        assert clerk.post(address("proxy_new"), a_form(applied_on="2026-12-17")).status_code == 302
    with time_machine.travel("2026-12-20T07:00:00+08:00", tick=True):
        clerk = signed_in()
        assert "现场不办理委托" in text_of(clerk.get(address("proxy_new")))
        assert 'href="' + address("proxy_new") not in text_of(clerk.get(address("proxies")))


# ── while typing ─────────────────────────────────────────────────────────────────────────────────────────────────


def said(clerk, **typed) -> str:
    return text_of(clerk.get(address("proxy_check"), typed))


def test_places_left_are_said_while_typing(clerk, village):
    assert "还没有接受委托，可接受3人。" in said(clerk, agent="李四")
    village.authorise("王芳", "李四")
    village.authorise("李强", "李四")
    assert "已接受2人委托，还可接受1人。" in said(clerk, agent="李四")
    village.authorise("张三", "李四")
    assert "李四已接受3人委托，上限3人。请换一位受委托人。" in said(clerk, agent="ls")


def test_reasons_are_said_while_typing(clerk, village):
    village.authorise("王芳", "李四")
    a_nominee(village.election, "赵敏", formal_order=1)
    a_nominee(village.election, "周涛")
    assert "赵敏是候选人，不能接受委托。" in said(clerk, agent="赵敏")
    assert "已被提名，成为正式候选人后委托自行终止。" in said(clerk, agent="周涛")
    assert "王芳本人已委托他人投票" in said(clerk, agent="王芳")
    assert "王芳已委托李四。" in said(clerk, principal="王芳")
    assert "李四已接受他人委托，不能转托。" in said(clerk, principal="李四")
    assert "委托人和受委托人是同一人。" in said(clerk, principal="张三", agent="张三")
    assert "依据：" in said(clerk, agent="王芳")
    assert said(clerk).strip() == ""
    assert "选民名单上没有" in said(clerk, agent="\0" + "9" * 60)
    number = village.who("郑平").number
    assert "郑平" in said(clerk, agent=f"{number}号")
    assert said(clerk, agent="\0").strip() == ""


# ── the register ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_register_is_searched_from_both_sides(clerk, village):
    village.authorise("王芳", "李四")
    village.authorise("李强", "赵敏")
    for query, names in (
        ("q=王芳", {"王芳"}), ("q=zm", {"李强"}), (f"q={village.who('李四').number}", {"王芳"}), ("q=没有", set()),
        ("", {"王芳", "李强"}), ("standing=ended", set()), ("standing=x", set()), ("standing=all", {"王芳", "李强"}),
    ):  # fmt: skip
        table = clerk.get(f"{address('proxies')}?{query}").context["table"]
        assert {row.record.principal.name for row in table.rows} == names, query


def test_the_way_back_from_an_ending_is_to_record_it_again(clerk, village):
    given = village.authorise("王芳", "李四", reason="外地就医")
    page = clerk.post(address("proxy_end", given.pk), {"ending": "withdrawn"}, follow=True)
    assert "第1号委托已终止（委托人撤回）。王芳可以本人投票，也可以另行委托。" in text_of(page)
    ended = text_of(clerk.get(f"{address('proxies')}?standing=ended"))
    assert f"{address('proxy_new')}?again=1" in ended
    again = clerk.get(f"{address('proxy_new')}?again=1").context["form"].initial
    assert (again["principal"], again["agent"], again["reason"]) == (
        given.principal.number, given.agent.number, "外地就医",
    )  # fmt: skip
    assert clerk.get(address("proxy_end", given.pk)).status_code == 302


def test_an_ending_needs_its_reason(clerk, village):
    given = village.authorise("王芳", "李四")
    assert clerk.post(address("proxy_end", given.pk), {"ending": ""}).status_code == 422
    assert clerk.post(address("proxy_end", given.pk), {"ending": "candidate"}).status_code == 422
    assert ProxyVote.objects.get().ended_on is None


def test_the_page_says_who_lost_his_agent_to_a_candidacy(clerk, village):
    given = village.authorise("王芳", "李四")
    ProxyVote.objects.filter(pk=given.pk).update(ended_on=ASKED, ending="candidate")
    page = text_of(clerk.get(address("proxies")))
    assert "受委托人成为候选人，委托自行终止（1份）" in page
    again = clerk.get(f"{address('proxy_new')}?again=1").context["form"].initial
    assert "agent" not in again
    village.authorise("王芳", "赵敏")
    assert "委托自行终止（1份）" not in text_of(clerk.get(address("proxies")))


def test_the_sheet_holds_no_number_of_a_person(clerk, village):
    village.authorise("王芳", "李四", relation="sibling")
    rows = list(load_workbook(BytesIO(clerk.get(address("proxies_sheet")).content)).active.values)
    assert rows[0][:5] == ("委托证编号", "委托人", "委托人序号", "委托人小组", "受委托人")
    assert rows[1][1] == "王芳"
    assert rows[1][7] == "兄弟姐妹"
    assert not any("990100" in str(cell) for row in rows for cell in row)


def test_the_list_says_what_is_not_put_up_yet(clerk, village):
    village.authorise("王芳", "李四")
    assert "还没有公布" in text_of(clerk.get(address("proxies")))
    Posting.objects.create(election=village.election, key="proxy", posted_on=ASKED, place="栏", posted_by="王某")
    assert "2026年12月10日已张贴" in text_of(clerk.get(address("proxies")))


def test_slips_are_printed_one_page_each(clerk, village):
    import pikepdf

    one, other = village.authorise("王芳", "李四"), village.authorise("李强", "李四")
    answer = clerk.get(address("proxy_slip", one.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    for pages, data in ((1, answer.content), (2, clerk.get(address("proxies_slips")).content)):
        with pikepdf.open(BytesIO(data)) as document:
            assert len(document.pages) == pages
    assert other


@pytest.mark.parametrize("proxies", [1, 8])
def test_the_number_of_queries_does_not_grow_with_the_proxies(village, clerk, proxies, django_assert_max_num_queries):
    for name, agent in list(zip(("王芳", "李强", "张三", "赵敏"), ("李四",) * 3 + ("孙磊",), strict=True))[:proxies]:
        village.authorise(name, agent)
    clerk.get(address("proxies"))
    with django_assert_max_num_queries(28):
        clerk.get(address("proxies"))


# ── who may ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_county_reads_and_does_not_record(village):
    county = signed_in(Role.COUNTY)
    assert county.get(address("proxies")).status_code == 200
    assert county.get(address("proxy_new")).status_code == 403
    assert county.post(address("roving"), {}).status_code == 403


def test_another_village_gets_nothing(village):
    given = village.authorise("王芳", "李四")
    other = signed_in(code="990100101202")
    for name, rest in (("proxies", ()), ("proxy_end", (given.pk,)), ("proxy_slip", (given.pk,)), ("roving", ())):
        assert other.get(address(name, *rest)).status_code == 404
    foreign = Village(code="990100101202").authorise("王芳", "李四")
    mine = signed_in(Role.TOWNSHIP, TOWN)
    assert mine.get(address("proxy_end", foreign.pk)).status_code == 404


@pytest.mark.parametrize(("stage", "status"), [(Stage.PREPARATION, 409), (Stage.VOTING, 200), (Stage.HANDOVER, 409)])
def test_only_while_there_is_something_to_vote_on(village, clerk, stage, status):
    Election.objects.filter(pk=village.election.pk).update(stage=stage)
    assert clerk.get(address("proxy_new")).status_code == status
    assert clerk.get(address("proxies")).status_code == 200


# ── the box and the helpers ──────────────────────────────────────────────────────────────────────────────────────


def a_box(**fields):
    return {"person": "王芳", "why": "old", "note": "", "route": "1号箱", "applied_on": "2026-12-10"} | fields


def test_the_box_is_asked_for_and_given_back(clerk, village):
    page = clerk.post(address("roving"), a_box(), follow=True)
    assert "王芳已登记使用流动票箱：1号箱。" in text_of(page)
    row = RovingVoter.objects.get()
    page = clerk.post(address("roving_remove", row.pk), follow=True)
    assert "王芳已移出流动票箱名单。需要时可以重新登记。" in text_of(page)
    assert clerk.post(address("roving"), a_box()).status_code == 302


def test_another_reason_is_written_down(clerk, village):
    assert "情况说明没有填写" in text_of(clerk.post(address("roving"), a_box(why="other")))
    assert clerk.post(address("roving"), a_box(why="other", note="照料重病人")).status_code == 302


def test_whoever_authorised_another_gets_no_box(clerk, village):
    village.authorise("王芳", "李四")
    page = clerk.post(address("roving"), a_box())
    assert page.status_code == 422
    assert problems_of(page) == ["王芳已委托李四投票（第1号）。改用流动票箱的，请先终止委托。"]
    assert "王芳已委托李四投票" in text_of(clerk.get(address("roving_check"), {"person": "王芳"}))


NEW = {"helper_new-is_new": "on", "helper_new-sex": "M"}


def test_a_helper_is_named_and_a_candidate_is_not(clerk, village):
    a_nominee(village.election, "赵敏", formal_order=1)
    page = clerk.post(address("helpers"), {"person": "王芳", "helper": "赵敏", "reason": "不识字"})
    assert problems_of(page) == ["赵敏是候选人，不能代写。请换一位信任的人。"]
    page = clerk.post(address("helpers"), {"person": "王芳", "helper": "孙某", "reason": "不识字", **NEW}, follow=True)
    assert "王芳的代写人已登记为孙某。" in text_of(page)
    row = HelpedVoter.objects.get()
    assert "已登记为孙某" in text_of(clerk.get(address("helper_check"), {"person": "王芳"}))
    page = clerk.post(address("helper_remove", row.pk), follow=True)
    assert "王芳的代写人孙某已移出名单。需要时可以重新登记。" in text_of(page)


@pytest.mark.parametrize("name", ["roving_sheet", "helpers_sheet"])
def test_the_lists_go_out_as_sheets(clerk, village, name):
    clerk.post(address("roving"), a_box())
    clerk.post(address("helpers"), {"person": "李强", "helper": "孙某", "reason": "不识字", **NEW})
    rows = list(load_workbook(BytesIO(clerk.get(address(name)).content)).active.values)
    assert len(rows) == 2
    assert not any("990100" in str(cell) for row in rows for cell in row)
