"""Asking for background work, taking it back, asking again."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from elections import secrecy
from elections.handlers import handler_of
from elections.models import Job, User
from elections.services.act import act
from elections.services.lines import differences, note, unchanged
from elections.tasks import ring


@act(silent="the act that wants the work has the line")
def ask(kind: str, args: dict[str, Any], *, by: User | None, area_code: str, total: int = 0) -> Job:
    """Put one job on the list of work, in the transaction of the act that wants it; ring when that has committed.

    `args` are references (primary keys), never data of people. Raises `LookupError` for a kind without a handler and
    `secrecy.PersonalData` for a number of a person.
    """
    known = handler_of(kind)
    if known is None:
        raise LookupError(f"no app has a handler for jobs of kind {kind!r}")
    secrecy.refuse_personal_numbers(args)
    job = Job.objects.create(kind=kind, version=known.version, args=args, asked_by=by, area_code=area_code, total=total)
    transaction.on_commit(lambda: ring(job.pk), robust=True)
    return job


@act("job.cancelled", "停止后台任务")
def cancel(job: Job) -> bool:
    """Stop a job that is not at its end; False when it was. What a worker has in hand it will not be able to finish."""
    stopped = Job.objects.filter(pk=job.pk, state__in=Job.OPEN).update(
        state=Job.State.CANCELLED, finished=timezone.now(), lease_until=None, message="已取消"
    )
    return _told(job, bool(stopped))


@act("job.asked_again", "重新办理后台任务")
def again(job: Job) -> bool:
    """Put a job that failed, was parked or cancelled back on the list; False when it is open or done."""
    ended_badly = (Job.State.FAILED, Job.State.PARKED, Job.State.CANCELLED)
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state__in=ended_badly).update(
        state=Job.State.QUEUED, attempt=0, worker="", done=0, message="", rung_at=now, started=None, finished=None
    )
    if waiting:
        transaction.on_commit(lambda: ring(job.pk), robust=True)
    return _told(job, bool(waiting))


def _told(job: Job, changed: bool) -> bool:
    """Write one line when the state of a job was changed by hand; only the person who asked for it has it on their
    list."""
    if not changed:
        return unchanged(False)
    was = job.state
    job.refresh_from_db()
    told = {"kind": job.kind} | differences({"state": was}, {"state": job.state})
    note(job, told, area=job.area_code, actor=job.asked_by)
    return True
