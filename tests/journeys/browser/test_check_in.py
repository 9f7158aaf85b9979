"""The table where ballots are handed out, in a real browser: a scanner types, a phone does too; cards asked for and made."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from elections import tasks
from elections.models import Job, Role
from tests.elections.make_pages import address
from tests.journeys.browser.look import PHONE, Eye
from tests.make import a_user
from tests.voters.make_check_in import a_box, a_polling_election, a_proxy, an_open_round, numbered
from voters.models import CheckIn
from voters.rules.cards import code_of

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def round_(transactional_db):
    from django.db import transaction

    with transaction.atomic():
        election = a_polling_election(24)
        a_proxy(numbered(election, 2), numbered(election, 3))
        a_box(numbered(election, 4))
        return an_open_round(election)


@pytest.fixture
def desk(page: Page, live_server, eye: Eye, round_) -> Page:
    """The second table, signed in as the village."""
    eye.watch(page.context)
    client = Client()
    client.force_login(a_user(Role.VILLAGE))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(live_server.url + address("check_in", table=2))
    return page


def scans(page: Page, typed: str) -> None:
    """As a hand scanner does: keys into whatever has the focus, then Enter. Nobody scans before the field is ready."""
    expect(page.locator("input[name=code]")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.type(typed)
        page.keyboard.press("Enter")


def test_a_morning_at_the_table(desk: Page, eye: Eye, round_):
    election = round_.election
    for number in (1, 3, 5, 6):
        scans(desk, code_of(election.pk, number))
        expect(desk.locator("#told")).to_have_text("可以领票")
    eye.look(desk, "check-in-given")
    scans(desk, code_of(election.pk, 1))
    expect(desk.locator("#told")).to_have_text("不能领票")
    expect(desk.locator("main")).to_contain_text("在2号发票处领取（本人）")
    eye.look(desk, "check-in-twice")
    scans(desk, code_of(election.pk, 2))
    expect(desk.locator("main")).to_contain_text(f"已委托{numbered(election, 3).name}投票")
    eye.look(desk, "check-in-proxy")
    with desk.expect_navigation():
        desk.get_by_role("button", name=f"{numbered(election, 3).name}代领选票").click()
    scans(desk, "4")
    expect(desk.locator("main")).to_contain_text("已登记使用流动票箱（东片）")
    scans(desk, code_of(election.pk, 7))
    expect(desk.locator("#told")).to_have_text("可以领票")
    assert not CheckIn.objects.filter(voter__number=4).exists(), (
        "the next card does not press the button of the one before"
    )
    undoing = desk.locator("tr", has_text=numbered(election, 7).name).locator("details")
    undoing.locator("summary").click()
    eye.look(desk, "check-in-undo")
    with desk.expect_navigation():
        undoing.get_by_role("button", name="登记错人").click()
    expect(desk.locator("#messages")).to_contain_text("可以重新领票")
    assert sorted(CheckIn.objects.filter(undone_at=None).values_list("voter__number", "way")) == [
        (1, "in_person"), (2, "proxy"), (3, "in_person"), (5, "in_person"), (6, "in_person"),
    ]  # fmt: skip
    assert set(CheckIn.objects.values_list("table", flat=True)) == {"2"}


def test_another_table_is_seen_by_itself(desk: Page, browser, round_):
    other = browser.new_context(viewport=PHONE)
    other.add_cookies(desk.context.cookies())
    phone = other.new_page()
    phone.goto(desk.url.replace("table=2", "table=1"))
    scans(phone, code_of(round_.election_id, 8))
    expect(desk.locator("#issued")).to_contain_text("1/24张")
    expect(desk.locator("#id_code")).to_be_focused()
    other.close()


def test_a_phone_without_script(desk: Page, browser, round_):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    context.add_cookies(desk.context.cookies())
    phone = context.new_page()
    phone.goto(desk.url)
    phone.select_option("#id_table", label="流动票箱")
    phone.click("text=改为这一处")
    phone.fill("#id_code", "4")
    phone.press("#id_code", "Enter")
    phone.click("text=流动票箱发票")
    expect(phone.locator("#told")).to_have_text("可以领票")
    assert CheckIn.objects.get().way == CheckIn.Way.ROVING
    context.close()


def test_cards_are_asked_for_and_made(desk: Page, eye: Eye, live_server):
    desk.goto(live_server.url + address("roll_cards"))
    eye.look(desk, "roll-cards")
    with desk.expect_navigation():
        desk.click("text=生成选民证")
    expect(desk.locator("h1")).to_have_text("生成选民证")
    tasks.run(str(Job.objects.get().pk))
    expect(desk.get_by_role("link", name="下载结果")).to_be_visible()
    expect(desk.locator("main")).to_contain_text("共3页")
    eye.look(desk, "job-cards")
