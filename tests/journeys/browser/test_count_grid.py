"""The count sheet in a real browser: keyboard, a block from Excel, one office at a time on a phone."""

import json

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from elections.models import CountSheet, Role
from elections.rules.kinds import Stage
from tests.elections.make_pages import TODAY, a_ballot, address
from tests.make import a_user, an_election

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BLOCK = "612\t\t\n144\t\t702\n\t600\t\n\t390\t811\n\t\t644\n\t\t590\n\t\t209"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def sheet(page: Page, live_server) -> Page:
    """The entry of the first vote, signed in as the village."""
    a_ballot(an_election(Stage.VOTING, poll_day=TODAY))
    client = Client()
    client.force_login(a_user(Role.VILLAGE))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page.goto(live_server.url + address("count_entry", 1))
    return page


def at(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def test_enter_goes_down_the_column_and_then_to_the_next(sheet: Page):
    sheet.focus("#id_p0_chair")
    sheet.keyboard.type("612")
    sheet.keyboard.press("Enter")
    assert at(sheet) == "id_p1_chair"
    sheet.focus("#id_w1_chair")
    sheet.keyboard.press("Enter")
    assert at(sheet) == "id_p0_deputy"
    assert sheet.url.endswith(address("count_entry", 1)), "Enter in a cell does not send the sheet"


def test_arrows_move_between_the_cells(sheet: Page):
    sheet.focus("#id_p1_chair")
    for key, cell in (
        ("ArrowRight", "p1_deputy"),
        ("ArrowDown", "p2_deputy"),
        ("ArrowLeft", "p2_chair"),
        ("ArrowUp", "p1_chair"),
    ):
        sheet.keyboard.press(key)
        assert at(sheet) == f"id_{cell}"


def test_a_block_from_excel_fills_the_cells_and_is_checked(sheet: Page):
    for name, value in (
        ("issued_in_person", 1100),
        ("issued_by_proxy", 80),
        ("returned", 1176),
        ("invalid", 16),
        ("blank", 0),
    ):
        sheet.fill(f"#id_{name}", str(value))
    sheet.focus("#id_p0_chair")
    sheet.evaluate(PASTE, BLOCK)
    expect(sheet.locator("#checks")).to_contain_text("2956 相符")
    expect(sheet.locator("#checks")).to_contain_text("当选须得票")
    sheet.fill("#id_p6_member", "744")
    sheet.press("#id_p6_member", "Tab")
    expect(sheet.locator("#checks")).to_contain_text("委员票合计3491，超过上限3480（有效票1160×应选3），多11票")
    sheet.fill("#id_p6_member", "209")
    with sheet.expect_navigation():
        sheet.click("text=保存计票单")
    expect(sheet.locator("h1")).to_contain_text("结果确认")
    assert json.loads(CountSheet.objects.get().votes)["deputy"]["于小梅"] == 600


def test_what_does_not_fit_is_said(sheet: Page):
    sheet.focus("#id_p6_member")
    sheet.evaluate(PASTE, "209\t1\n2")
    expect(sheet.locator("[data-grid-voice]")).to_have_text("多出1格没有粘贴。请核对起始位置。")


def test_a_phone_shows_one_office_at_a_time_without_script(browser, sheet: Page):
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    context.add_cookies(sheet.context.cookies())
    phone = context.new_page()
    phone.goto(sheet.url)
    expect(phone.locator("#id_p0_chair")).to_be_visible()
    expect(phone.locator("#id_p2_deputy")).to_be_hidden()
    phone.click("label[for=screen-2]")
    expect(phone.locator("#id_p0_chair")).to_be_hidden()
    expect(phone.locator("#id_p2_deputy")).to_be_visible()
    context.close()
