"""A worker's lease on one job: signs of life, progress, and an end that only the holder can make."""

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from elections.crash_points import crash_point
from elections.models.jobs import ATTEMPTS, Job, lease_time

logger = logging.getLogger(__name__)

SHOW_EVERY = 0.3  # seconds


class LeaseLost(Exception):
    """The job was cancelled, or given to another worker: stop, and write nothing more."""


class JobFailed(Exception):
    """The job cannot be done as asked; the message is shown to the person and nothing is tried again."""


class Work:
    """One attempt at one job, in the hands of the worker that holds its lease."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.ended = False
        self._shown = 0.0

    @classmethod
    def take(cls, job_id: uuid.UUID | str) -> "Work | None":
        """Take the lease of a due job; None when there is nothing to do."""
        job = Job.objects.take(job_id, worker=f"{socket.gethostname()[:30]}:{os.getpid()}:{uuid.uuid4().hex}")
        return None if job is None else cls(job)

    def progress(self, done: int, total: int | None = None, message: str | None = None) -> None:
        """Show how far the work is and renew the lease; raise `LeaseLost` when it is no longer ours."""
        if self._just_shown(done, total):
            return
        changes: dict[str, Any] = {"done": done, "lease_until": timezone.now() + lease_time()}
        if total is not None:
            changes["total"] = total
        if message is not None:
            changes["message"] = message[:300]
        if not self._ours().update(**changes):
            raise LeaseLost(str(self.job.pk))

    def _just_shown(self, done: int, total: int | None) -> bool:
        """Return whether the page was brought up to date a moment ago: one write a row would be the slowest part of a
        job."""
        now = time.monotonic()
        if done != total and now - self._shown < SHOW_EVERY:
            return True
        self._shown = now
        return False

    @contextmanager
    def finishing(self, *, result: str = "", name: str = "", message: str = "") -> Iterator[None]:
        """Write what the job makes and its end in one transaction, or nothing at all.

        Slow work is done before; inside stand only the rows. `result` is the SHA-256 of a file in the store and `name`
        what it is called when downloaded. The job's row is taken first: nobody can cancel or re-lease it in between.
        """
        with transaction.atomic():
            if not self._end(Job.State.DONE, message, result=result, result_name=name[:120]):
                raise LeaseLost(str(self.job.pk))
            yield
            crash_point("job.before_commit")
        self.ended = True
        crash_point("job.after_commit")

    def fail(self, message: str) -> None:
        """End without success, for the person to read; nothing when the lease is lost."""
        self._end(Job.State.FAILED, message)

    def release(self, reason: str) -> None:
        """Give the job back to be tried again, or park it after the last attempt."""
        if self.job.attempt >= ATTEMPTS:
            self._end(Job.State.PARKED, f"连续{ATTEMPTS}次没有完成（{reason}）")
        else:
            self._ours().update(state=Job.State.QUEUED, lease_until=None, rung_at=timezone.now(), message="")

    def _end(self, state: Job.State, message: str, **changes: Any) -> int:
        """End the job; 0 when it is no longer ours."""
        now = timezone.now()
        return self._ours().update(state=state, finished=now, lease_until=None, message=message[:300], **changes)

    def _ours(self) -> Any:
        return Job.objects.filter(pk=self.job.pk, state=Job.State.RUNNING, worker=self.job.worker)


@contextmanager
def alive(work: Work) -> Iterator[None]:
    """Renew the lease in the background while one long step runs; a process that dies renews nothing."""
    over = threading.Event()
    thread = threading.Thread(target=_renew, args=(work, over), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _renew(work: Work, over: threading.Event) -> None:
    pause = lease_time().total_seconds() / 3
    while not over.wait(pause):
        try:
            if not work._ours().update(lease_until=timezone.now() + lease_time()):
                return
        except DatabaseError:
            logger.warning("the lease of job %s could not be renewed", work.job.pk, exc_info=True)
        finally:
            connection.close()  # this thread's own
