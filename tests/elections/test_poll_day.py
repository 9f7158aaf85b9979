"""Election day: entered once; moving it shows what changes and what breaks before it is confirmed (VT-02)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from elections.models import Cycle, Election, JournalEntry, Posting, Role
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.rules.timetable.changes import Grade
from elections.selectors.facts import facts_for
from elections.services.poll_day import comparison, poll_day_problems, set_poll_day
from tests.elections.make_pages import a_browser, address, text_of
from tests.make import VILLAGE, a_user, an_actor, an_election

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


def test_the_day_is_set_and_every_deadline_follows():
    election = an_election()
    held = set_poll_day(election, date(2026, 12, 20), registration_start=None, actor=an_actor(), today=TODAY)
    assert held.poll_day == date(2026, 12, 20)


@pytest.mark.parametrize("day", [TODAY, TODAY - timedelta(days=1)])
def test_the_day_lies_ahead(day):
    problems = poll_day_problems(an_election(), day, today=TODAY, reason="统一安排")
    assert "选举日应在今天以后" in [problem.text for problem in problems]


def test_a_deadline_that_was_met_is_never_called_overdue():
    election = an_election(poll_day=TODAY + timedelta(days=10))
    page = address("poll_day")
    with time_machine.travel(TODAY, tick=False):
        late = text_of(a_browser().get(page)).count("逾期")
        Posting.objects.create(election=election, key="registration", posted_on=TODAY - timedelta(days=30))
        answer = text_of(a_browser().get(page))
    assert answer.count("逾期") == late - 1
    assert "已办" in answer


def test_moving_the_day_needs_a_reason():
    election = an_election(poll_day=date(2026, 12, 20))
    actor = an_actor()
    with pytest.raises(Refused, match="改变已经确定的选举日必须写明理由"), transaction.atomic():
        set_poll_day(election, date(2026, 12, 27), registration_start=None, actor=actor, today=TODAY)
    moved = set_poll_day(
        election, date(2026, 12, 27), registration_start=None, actor=actor, today=TODAY, reason="道路中断"
    )
    assert moved.poll_day == date(2026, 12, 27)


def test_the_comparison_names_every_moved_deadline_and_the_papers_to_renew():
    election = an_election(Stage.REGISTRATION, poll_day=date(2026, 12, 20))
    Posting.objects.create(
        election=election, key="registration", posted_on=date(2026, 11, 10), place="栏", posted_by="员"
    )
    found = comparison(election, date(2026, 12, 27), today=TODAY)
    roll = next(change for change in found.changes if change.key == "roll")
    assert (roll.old, roll.new, roll.days) == (date(2026, 11, 30), date(2026, 12, 7), 7)
    assert [conflict.key for conflict in found.conflicts if conflict.grade is Grade.PAPER] == ["registration"]


def test_the_page_previews_before_anything_is_stored():
    election = an_election()
    client = Client()
    client.force_login(a_user(Role.TOWNSHIP))
    day = timezone.localdate() + timedelta(days=60)
    page = client.get(reverse("poll_day", args=[election.village_id]), {"poll_day": day.isoformat()})
    assert "确认选举日" in page.content.decode()
    election.refresh_from_db()
    assert election.poll_day is None
    answer = client.post(
        reverse("poll_day_confirm", args=[election.village_id]), {"poll_day": day.isoformat(), "act": "c" * 32}
    )
    assert answer.status_code == 302
    election.refresh_from_db()
    assert election.poll_day == day


def test_a_date_that_cannot_be_read_is_told_at_the_field():
    election = an_election()
    client = Client()
    client.force_login(a_user(Role.TOWNSHIP))
    answer = client.post(
        reverse("poll_day_confirm", args=[election.village_id]), {"poll_day": "12-20", "act": "d" * 32}
    )
    assert answer.status_code == 422
    assert "看不出年份" in answer.content.decode()


# --- What the law makes impossible, and what only departs from the plan ------------------------------


def registering(**window: date) -> Election:
    """On 1 November, before the roll is posted: 21 November is the first day with twenty days for it."""
    election = an_election(Stage.REGISTRATION)
    Cycle.objects.filter(pk=election.cycle_id).update(**window)
    return Election.objects.select_related("village", "cycle").get(pk=election.pk)


def told(election: Election, day: date, reason: str = "") -> list[str]:
    return [problem.guard for problem in poll_day_problems(election, day, today=TODAY, reason=reason)]


WINDOW = {"target_poll_from": date(2026, 12, 1), "target_poll_until": date(2026, 12, 31)}


@pytest.mark.parametrize("reason", ["", "上级统一安排"])
def test_no_reason_makes_a_day_possible_that_the_law_forbids(reason):
    election = registering()
    assert "roll" in told(election, date(2026, 11, 20), reason)
    assert "roll" not in told(election, date(2026, 11, 21), reason)
    with (
        pytest.raises(Refused, match="公布选民名单的时限是2026年10月31日，已经过去。请另选日期。"),
        transaction.atomic(),
    ):
        set_poll_day(
            election, date(2026, 11, 20), registration_start=None, actor=an_actor(), today=TODAY, reason=reason
        )
    election.refresh_from_db()
    assert election.poll_day is None


def test_a_roll_that_is_posted_too_late_for_the_day_forbids_it_with_a_reason_too(monkeypatch):
    election = registering()
    facts = facts_for(election, TODAY)
    posted = replace(facts, registration=replace(facts.registration, published_on=date(2026, 10, 25)))
    monkeypatch.setattr("elections.services.poll_day.facts_for", lambda election, today: posted)
    assert "ROLL_TOO_LATE" in told(election, date(2026, 11, 13), "统一安排")
    assert "ROLL_TOO_LATE" not in told(election, date(2026, 11, 14), "统一安排")


def test_a_day_outside_the_plan_needs_a_reason_and_no_more():
    election, day = registering(**WINDOW), date(2027, 1, 10)
    assert told(election, day) == ["election_day"]
    assert told(election, day, "  ") == ["election_day"]
    assert told(election, day, "道路中断") == []
    assert told(election, date(2026, 12, 31)) == []


def test_the_page_refuses_what_the_law_forbids_and_takes_a_reason_for_the_rest():
    election = registering(**WINDOW)
    with time_machine.travel("2026-11-01 10:00+08:00", tick=False):
        browser, here = a_browser(), address("poll_day_confirm")
        forbidden = browser.post(here, {"poll_day": "2026-11-20", "reason": "上级统一安排"})
        assert forbidden.status_code == 409
        assert "公布选民名单的时限是2026年10月31日，已经过去。请另选日期。" in text_of(forbidden)
        unexplained = browser.post(here, {"poll_day": "2027-1-10", "reason": ""})
        assert unexplained.status_code == 409
        assert "不在规定的投票时间" in text_of(unexplained)
        election.refresh_from_db()
        assert election.poll_day is None
        assert browser.post(here, {"poll_day": "2027-1-10", "reason": "道路中断"}).status_code == 302
        moved = browser.post(here, {"poll_day": "2027-1-17", "reason": ""})
        assert moved.status_code == 409
        assert "改变已经确定的选举日必须写明理由" in text_of(moved)
    election.refresh_from_db()
    assert election.poll_day == date(2027, 1, 10)
    [line] = JournalEntry.objects.filter(act="poll_day.set")
    assert (line.said["details"]["after"]["poll_day"], line.said["details"]["reason_given"]) == ("2027-01-10", True)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TOWNSHIP])
def test_only_the_township_sets_the_day(role):
    election = registering()
    answer = a_browser(role, VILLAGE).post(address("poll_day_confirm"), {"poll_day": "2027-1-10", "reason": "统一安排"})
    assert answer.status_code == (404 if role == Role.ADMIN else 403)
    election.refresh_from_db()
    assert election.poll_day is None
