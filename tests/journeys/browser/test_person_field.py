"""The field that asks for a person, on a phone: what is said follows the text; digits of a number are not sent off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from elections.models import Area, Person, Tenure
from elections.services.persons import add_person
from tests.elections.make_persons import an_entry
from tests.journeys.browser import made
from tests.journeys.browser.clerk import Clerk
from tests.journeys.browser.look import PHONE
from tests.make import VILLAGE, an_actor
from tests.voters.make_voters import an_id

pytestmark = pytest.mark.browser


def test_what_is_said_follows_the_text_and_digits_stay_on_the_page(clerk: Clerk, county: Area) -> None:
    made.walk(county, poll_in=60)
    number = an_id(7, an_entry().birth)
    wei = add_person(Area.objects.get(code=VILLAGE), an_entry("石敢当", id_number=number), actor=an_actor())
    asked: list[str] = []
    clerk.page.on("request", lambda request: asked.append(request.url))
    clerk.log_in("county")
    clerk.page.set_viewport_size(PHONE)
    clerk.open("tenure_new")
    field, said = clerk.page.locator("[name=person]"), clerk.page.locator(".person-field .matches")
    field.press_sequentially("石")
    expect(said).to_contain_text("石敢当（3组，1975年生）")
    field.fill("")
    field.press_sequentially("丁甲子")
    expect(said).to_contain_text("没有“丁甲子”")
    for digits in (number[-4:], number, f"{number[:6]} {number[6:14]} {number[14:]}"):
        field.fill(digits)
        expect(said).to_have_text("身份证号只填后四位，提交后查找，一个小时内次数有限。")
        field.fill("")
        expect(said).to_be_empty()
    field.fill(number[-4:])
    clerk.page.get_by_role("button", name="登记任职").click()
    expect(said).to_contain_text("石敢当（3组，1975年生）")
    assert not [url for url in asked if re.search(f"{number[-4:]}|{number[6:14]}", url)]
    form = clerk.part("main form")
    clerk.write(form, {"村民委员会": True, "职务": "委员", "任职日期": "2021-3-1", "选举产生": True})
    clerk.page.get_by_role("button", name="登记任职").click()
    clerk.is_told("石敢当的任职已登记。")
    assert (Tenure.objects.get().person, Person.objects.count()) == (wei, 1)


def test_the_filter_of_the_register_sends_no_number_off(clerk: Clerk, county: Area) -> None:
    made.walk(county, poll_in=60)
    number = an_id(7, an_entry().birth)
    add_person(Area.objects.get(code=VILLAGE), an_entry("石敢当", id_number=number), actor=an_actor())
    clerk.log_in("township")
    clerk.open("persons")
    box = clerk.page.locator("[name=q]")
    for words, sent in ((number, False), (number[-4:], False), ("石", True)):
        box.fill(words)
        clerk.page.get_by_role("button", name="查询").click()
        clerk.page.wait_for_load_state()
        assert ("q=" in clerk.page.url) is sent
