"""换届批次 and 重新选举 by page: who begins, what is made, what is refused (RS-10)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from elections.models import Cycle, Election, JournalEntry, Role
from elections.rules import policy
from elections.rules.kinds import Body, Stage, Standing
from tests.elections.make_pages import a_browser, address, said, text_of
from tests.make import COUNTY, VILLAGE, an_area, an_election

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "第十二届换届", "term_no": "12", "pack": "national-2025", "starts_on": "2026-9-1", "ends_on": "2027-6-30",
    "target_poll_from": "2026-12-1", "target_poll_until": "2026-12-31",
}  # fmt: skip


def test_a_county_begins_a_cycle_for_every_village_of_its_own():
    for code in (VILLAGE, "990100102201", "990200101201"):
        an_area(code)
    answer = a_browser(Role.COUNTY).post(reverse("cycles"), TYPED, follow=True)
    assert said(answer) == "第十二届换届已经开始，各村（社区）的三项选举已建立。请各镇设定选举日。"
    cycle = Cycle.objects.get()
    assert (cycle.county_id, cycle.term_no, cycle.pack) == (COUNTY, 12, "national-2025")
    assert (cycle.starts_on, cycle.ends_on) == (date(2026, 9, 1), date(2027, 6, 30))
    assert (cycle.target_poll_from, cycle.target_poll_until) == (date(2026, 12, 1), date(2026, 12, 31))
    made = Election.objects.values_list("village_id", "body", "stage", "standing", "attempt")
    assert sorted(made) == [
        (code, body, Stage.PREPARATION, Standing.ACTIVE, 1)
        for code in (VILLAGE, "990100102201")
        for body in sorted(Body)
    ]
    assert all(election.policy == policy.load("national-2025") for election in Election.objects.all())
    assert JournalEntry.objects.filter(act="cycle.begun", area_code=COUNTY).count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": ""}, "name", "名称没有填写。请填写。"),
        ({"ends_on": "2026-8-1"}, "ends_on", "结束日期应在开始日期以后。请核对两个日期。"),
        ({"target_poll_until": "2026-11-1"}, "target_poll_until", "投票窗口止应在投票窗口起以后。请核对两个日期。"),
        ({"pack": "nowhere-2030"}, "pack", "选择"),
    ],
)
def test_what_cannot_begin_comes_back_and_nothing_is_begun(changed, field, sentence):
    an_area(VILLAGE)
    answer = a_browser(Role.COUNTY).post(reverse("cycles"), TYPED | changed)
    assert answer.status_code == 422
    [(name, [told])] = answer.context["form"].errors.items()
    assert name == field
    assert sentence in told
    assert (Cycle.objects.count(), Election.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COUNTY])
def test_only_a_county_begins(role):
    an_area(VILLAGE)
    assert a_browser(role).post(reverse("cycles"), TYPED).status_code == 403
    assert Cycle.objects.count() == 0


def test_a_void_election_is_held_again_by_page_once():
    void = an_election(Stage.VOTING, standing=Standing.ANNULLED)
    answer = a_browser().post(address("election_again"), follow=True)
    assert said(answer) == f"{void.village.name}的重新选举已建立，从准备环节开始。"
    again = Election.objects.exclude(pk=void.pk).get()
    assert (again.village, again.cycle, again.body, again.attempt) == (void.village, void.cycle, void.body, 2)
    assert (again.stage, again.standing) == (Stage.PREPARATION, Standing.ACTIVE)
    second = a_browser().post(address("election_again"))
    assert second.status_code == 409
    assert "只有宣布无效的选举才能重新选举" in text_of(second)  # the page is of the new one by now
    assert Election.objects.count() == 2


@pytest.mark.parametrize("standing", [each for each in Standing if each != Standing.ANNULLED])
def test_no_election_in_force_is_held_again(standing):
    an_election(Stage.VOTING, standing=standing)
    answer = a_browser().post(address("election_again"))
    assert answer.status_code == 409
    assert "只有宣布无效的选举才能重新选举" in text_of(answer)
    assert Election.objects.count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TOWNSHIP])
def test_only_the_township_holds_it_again(role):
    an_election(Stage.VOTING, standing=Standing.ANNULLED)
    answer = a_browser(role, VILLAGE).post(address("election_again"))
    assert answer.status_code == (404 if role == Role.ADMIN else 403)
    assert Election.objects.count() == 1
