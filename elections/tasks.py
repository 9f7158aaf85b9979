"""Background work for the services: one Celery task that runs any job of `elections.handlers`."""

import logging
import threading
import time
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from elections.crash_points import crash_point
from elections.handlers import Handler, handler_of
from elections.leases import JobFailed, LeaseLost, Work, alive
from elections.models.jobs import Job, lease_time

logger = logging.getLogger(__name__)

RINGS_A_ROUND = 100
PATIENCE_SECONDS = 1.0
QUIET_SECONDS = 30  # after a broker that did not answer, the next pages do not wait for it


@shared_task(name="elections.tasks.run")
def run(job_id: str) -> None:
    """Do one job, if it is due and nobody else does it. Safe to run twice, at once or later."""
    job = Job.objects.filter(pk=job_id, state__in=Job.OPEN).first()
    known = None if job is None else handler_of(job.kind)
    if job is None or known is None or known.version < job.version:
        return  # at its end, or for a newer worker: the reconciler rings again
    work = Work.take(job_id)
    if work is None:
        return
    crash_point("job.after_lease")
    _attempt(work, known)


def _attempt(work: Work, known: Handler) -> None:
    try:
        with alive(work):
            known.do(work)
        if not work.ended:
            with work.finishing():
                pass  # nothing but its end to write
    except LeaseLost:
        logger.warning("job %s was cancelled or taken over", work.job.pk)
    except JobFailed as problem:
        work.fail(str(problem))
    except Exception as error:
        logger.exception("job %s (%s) broke down", work.job.pk, work.job.kind)
        work.release(type(error).__name__)


_quiet_until = 0.0


def ring(job_id: UUID) -> None:
    """Ring for one job; never fail and never wait long. What is not heard the clock rings for again.

    The bell has a thread of its own: a client of Redis tries three times before it admits that nobody answers.
    """
    crash_point("job.before_ring")
    if time.monotonic() < _quiet_until:
        return
    bell = threading.Thread(target=_ring, args=(str(job_id),), name="bell", daemon=True)
    bell.start()
    bell.join(PATIENCE_SECONDS)
    if bell.is_alive():
        _fall_quiet(job_id)


def _ring(job_id: str) -> None:
    try:
        run.apply_async(args=[job_id], retry=False)
    except Exception:
        _fall_quiet(job_id)


def _fall_quiet(job_id: UUID | str) -> None:
    global _quiet_until
    _quiet_until = time.monotonic() + QUIET_SECONDS
    logger.warning("the broker does not answer; job %s waits for the clock", job_id)


def ring_due() -> int:
    """Ring for due jobs that were not rung for lately, the longest silent first; return how many. Harmless twice."""
    now = timezone.now()
    due = Job.objects.due(now).filter(rung_at__lt=now - lease_time()).order_by("rung_at")
    ids = list(due.values_list("pk", flat=True)[:RINGS_A_ROUND])
    Job.objects.filter(pk__in=ids).update(rung_at=now)
    for job_id in ids:
        ring(job_id)
    return len(ids)
