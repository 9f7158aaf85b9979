"""Acts and readers at the same moment on PostgreSQL: nothing older is stored, nobody fails, nobody waits long."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone

from elections.models import Election, Summary, SummaryTask, Training
from elections.permissions import Actor
from elections.rules.kinds import Stage
from elections.selectors.current import current
from elections.services import summaries
from elections.services.act import act
from tests.elections.make_county import a_county
from tests.elections.make_summaries import recounts, stored, train
from tests.make import an_actor

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SHORTLY = 3.0  # seconds: the pauses of one reader and a pass of work on a busy machine
TRAINED = "培训换届工作人员"


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def actor(db) -> Actor:
    return an_actor()


@pytest.fixture
def villages(db, today) -> list[Election]:
    made = a_county(12, today)
    Election.objects.update(stage=Stage.PREPARATION)
    for each in made:
        each.refresh_from_db()
    summaries.refresh_all(today)
    return made


class Aside(threading.Thread):
    """Something done on a connection of its own; what went wrong in it is raised when it is joined."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act, self.error = act, None
        self.start()

    def run(self) -> None:
        try:
            self.act()
        except BaseException as error:
            self.error = error
        finally:
            connection.close()

    def over(self) -> None:
        self.join(timeout=30)
        assert not self.is_alive()
        if self.error:
            raise self.error


@contextmanager
def under_way(act: Callable[[], None]) -> Iterator[None]:
    """An act that has done everything but commit."""
    done, commit = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            act()
            done.set()
            assert commit.wait(timeout=30)

    aside = Aside(hold)
    assert done.wait(timeout=30)
    try:
        yield
    finally:
        commit.set()
        aside.over()


def right(villages: list[Election], today: date) -> bool:
    return {each.pk: stored(each.pk) for each in villages} == recounts([each.pk for each in villages], today)


def test_an_act_between_working_out_and_storing_is_not_lost(villages, actor, today, monkeypatch):
    summaries.mark(villages[0])
    real = summaries.work_out

    def overtaken(elections, today):
        digests = real(elections, today)
        Aside(lambda: train(villages[0], actor)).over()
        return digests

    with monkeypatch.context() as patch:
        patch.setattr(summaries, "work_out", overtaken)
        assert summaries.refresh_all(today) == 0
    assert Summary.objects.get(pk=villages[0].pk).day is None
    assert SummaryTask.objects.filter(summary=villages[0].pk, title=TRAINED).exists()  # as it was before
    assert summaries.refresh_all(today) == 1
    assert not SummaryTask.objects.filter(summary=villages[0].pk, title=TRAINED).exists()
    assert right(villages, today)


def test_a_reader_does_not_wait_for_an_act_under_way(villages, actor, today):
    summaries.mark(villages[0])
    summaries.mark(villages[1])
    with under_way(lambda: train(villages[0], actor)):
        began = time.monotonic()
        assert len(summaries.fresh(current(), today)) == 12
        assert time.monotonic() - began < SHORTLY
        assert Summary.objects.get(pk=villages[1].pk).day == today
        assert Summary.objects.get(pk=villages[0].pk).day is None  # the act holds it
    summaries.fresh(current(), today)
    assert right(villages, today)


def test_a_reader_does_not_wait_for_who_has_locked_the_election(villages, today):
    """Whoever has may come to wait for the row that the reader holds."""
    Summary.objects.filter(pk=villages[0].pk).update(day=None, overdue=99)
    with under_way(lambda: Election.objects.select_for_update().get(pk=villages[0].pk)):
        Aside(lambda: summaries.refresh_all(today)).over()
        assert right(villages, today)


def test_an_act_that_has_not_marked_yet_marks_what_a_reader_stored(villages, actor, today):
    summaries.mark(villages[0])
    with under_way(lambda: Training.objects.create(election=villages[0], held_on=today, topic="业务", attendees=9)):
        assert summaries.refresh_all(today) == 1
    summaries.mark(villages[0])
    assert summaries.refresh_all(today) == 1
    assert right(villages, today)


def test_two_readers_of_a_new_day_both_see_it_right(villages, today):
    Summary.objects.update(day=None, lines="")
    start = threading.Barrier(2)

    def look() -> None:
        start.wait(timeout=30)
        summaries.fresh(current(), today)
        assert not Summary.objects.filter(day=None).exists()

    began = time.monotonic()
    for each in [Aside(look), Aside(look)]:
        each.over()
    assert time.monotonic() - began < 2 * SHORTLY
    assert right(villages, today)


def test_summaries_are_begun_once_by_two_readers(villages, today):
    Summary.objects.all().delete()
    start = threading.Barrier(2)

    def look() -> None:
        start.wait(timeout=30)
        summaries.fresh(current(), today)

    for each in [Aside(look), Aside(look)]:
        each.over()
    assert right(villages, today)


def test_a_reader_who_begins_a_summary_does_not_wait_for_an_act_under_way(villages, actor, today):
    Summary.objects.filter(pk=villages[0].pk).delete()

    @act(silent="it writes nothing")
    def think(election: Election, *, actor: Actor) -> None:
        """An act that holds its election and has not marked it yet."""

    with under_way(lambda: think(villages[0], actor=actor)):
        began = time.monotonic()
        summaries.fresh(current(), today)
        assert time.monotonic() - began < SHORTLY
    assert right(villages, today)


@pytest.mark.slow
def test_clerks_and_readers_for_a_while(villages, actor, today):
    until = time.monotonic() + 5

    def record(election: Election) -> None:
        while time.monotonic() < until:
            train(election, actor)

    def look() -> None:
        while time.monotonic() < until:
            summaries.fresh(current(), today)
            summaries.refresh_all(today)

    asides = [Aside(lambda election=each: record(election)) for each in villages[:4]] + [Aside(look), Aside(look)]
    for each in asides:
        each.over()
    summaries.refresh_all(today)
    assert right(villages, today)
