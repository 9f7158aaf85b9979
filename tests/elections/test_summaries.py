"""The lists' summaries: an act only marks, the clock or the first reader works out, and what is stored is right."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date, timedelta

import pytest
from django.db import InternalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from elections import clock
from elections.models import Election, Role, Summary, SummaryDeadline, SummaryTask
from elections.rules.kinds import Body, Stage, Standing
from elections.selectors.current import current
from elections.services import moves, summaries
from elections.services.beginning import begin_again, begin_cycle
from tests.elections.make_county import a_county
from tests.elections.make_summaries import recount, stored, train
from tests.make import COUNTY, VILLAGE, a_user, an_actor, an_area, an_election
from tests.servers import url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def village(db, today) -> Election:
    election = an_election(Stage.PREPARATION, poll_day=today + timedelta(days=60))
    summaries.begin([election])
    return election


def test_after_every_act_the_clock_makes_the_summary_equal_to_the_facts(village, today):
    actor = an_actor()
    train(village, actor)
    assert Summary.objects.get(pk=village.pk).day is None
    assert clock.refresh_lists() == 1
    assert Summary.objects.get(pk=village.pk).day == today
    assert stored(village.pk) == recount(village.pk, today)
    assert not SummaryTask.objects.filter(title="培训换届工作人员").exists()
    moves.waive(village, "talks_held", actor=actor, today=today, reason="住院")
    assert clock.refresh_lists() == 1
    assert stored(village.pk) == recount(village.pk, today)
    assert clock.refresh_lists() == 0


def test_an_act_works_nothing_out(village, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(summaries, "work_out", lambda elections, today: pytest.fail("worked out inside an act"))
    with django_capture_on_commit_callbacks(execute=True) as afterwards:
        train(village, an_actor())
    assert afterwards == []


@pytest.mark.parametrize("body", list(Body))
def test_marking_is_one_statement_for_each_body(village, body):
    other = village if body == Body.VILLAGERS_COMMITTEE else an_election(body=body)
    with CaptureQueriesContext(connection) as asked:
        summaries.mark(other)
    assert [each["sql"].split()[0] for each in asked] == ["UPDATE"]
    assert Summary.objects.get(pk=village.pk).marks == 1


def test_an_election_without_a_summary_gets_one_when_it_is_marked():
    election = an_election()
    summaries.mark(election)
    assert list(Summary.objects.values_list("pk", "day", "marks")) == [(election.pk, None, 1)]


def test_an_act_that_is_rolled_back_leaves_the_summary_right(village, today):
    actor = an_actor()
    train(village, actor)
    summaries.refresh_all(today)
    with transaction.atomic():
        train(village, actor)
        transaction.set_rollback(True)
    assert Summary.objects.get(pk=village.pk).day == today
    assert stored(village.pk) == recount(village.pk, today)


def test_what_was_worked_out_before_an_act_is_never_stored_after_it(village, today, monkeypatch):
    monkeypatch.setattr(summaries, "PAUSES", (0.0,))
    real = summaries.work_out

    def overtaken(elections, today):
        digests = real(elections, today)
        train(village, an_actor())  # an act commits meanwhile
        return digests

    monkeypatch.setattr(summaries, "work_out", overtaken)
    assert summaries.refresh_all(today) == 0
    summaries.fresh(current(), today)
    assert (Summary.objects.get(pk=village.pk).day, SummaryTask.objects.count()) == (None, 0)


def test_who_was_overtaken_tries_again(village, today, monkeypatch):
    real, acts = summaries.work_out, [lambda: train(village, an_actor())]

    def overtaken_once(elections, today):
        digests = real(elections, today)
        if acts:
            acts.pop()()
        return digests

    monkeypatch.setattr(summaries, "work_out", overtaken_once)
    summaries.fresh(current(), today)
    assert stored(village.pk) == recount(village.pk, today)
    assert Summary.objects.get(pk=village.pk).day == today


def test_a_pass_that_fails_stops_no_other(today, monkeypatch, caplog):
    made = a_county(3, today)
    real = summaries.work_out
    monkeypatch.setattr(summaries, "PASS", 1)
    broken = lambda elections, today: 1 / 0 if elections[0].pk == made[1].pk else real(elections, today)  # noqa: E731
    monkeypatch.setattr(summaries, "work_out", broken)
    assert summaries.refresh_all(today) == 2
    assert set(Summary.objects.filter(day=None).values_list("pk", flat=True)) == {made[1].pk}
    assert "could not be worked out" in caplog.text


def test_on_a_new_day_everything_active_is_worked_out_and_only_what_changed_is_written(today):
    made = a_county(60, today)
    assert summaries.refresh_all(today) == 60
    written = set(SummaryDeadline.objects.values_list("pk", flat=True))
    tomorrow = today + timedelta(days=1)
    assert summaries.refresh_all(tomorrow) == 59  # one is suspended and knows no day
    assert [stored(each.pk) for each in made] == [recount(each.pk, tomorrow) for each in made]
    assert len(written & set(SummaryDeadline.objects.values_list("pk", flat=True))) > len(written) // 2
    assert summaries.refresh_all(tomorrow) == 0


def test_the_first_look_of_the_day_stores_what_it_worked_out(village, today):
    assert [each.pk for each in summaries.fresh(current(), today)] == [village.pk]
    assert stored(village.pk) == recount(village.pk, today)
    with CaptureQueriesContext(connection) as asked:
        summaries.fresh(current(), today)
    assert len(asked) == 1


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.ANNULLED, Standing.CLOSED])
def test_a_village_that_stands_still_has_neither_tasks_nor_deadlines(today, standing):
    election = an_election(Stage.VOTING, poll_day=today, standing=standing)
    summaries.refresh_all(today)
    assert stored(election.pk) == [(0, "", None, 0)]


def begin(villages: int):
    for place in range(villages):
        an_area(f"990100101{201 + place}")
    return begin_cycle(
        an_area(COUNTY), "第十二届", term_no=12, starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30),
        pack="national-2025", actor=a_user(Role.COUNTY),
    )  # fmt: skip


def test_a_cycle_begins_with_a_summary_for_each_committee_in_one_statement():
    with CaptureQueriesContext(connection) as asked:
        term = begin(5)
    made = [each["sql"] for each in asked if each["sql"].startswith("INSERT")]
    assert len([sql for sql in made if 'INTO "elections_summary"' in sql]) == 1
    assert len([sql for sql in made if 'INTO "elections_election"' in sql]) == 1
    assert Summary.objects.filter(day=None).count() == term.elections.filter(body=Body.VILLAGERS_COMMITTEE).count() == 5


def test_the_partys_election_begun_again_marks_the_committees_summary(village, today):
    void = an_election(Stage.HANDOVER, body=Body.PARTY, standing=Standing.ANNULLED)
    summaries.refresh_all(today)
    begin_again(void, actor=an_actor())
    assert Summary.objects.get(pk=village.pk).day is None


def test_the_newest_attempt_stands_for_the_village(village, today):
    Election.objects.filter(pk=village.pk).update(standing=Standing.ANNULLED)
    again = begin_again(Election.objects.get(pk=village.pk), actor=an_actor())
    assert again.attempt == 2
    assert list(current()) == [again]
    assert [each.pk for each in summaries.fresh(current(), today)] == [again.pk]


def test_areas_that_changed_their_kind_speak_in_other_words(village, today):
    summaries.refresh_all(today)
    village.village.kind = "community"
    village.village.save()
    summaries.mark_areas([VILLAGE])
    summaries.refresh_all(today)
    assert stored(village.pk) == recount(village.pk, today)
    assert SummaryDeadline.objects.filter(label="推选居民代表和小组长").exists()


def test_only_elections_of_the_committee_have_a_summary_and_a_closed_one_is_worked_out_once(village, today):
    closed = an_election(code="990100101202", standing=Standing.CLOSED)
    an_election(code="990100101202", body=Body.PARTY)
    assert summaries.refresh_all(today) == 2
    assert set(Summary.objects.values_list("pk", flat=True)) == {village.pk, closed.pk}
    assert summaries.refresh_all(today + timedelta(days=1)) == 1


def test_one_village_that_cannot_be_read_keeps_nobody_from_his_list(today, monkeypatch, caplog):
    made = a_county(5, today)
    real = summaries.work_out

    def broken(elections, today):
        assert made[2].pk not in {each.pk for each in elections}, "its outcome cannot be read"
        return real(elections, today)

    monkeypatch.setattr(summaries, "work_out", broken)
    assert len(summaries.fresh(current(), today)) == 5
    assert list(Summary.objects.filter(day=None).values_list("pk", flat=True)) == [made[2].pk]
    assert caplog.text.count(f"the summary of election {made[2].pk} could not be worked out") == 1
    assert summaries.refresh_all(today) == 0


def test_a_database_that_cannot_be_written_shows_the_lists_as_they_were(village, today, monkeypatch):
    monkeypatch.setattr(summaries, "PAUSES", (0.0,))

    def refuses(*_: object) -> int:
        raise InternalError("cannot execute UPDATE in a read-only transaction")

    monkeypatch.setattr(summaries, "_store", refuses)
    assert [each.pk for each in summaries.fresh(current(), today)] == [village.pk]
    assert summaries.refresh_all(today) == 0


WRITE = """
import sys
import django; django.setup()
from django.db import connection, transaction
with transaction.atomic():
    print("writing", flush=True)
    sys.stdin.read()
"""


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_on_sqlite_who_looks_does_not_wait_for_who_writes(today):
    village = an_election(Stage.PREPARATION, poll_day=today + timedelta(days=60))
    environment = {**os.environ, "DATABASE_URL": url_of(connection.settings_dict)}
    command = [sys.executable, "-c", WRITE]
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout.readline() == b"writing\n"
        began = time.monotonic()
        assert [each.pk for each in summaries.fresh(current(), today)] == [village.pk]
        assert time.monotonic() - began < 5
        writer.communicate(b"", timeout=60)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (30_000,)
    summaries.fresh(current(), today)
    assert stored(village.pk) == recount(village.pk, today)
