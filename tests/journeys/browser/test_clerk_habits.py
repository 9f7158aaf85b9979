"""What clerks do to forms: double clicks, the back button, two windows, no script, a long telephone call."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Route, expect
from pytest_django.live_server_helper import LiveServer

from config.demo import walk as steps
from elections.models import Area, Posting, Training
from elections.rules.kinds import Stage
from tests.journeys.browser import made
from tests.journeys.browser.clerk import Clerk, Said
from tests.journeys.browser.look import Eye
from voters.models import RollVersion

pytestmark = pytest.mark.browser

BEFORE_VOTING = (steps.prepare, steps.audit, steps.party_first, steps.register)


def a_training() -> dict[str, Said]:
    return {"培训日期": made.days_ago(1), "培训内容": "选举业务培训", "参加人数": 46}


def test_a_double_click_saves_one_row(clerk: Clerk, county: Area) -> None:
    made.walk(county, poll_in=60)
    clerk.log_in("township")
    clerk.open("training")
    clerk.write(clerk.part("#training"), a_training())
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("button", name="登记培训").dblclick()
    clerk.is_told("培训已登记")
    assert Training.objects.count() == 1


def test_an_answer_that_was_lost_and_asked_for_again_is_one_act(clerk: Clerk, county: Area) -> None:
    """The line breaks after the server has saved; the clerk presses F5 and the browser sends the form once more."""
    made.walk(county, poll_in=60)
    clerk.log_in("township")
    clerk.open("training")
    clerk.write(clerk.part("#training"), a_training())

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    clerk.page.route("**/training/?part=training", lose, times=1)
    clerk.page.get_by_role("button", name="登记培训").click()
    clerk.page.wait_for_url("chrome-error://**")
    assert Training.objects.count() == 1, "the server had saved"
    clerk.page.reload()
    clerk.sees("已办的培训 1条")
    assert Training.objects.count() == 1
    clerk.eye.complaints = [each for each in clerk.eye.complaints if "ERR_CONNECTION_RESET" not in each]


def test_back_after_a_step_offers_no_second_one(clerk: Clerk, county: Area) -> None:
    made.walk(county, steps.prepare, poll_in=60)
    clerk.log_in("township")
    clerk.steps("start_audit", "进入审计环节")
    clerk.page.go_back()
    expect(clerk.page.get_by_role("button", name="进入审计环节")).to_have_count(0)
    clerk.sees("“进入审计环节”已经办理，现在是审计环节")
    clerk.looks("back-after-step")


def test_back_over_a_refused_form_opens_the_form_again(clerk: Clerk, county: Area) -> None:
    """Not the browser's own page that asks whether to send it once more."""
    made.walk(county, poll_in=60)
    clerk.log_in("township")
    clerk.open("training")
    clerk.save("#training", a_training() | {"培训内容": ""}, "登记培训")
    clerk.sees("培训内容没有填写")
    clerk.save("#training", {"培训内容": "选举业务培训"}, "登记培训")
    clerk.is_told("培训已登记")
    clerk.page.go_back()
    clerk.sees("登记培训")
    clerk.open("training")
    clerk.save("#training", a_training() | {"培训内容": ""}, "登记培训")
    clerk.follow("返回石门村")
    clerk.page.go_back()
    clerk.sees("登记培训")
    assert Training.objects.count() == 1


def test_the_second_window_is_told_that_it_is_done(clerk: Clerk, county: Area) -> None:
    election = made.walk(county, steps.prepare, poll_in=60)
    clerk.log_in("township")
    other = Clerk(clerk.page.context.new_page(), clerk.site, clerk.code, clerk.eye)
    for each in (clerk, other):
        each.open("step", clerk.code, "start_audit")
    clerk.press("进入审计环节")
    clerk.is_told("已进入审计环节")
    with other.page.expect_response(lambda answer: answer.status == 409):
        other.press("进入审计环节")
    expect(other.page.locator(".refusal")).to_contain_text("“进入审计环节”已经办理，现在是审计环节")
    other.looks("second-window")
    election.refresh_from_db()
    assert election.stage == Stage.AUDIT


def test_a_step_that_lost_its_ground_meanwhile_is_refused_with_the_reason(clerk: Clerk, county: Area) -> None:
    election = made.walk(county, steps.prepare, poll_in=60)
    clerk.log_in("township")
    other = Clerk(clerk.page.context.new_page(), clerk.site, clerk.code, clerk.eye)
    other.open("step", clerk.code, "start_audit")
    clerk.open("training")
    clerk.page.locator("#training").get_by_role("button", name="删除").click()
    clerk.is_told("已删除")
    with other.page.expect_response(lambda answer: answer.status == 409):
        other.press("进入审计环节")
    expect(other.page.locator(".refusal")).to_contain_text("换届工作人员还没有培训")
    other.looks("refused-409")
    election.refresh_from_db()
    assert election.stage == Stage.PREPARATION


def test_without_script_login_list_form_and_publication_work(
    browser: Browser, live_server: LiveServer, county: Area, eye: Eye
) -> None:
    made.walk(county, *BEFORE_VOTING, poll_in=30)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", timezone_id="Asia/Shanghai")
    eye.watch(context)
    plain = Clerk(context.new_page(), live_server.url, "990100101201", eye)
    plain.log_in("village")
    plain.open("roll")
    plain.write(plain.part("main"), {"姓名": "甲"})
    plain.press("查询")
    plain.sees("共")
    plain.open("postings")
    plain.save("#posting", {"公告": "选举委员会名单", "张贴日期": made.days_ago(0)}, "登记张贴")
    assert Posting.objects.filter(key="ec_list").count() == 1
    plain.open("roll_publish")
    plain.write(plain.part("main"), {"张贴地点": "村务公开栏", "张贴人": "测试张贴员"})
    plain.part("main form [type=checkbox]").check()
    plain.press("公布名单")
    plain.sees("名单已公布")
    assert RollVersion.objects.count() == 1
    context.close()


def test_the_idle_warning_comes_in_time_and_one_key_stays(clerk: Clerk, county: Area) -> None:
    made.walk(county, poll_in=60)
    clerk.page.clock.install()
    clerk.log_in("township")
    clerk.open("training")
    clerk.write(clerk.part("#training"), a_training())
    clerk.page.clock.run_for(23 * 60 * 1000)
    warning = clerk.page.get_by_role("alertdialog")
    expect(warning).to_be_hidden()
    clerk.page.clock.run_for(2 * 60 * 1000)
    expect(warning).to_contain_text("继续工作")
    clerk.page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(clerk.part("#training").get_by_label("培训内容")).to_have_value("选举业务培训")
