"""A real worker that is killed, a broker that forgets or freezes: nothing lost, nothing doubled."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.db import connection
from django.utils import timezone
from kombu import Connection

from elections import clock, tasks
from elections.documents import store
from elections.models import Job, JournalEntry
from elections.services import jobs
from tests.elections import kill_jobs  # noqa: F401  (registers the kinds)
from tests.servers import Redis, Worker, wait_for

AREA = "990100101201"
State = Job.State
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow(seconds=60)]


class ShortLease(Worker):
    """The real worker, with the kinds of this test and a lease of two seconds."""

    def command(self) -> list[str]:
        return [*super().command(), "--include", "tests.elections.kill_jobs"]

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "JOB_LEASE_SECONDS": "2"}


@pytest.fixture
def broker(request, settings, monkeypatch) -> Iterator[Redis | None]:
    """A Redis of this test's own on PostgreSQL, the broker of plain files on SQLite; the test's bells ring there."""
    settings.JOB_LEASE_SECONDS = 2
    monkeypatch.setattr(tasks, "_quiet_until", 0.0)
    if connection.vendor != "postgresql":
        for bell in (site.BROKER_DIR / "messages").iterdir():  # of the test before: ten a second would go for nothing
            bell.unlink(missing_ok=True)
        yield None
        return
    redis = request.getfixturevalue("redis_server")
    publish = tasks.run.apply_async
    with Connection(redis.url, transport_options={"socket_timeout": 3, "socket_connect_timeout": 3}) as line:
        monkeypatch.setattr(tasks.run, "apply_async", lambda args, **ways: publish(args, connection=line, **ways))
        yield redis


@pytest.fixture
def worker(database_url, broker, start) -> Iterator[ShortLease]:
    worker = start(ShortLease(database_url, broker and broker.url))
    yield worker
    worker.kill()  # it may be killed any time: that is the point


def ask(count: int, **args) -> list[Job]:
    return [jobs.ask("test.steps", {"steps": 3, "seconds": 0.1, **args}, by=None, area_code=AREA) for _ in range(count)]


def until(condition: Callable[[], bool], within: float = 60) -> None:
    """Be the clock, quicker than in life, until the condition holds."""

    def tick() -> bool:
        clock.ring_again()
        return condition()

    wait_for(tick, within=within, every=0.2)


def all_ended() -> bool:
    return not Job.objects.filter(state__in=Job.OPEN).exists()


def lines() -> list[str]:
    """What the done jobs left behind, one line each."""
    return sorted(JournalEntry.objects.filter(act="test.done").values_list("obj", flat=True))


def kill_child(worker: Worker) -> bool:
    """Kill the process that has a job in hand, if it belongs to the worker of this test."""
    in_hand = Job.objects.filter(state=State.RUNNING, lease_until__gt=timezone.now()).first()
    if in_hand is None:
        return False
    pid = int(in_hand.worker.split(":")[1])
    try:
        if os.getpgid(pid) != worker.process.pid:
            return False
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.postgres
@pytest.mark.redis
def test_twenty_kills_lose_and_double_nothing(worker):
    """14 times the process that works, 6 times the whole worker; every job done once, or parked for all to see."""
    chance, killed = random.Random(84), 0
    asked = ask(30)
    while killed < 20:
        until(lambda: Job.objects.filter(state=State.RUNNING, lease_until__gt=timezone.now()).exists() or all_ended())
        if all_ended():
            asked += ask(6)
            continue
        time.sleep(chance.random() * 0.35)
        if killed % 3 == 2:
            worker.kill()
            worker.start()
            killed += 1
        else:
            killed += kill_child(worker)
    until(all_ended)
    parked = Job.objects.filter(state=State.PARKED)
    for job in parked:  # shown with “重做”: somebody presses it
        assert job.attempt == 3
        assert jobs.again(job)
    until(all_ended)
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}
    assert lines() == sorted(f"elections.job:{job.pk}" for job in asked)
    assert {store.get(job.result).decode() for job in Job.objects.all()} == {str(job.pk) for job in asked}


def in_a_process(code: str, database_url: str, **environment: str) -> int:
    """Run a few lines of the site in a process of their own; return how it ended."""
    setup = "import django; django.setup(); from elections import tasks; from tests.elections import kill_jobs; "
    command = [sys.executable, "-c", setup + code]
    own = {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings", "JOB_LEASE_SECONDS": "2"}
    return subprocess.run(command, env={**os.environ, **own, **environment}, timeout=60).returncode


@pytest.mark.parametrize("point", ["job.after_lease", "store.before_rename", "job.before_commit", "job.after_commit"])
def test_a_worker_dead_at_the_worst_moment(database_url, settings, point):
    """Whatever moment it is, the job is done once and no half file stands under its name."""
    settings.JOB_LEASE_SECONDS = 2
    job = ask(1)[0]
    assert in_a_process(f"tasks.run('{job.pk}')", database_url, CRASH_POINT=point) == -signal.SIGKILL
    job.refresh_from_db()
    committed = point == "job.after_commit"
    assert (job.state, len(lines())) == ((State.DONE, 1) if committed else (State.RUNNING, 0))
    Job.objects.filter(pk=job.pk, state=State.RUNNING).update(lease_until=timezone.now() - timedelta(seconds=1))
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, lines()) == (State.DONE, [f"elections.job:{job.pk}"])
    assert store.get(job.result).decode() == str(job.pk)


def test_death_between_commit_and_bell(database_url, broker, worker):
    """The row is in the commit, so the clock finds it."""
    code = f"from elections.services import jobs; jobs.ask('test.steps', {{}}, by=None, area_code='{AREA}')"
    assert in_a_process(code, database_url, CRASH_POINT="job.before_ring") == -signal.SIGKILL
    assert Job.objects.get().state == State.QUEUED
    until(all_ended)
    assert (Job.objects.get().state, len(lines())) == (State.DONE, 1)


@pytest.mark.postgres
@pytest.mark.redis
def test_a_redis_emptied_or_killed_loses_nothing(broker, worker):
    """Delayed, never lost."""
    asked = ask(8)
    broker.client().flushall()
    until(all_ended)
    asked += ask(4)
    broker.kill()
    asked += ask(4)  # the bell fails unheard
    broker.start()
    tasks._quiet_until = 0.0
    until(all_ended)
    assert lines() == sorted(f"elections.job:{job.pk}" for job in asked)


@pytest.mark.postgres
@pytest.mark.redis
def test_a_frozen_redis_keeps_nobody_waiting(database_url, broker, worker):
    """20 jobs are asked for while Redis does not answer; afterwards all of them run."""
    code = (
        "import sys, time; from elections.services import jobs; began = time.monotonic(); "
        f"[jobs.ask('test.steps', {{}}, by=None, area_code='{AREA}') for _ in range(20)]; "
        "sys.exit(time.monotonic() - began > 3)"
    )
    broker.freeze()
    assert in_a_process(code, database_url, REDIS_URL=broker.url) == 0
    broker.thaw()
    until(all_ended)
    assert len(lines()) == 20


def test_what_broke_is_in_the_log_without_what_was_in_it(broker, worker):
    """Three attempts, parked, and no id number in the worker's log."""
    job = jobs.ask("test.break", {}, by=None, area_code=AREA)
    until(all_ended)
    job.refresh_from_db()
    assert (job.state, job.attempt) == (State.PARKED, 3)
    log = worker.log.read_text()
    assert str(job.pk) in log
    assert "990100196001013016" not in log
