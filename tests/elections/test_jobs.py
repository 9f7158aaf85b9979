"""Jobs are rows: nothing lost, nothing doubled, whatever happens to broker and worker."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from elections import clock, leases, secrecy, tasks
from elections.documents import store
from elections.leases import LeaseLost, Work
from elections.models import Job, JournalEntry, User
from elections.services import jobs
from tests.elections import kill_jobs

AREA = "990100101201"
State = Job.State


@pytest.fixture
def rung(monkeypatch) -> list[str]:
    """The bells that rang, instead of a broker."""
    heard: list[str] = []
    monkeypatch.setattr(tasks.run, "apply_async", lambda args, **_: heard.extend(args))
    monkeypatch.setattr(tasks, "_quiet_until", 0.0)
    return heard


def a_job(kind: str = "test.steps", **fields) -> Job:
    args = fields.pop("args", {"steps": 2, "seconds": 0})
    return Job.objects.create(kind=kind, args=args, area_code=AREA, **fields)


def expired() -> dict:
    return {"state": State.RUNNING, "worker": "dead", "lease_until": timezone.now() - timedelta(seconds=1)}


def done_lines(job: Job) -> int:
    return JournalEntry.objects.filter(obj=f"elections.job:{job.pk}", act="test.done").count()


# --- Asking -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_is_asked_for_with_its_act(rung, django_capture_on_commit_callbacks):
    clerk = User.objects.create_user("clerk", name="甲")
    with django_capture_on_commit_callbacks(execute=True):
        job = jobs.ask("test.steps", {"election": 1}, by=clerk, area_code=AREA, total=3)
        assert rung == []
    assert rung == [str(job.pk)]
    assert (job.state, job.asked_by, job.args, job.total, job.version) == (State.QUEUED, clerk, {"election": 1}, 3, 1)


@pytest.mark.django_db(transaction=True)
def test_a_job_goes_with_its_act_or_not_at_all(rung):
    with transaction.atomic():
        jobs.ask("test.steps", {}, by=None, area_code=AREA)
        transaction.set_rollback(True)
    assert (rung, Job.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_does_not_answer_loses_nothing(monkeypatch, rung):
    """The act is saved, the page is answered, the next pages do not even try for a while."""
    tries: list[object] = []

    def fail(args, **_):
        tries.append(args)
        raise ConnectionError

    monkeypatch.setattr(tasks.run, "apply_async", fail)
    for _ in range(3):
        with transaction.atomic():
            jobs.ask("test.steps", {}, by=None, area_code=AREA)
    assert (Job.objects.filter(state=State.QUEUED).count(), len(tries)) == (3, 1)


@pytest.mark.django_db
def test_a_kind_nobody_handles_is_refused():
    with pytest.raises(LookupError, match=r"test\.unknown"):
        jobs.ask("test.unknown", {}, by=None, area_code=AREA)


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["990100196001013016", "13800138000"])
def test_numbers_of_people_never_become_arguments(number):
    with pytest.raises(secrecy.PersonalData):
        jobs.ask("test.steps", {"id": number}, by=None, area_code=AREA)


# --- Running ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_job_is_done_once_however_often_the_bell_rings():
    """One after the other."""
    job = a_job()
    for _ in range(3):
        tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempt, job.done, job.total, job.percent) == (State.DONE, 1, 2, 2, 100)
    assert (store.get(job.result).decode(), job.result_name) == (str(job.pk), "结果.txt")
    assert done_lines(job) == 1
    assert job.finished is not None
    assert job.lease_until is None


@pytest.mark.django_db
def test_a_handler_with_nothing_to_write_ends_by_itself():
    job = a_job("test.nothing")
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert job.state == State.DONE


@pytest.mark.django_db
def test_a_job_that_cannot_be_done_says_why_and_is_not_tried_again():
    job = a_job("test.refuse")
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message, job.attempt) == (State.FAILED, "3个村缺投票地点。请补填后重做。", 1)


@pytest.mark.django_db
def test_a_job_that_breaks_down_is_tried_three_times_then_parked():
    """What broke is told by its kind only, never with what was in it."""
    job = a_job("test.break")
    states = []
    for _ in range(4):
        tasks.run(str(job.pk))
        job.refresh_from_db()
        states.append((job.state, job.attempt))
    assert states == [(State.QUEUED, 1), (State.QUEUED, 2), (State.PARKED, 3), (State.PARKED, 3)]
    assert job.message == "连续3次没有完成（ValueError）"


@pytest.mark.django_db
def test_a_job_that_killed_three_workers_is_parked():
    job = a_job(attempt=3, **expired())
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.message, done_lines(job)) == (State.PARKED, "多次中断，已停止重试", 0)


@pytest.mark.django_db
@pytest.mark.parametrize("attempt", [1, 2])
def test_a_job_of_a_dead_worker_is_done_by_the_next(attempt):
    job = a_job(attempt=attempt, **expired())
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempt, done_lines(job)) == (State.DONE, attempt + 1, 1)


@pytest.mark.django_db
def test_a_job_under_a_living_lease_is_left_alone():
    job = a_job(state=State.RUNNING, worker="alive", lease_until=timezone.now() + timedelta(seconds=5))
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.worker, done_lines(job)) == (State.RUNNING, "alive", 0)


@pytest.mark.django_db
def test_a_job_of_a_newer_version_waits_for_a_newer_worker():
    """Likewise a kind this worker does not know."""
    for job in (a_job(version=2), a_job("test.unknown")):
        tasks.run(str(job.pk))
        job.refresh_from_db()
        assert (job.state, job.attempt) == (State.QUEUED, 0)


@pytest.mark.django_db
def test_who_lost_the_lease_writes_nothing():
    """A worker that was taken for dead wakes up: the other's result stands, its own is rolled back."""
    job = a_job()
    late = Work.take(job.pk)
    Job.objects.filter(pk=job.pk).update(**expired() | {"worker": late.job.worker})
    tasks.run(str(job.pk))
    with pytest.raises(LeaseLost):
        kill_jobs.finish(late)
    with pytest.raises(LeaseLost):
        late.progress(1, 1)
    late.fail("too late")
    late.release("too late")
    job.refresh_from_db()
    assert (job.state, job.message, done_lines(job)) == (State.DONE, "", 1)


@pytest.mark.django_db
def test_who_lost_the_lease_to_another_cannot_end_the_other_ones_work():
    job = a_job()
    late = Work.take(job.pk)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    other = Work.take(job.pk)
    with pytest.raises(LeaseLost):
        kill_jobs.finish(late)
    late.fail("too late")
    other.progress(1, 2)
    kill_jobs.finish(other)
    job.refresh_from_db()
    assert (job.state, job.attempt, done_lines(job)) == (State.DONE, 2, 1)


@pytest.mark.django_db
def test_what_fails_while_finishing_leaves_nothing_and_is_tried_again(monkeypatch):
    job = a_job()
    monkeypatch.setattr(leases, "crash_point", lambda point: int(point))  # breaks down just before the commit
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempt, done_lines(job)) == (State.QUEUED, 1, 0)
    monkeypatch.undo()
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempt, done_lines(job)) == (State.DONE, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_it_once():
    """At the same moment, 20 jobs by 8 workers each."""
    all_jobs = [a_job(args={"steps": 1, "seconds": 0.01}) for _ in range(20)]
    start = threading.Barrier(8)

    def ring_all(seed: int) -> None:
        order = random.Random(seed).sample(all_jobs, len(all_jobs))
        start.wait(30)
        for job in order:
            tasks.run(str(job.pk))
        connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ring_all, range(8)))
    assert set(Job.objects.values_list("state", "attempt")) == {(State.DONE, 1)}
    assert [done_lines(job) for job in all_jobs] == [1] * 20


@pytest.mark.django_db(transaction=True)
def test_a_long_step_keeps_its_lease(settings):
    """The step takes three leases; nobody else gets the job."""
    settings.JOB_LEASE_SECONDS = 1
    job = a_job("test.alive", args={"seconds": 3})
    thread = threading.Thread(target=lambda: (tasks.run(str(job.pk)), connection.close()))
    thread.start()
    time.sleep(0.3)
    while thread.is_alive():
        assert not Job.objects.due(timezone.now()).exists()
        time.sleep(0.1)
    job.refresh_from_db()
    assert (job.state, job.attempt, done_lines(job)) == (State.DONE, 1, 1)


@pytest.mark.django_db
def test_progress_is_written_at_most_a_few_times_a_second(django_assert_num_queries):
    work = Work.take(a_job().pk)
    with django_assert_num_queries(2):  # the first and the last
        for row in range(1, 1001):
            work.progress(row, 1000)
    assert Job.objects.get().percent == 100


# --- Cancelling, asking again -----------------------------------------------------------------------


@pytest.mark.django_db
def test_a_cancelled_job_is_not_done(rung):
    job = a_job()
    assert jobs.cancel(job)
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, done_lines(job)) == (State.CANCELLED, 0)


@pytest.mark.django_db
def test_what_is_in_hand_cannot_be_finished_after_cancelling(rung):
    work = Work.take(a_job().pk)
    assert jobs.cancel(work.job)
    with pytest.raises(LeaseLost):
        kill_jobs.finish(work)
    assert done_lines(work.job) == 0
    line = JournalEntry.objects.get(act="job.cancelled")
    assert (line.details["before"], line.details["after"]) == ({"state": "running"}, {"state": "cancelled"})


@pytest.mark.django_db
def test_what_is_done_is_neither_cancelled_nor_done_again(rung, django_capture_on_commit_callbacks):
    job = a_job()
    tasks.run(str(job.pk))
    rung.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert (jobs.cancel(job), jobs.again(job)) == (False, False)
    assert rung == []


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.FAILED, State.PARKED, State.CANCELLED])
def test_what_ended_badly_can_be_asked_for_again(rung, state, django_capture_on_commit_callbacks):
    job = a_job(state=state, attempt=3, message="没有完成", finished=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert jobs.again(job)
    assert rung == [str(job.pk)]
    tasks.run(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempt, job.message) == (State.DONE, 1, "")


# --- Ringing again ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_clock_rings_for_what_waits_too_long_and_what_was_left_behind(rung, settings):
    """Twice at once it rings once (beat may run twice)."""
    settings.JOB_LEASE_SECONDS = 60
    long_ago = timezone.now() - timedelta(seconds=61)
    waiting, left = a_job(rung_at=long_ago), a_job(rung_at=long_ago, **expired())
    a_job()  # just asked for
    a_job(rung_at=long_ago, state=State.DONE)
    a_job(rung_at=long_ago, state=State.CANCELLED)
    a_job(rung_at=long_ago, state=State.RUNNING, lease_until=timezone.now() + timedelta(seconds=9))
    assert (clock.ring_again(), clock.ring_again()) == (2, 0)
    assert set(rung) == {str(waiting.pk), str(left.pk)}


@pytest.mark.django_db
def test_a_crowd_is_rung_for_in_turns(rung):
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.bulk_create(Job(kind="test.steps", area_code=AREA, rung_at=long_ago) for _ in range(150))
    assert [clock.ring_again() for _ in range(3)] == [100, 50, 0]
    assert len(set(rung)) == 150
