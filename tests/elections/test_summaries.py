"""The lists' summaries: always equal to what the facts give, or not used; the overview asks the same few questions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from elections.models import Election, Role, Summary, Training
from elections.rules.kinds import Body, Stage, Standing
from elections.selectors.digest import digest_of, from_text, work_out
from elections.services import moves, records, summaries
from office.screens import desk
from tests.make import COUNTY, an_actor, an_election


@pytest.fixture
def village(transactional_db) -> Election:
    return an_election(Stage.PREPARATION, poll_day=timezone.localdate() + timedelta(days=60))


def train(election: Election, actor) -> None:
    with transaction.atomic():
        row = Training(election=election, held_on=timezone.localdate(), topic="业务", attendees=9)
        records.record(election, row, actor=actor)


def test_after_every_act_the_summary_equals_the_facts(village):
    actor, today = an_actor(), timezone.localdate()
    train(village, actor)
    summary = Summary.objects.get(pk=village.pk)
    assert summary.day == today
    assert from_text(summary) == work_out(village, today)
    assert next(task for task in from_text(summary).tasks if task["key"] == "training")["status"] == "done"
    with transaction.atomic():
        moves.waive(village, "talks_held", actor=actor, today=today, reason="住院")
    assert from_text(Summary.objects.get(pk=village.pk)) == work_out(village, today)


def test_an_act_that_is_rolled_back_leaves_the_summary_right(village):
    actor, today = an_actor(), timezone.localdate()
    train(village, actor)
    with transaction.atomic():
        train(village, actor)
        transaction.set_rollback(True)
    assert from_text(Summary.objects.get(pk=village.pk)) == work_out(village, today)


def test_a_summary_whose_working_out_failed_is_not_used(village, monkeypatch):
    actor, today = an_actor(), timezone.localdate()
    monkeypatch.setattr(summaries, "work_out", lambda election, today: 1 / 0)
    train(village, actor)
    fresh = Election.objects.select_related("summary").get(pk=village.pk)
    assert fresh.summary.day is None
    assert digest_of(fresh, today) == work_out(fresh, today)


def test_what_was_worked_out_before_an_act_is_never_stored_after_it(village, monkeypatch):
    actor = an_actor()
    train(village, actor)
    Summary.objects.filter(pk=village.pk).update(day=None)
    real = summaries.work_out

    def overtaken(election, today):
        digest = real(election, today)
        Summary.objects.filter(pk=election.pk).update(marks=99)  # another act commits meanwhile
        return digest

    monkeypatch.setattr(summaries, "work_out", overtaken)
    assert summaries.refresh(village.pk) is False
    assert Summary.objects.get(pk=village.pk).day is None


def test_yesterdays_summary_is_worked_out_anew(village):
    actor, today = an_actor(), timezone.localdate()
    train(village, actor)
    Summary.objects.update(day=today - timedelta(days=1))
    assert summaries.refresh_all(today) == 1
    assert summaries.refresh_all(today) == 0


def test_only_active_elections_of_the_committee_have_a_summary(village):
    """The lists show no other: a closed one is worked out when somebody opens it."""
    an_election(code="990100101202", standing=Standing.CLOSED)
    an_election(code="990100101202", body=Body.PARTY)
    assert summaries.refresh_all(timezone.localdate()) == 1
    assert list(Summary.objects.values_list("pk", flat=True)) == [village.pk]


@pytest.mark.parametrize("villages", [1, 4])
def test_the_lists_ask_the_same_few_questions_for_one_village_and_for_four(transactional_db, villages):
    for number in range(villages):
        an_election(Stage.PREPARATION, code=f"99010010120{number}")
    actor, today = an_actor(Role.COUNTY, COUNTY), timezone.localdate()
    summaries.refresh_all(today)
    with CaptureQueriesContext(connection) as asked:
        assert len(desk.rows(actor, "overview.view", today)) == villages
    assert len(asked) == 1
