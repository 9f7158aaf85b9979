"""The roll in figures: every band at its edges, every group against the last term, every class."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from elections.models import Cycle, Role
from tests.client import Browser
from tests.make import VILLAGE, a_cycle, a_user
from tests.voters.make_voters import POLL_DAY, TODAY, a_clerk, a_roll_election, a_voter, an_id
from voters.selectors import lists
from voters.selectors.statistics import by_age, by_category, groups_against_last_term, registers
from voters.services.listing import omit
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db
EDGES = (18, 29, 30, 39, 40, 49, 50, 59, 60, 69, 70, 79, 80, 99)


def aged(years: int) -> date:
    """Somebody who is that old to the day on election day."""
    return POLL_DAY.replace(year=POLL_DAY.year - years)


def test_every_band_begins_and_ends_where_it_says():
    election = a_roll_election()
    for place, years in enumerate(EDGES):
        serial = 2 * place + 1  # men
        a_voter(election, serial, 身份证号=an_id(serial, aged(years)), 性别="男")
    woman = a_voter(election, 90, 身份证号=an_id(90, aged(30)), 性别="女")
    left_out = a_voter(election, 92, 身份证号=an_id(92, aged(30)), 性别="女")
    omit(left_out, "MOVED", evidence="迁出证明", version=0, actor=a_clerk())
    assert by_age(election) == [
        ("18至29周岁", 2, 0), ("30至39周岁", 2, 1), ("40至49周岁", 2, 0), ("50至59周岁", 2, 0), ("60至69周岁", 2, 0),
        ("70至79周岁", 2, 0), ("80周岁以上", 2, 0),
    ]  # fmt: skip
    totals = lists.totals(election)
    assert (totals.registered, totals.listed, totals.men, totals.women, totals.left_out) == (16, 15, 14, 1, 1)
    assert woman.listed


def test_a_day_less_is_the_band_below():
    election = a_roll_election()
    a_voter(election, 1, 身份证号=an_id(1, aged(30).replace(day=21)), 性别="男")
    assert by_age(election)[0] == ("18至29周岁", 1, 0)


def test_groups_now_and_at_the_last_term_with_those_that_are_new_or_gone():
    clerk, last = a_clerk(), a_roll_election()
    for serial, group in ((1, "1组"), (2, "1组"), (3, "2组"), (4, "")):
        a_voter(last, serial, 村民小组=group)
    publish_roll(last, place="公开栏", posted_by="甲", actor=clerk, today=TODAY)
    cycle = a_cycle()
    following = Cycle.objects.create(
        county=cycle.county, name="下一届", term_no=13, starts_on=date(2031, 9, 1), ends_on=date(2032, 6, 30),
        pack=cycle.pack,
    )  # fmt: skip
    now = a_roll_election(poll_day=date(2031, 12, 21))
    now.cycle = following
    now.save()
    for serial, group in ((1, "1组"), (5, "3组")):
        a_voter(now, serial, 村民小组=group)
    found = [(each.name, each.now, each.before, each.difference) for each in groups_against_last_term(now)]
    assert found == [("1组", 1, 2, -1), ("3组", 1, 0, 1), ("2组", 0, 1, -1), ("未分组", 0, 1, -1)]
    assert [(each.before, each.difference) for each in groups_against_last_term(last)] == [(None, None)] * 3


def test_classes_and_the_four_sets_add_up_to_the_roll():
    election = a_roll_election()
    a_voter(election, 1)
    a_voter(election, 2, 登记类型="户籍在本村不居住", 本人表示参加="是")
    a_voter(election, 3, 登记类型="户籍在本村不居住")
    a_voter(
        election,
        4,
        登记类型="户籍不在本村居住一年以上",
        circumstances={"resident_since": date(2020, 1, 1), "applied_on": TODAY, "consent_on": TODAY},
    )
    assert [count for _, count in by_category(election)] == [1, 1, 1]
    sets = registers(election)
    assert sum(count for _, count in sets["四登"]) == lists.totals(election).listed == 3
    assert sum(count for _, count in sets["四不登"]) == lists.totals(election).left_out == 1


def test_the_page_says_what_the_figures_say():
    election = a_roll_election()
    a_voter(election, 1)
    browser = Browser()
    browser.force_login(a_user(Role.COUNTY), backend="django.contrib.auth.backends.ModelBackend")
    with time_machine.travel(f"{TODAY}T09:00:00+08:00"):
        page = browser.get(reverse("roll_statistics", args=[VILLAGE])).content.decode()
    assert "列入名单1人（男1，女0）" in page
    assert "四增" in page
