"""Election day: entered once; moving it shows what changes and what breaks before it is confirmed (UX-06, VT-02)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from elections.models import Posting, Role
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.rules.timetable import Grade
from elections.services.poll_day import comparison, poll_day_problems, set_poll_day
from tests.make import a_user, an_actor, an_election

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
