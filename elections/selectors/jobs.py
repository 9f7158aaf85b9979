"""Reading background jobs: only one's own, and only while the area is still in reach."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from elections.handlers import handler_of
from elections.models import Job
from elections.permissions import Actor, why_not_by_role, within


def own_jobs(actor: Actor) -> QuerySet[Job]:
    """Return the jobs this person asked for in areas they still reach."""
    return actor.reaches(Job.objects.filter(asked_by=actor.user), "area_code").order_by("-created")


def one_of(actor: Actor, pk: UUID) -> Job:
    """Return one of them or ``Http404``."""
    return within(actor, Job.objects.filter(asked_by=actor.user), "area_code", pk=pk)


def with_result(actor: Actor, pk: UUID) -> Job:
    """Return one that made a file, as long as the actor still reaches its area and may still have it; else
    ``Http404``."""
    job = one_of(actor, pk)
    kind = handler_of(job.kind)
    if not job.result or (kind and kind.rule and why_not_by_role(actor, kind.rule, job.area_code)):
        raise Http404
    return job


def as_line(job: Job) -> dict[str, Any]:
    """Return what ``_progress.html`` takes."""
    kind = handler_of(job.kind)
    failed = job.state in (Job.State.FAILED, Job.State.PARKED)
    return {
        "pk": job.pk,
        "url": reverse("job", args=[job.pk]),
        "title": kind.title if kind else job.kind,
        "going": job.is_open,
        "state_word": job.get_state_display(),
        "done": job.done,
        "total": job.total,
        "elapsed": _elapsed(job),
        "error": f"{job.message or '任务没有完成'}。请点“重做剩余”再试；仍不行请联系管理员。" if failed else "",
        "note": "" if failed else job.message,
        "created": job.created,
        "result_url": reverse("job_result", args=[job.pk]) if job.result else "",
        "cancel_url": reverse("job_cancel", args=[job.pk]) if job.is_open else "",
        "redo_url": reverse("job_again", args=[job.pk]) if failed or job.state == Job.State.CANCELLED else "",
    }


def _elapsed(job: Job) -> str:
    if job.started is None:
        return ""
    seconds = int(((job.finished or timezone.now()) - job.started).total_seconds())
    return f"{seconds // 60}分{seconds % 60}秒" if seconds >= 60 else f"{max(seconds, 0)}秒"
