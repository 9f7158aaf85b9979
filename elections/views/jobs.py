"""后台任务: what is running, how far, the result; survives reload, logout and restart."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from elections.documents import store
from elections.permissions import SIGNED_IN, allowed
from elections.selectors import jobs as reading
from elections.services import jobs as work


@allowed(SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """Show the jobs this person asked for, newest first."""
    page = Paginator(reading.own_jobs(request.actor), 20).get_page(request.GET.get("page"))
    context = {"title": "后台任务", "jobs": [reading.as_line(job) for job in page.object_list], "page": page}
    return render(request, "elections/jobs.html", context)


@allowed(SIGNED_IN)
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one job. The page asks again by itself while it is going; without script it has a refresh link."""
    job = reading.as_line(reading.one_of(request.actor, pk))
    template = "_progress.html" if request.htmx else "elections/job.html"
    crumbs = [("后台任务", "/jobs/")]
    return render(request, template, {"title": job["title"], "job": job, "crumbs": crumbs})


@allowed(SIGNED_IN)
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop what has not ended."""
    stopped = work.cancel(reading.one_of(request.actor, pk))
    messages.info(request, "任务已停止。" if stopped else "任务已经结束，不需要停止。")
    return redirect("job", pk=pk)


@allowed(SIGNED_IN)
@require_POST
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Do again what did not end well."""
    waiting = work.again(reading.one_of(request.actor, pk))
    messages.info(request, "任务已重新排队。" if waiting else "任务不需要重做。")
    return redirect("job", pk=pk)


@allowed(SIGNED_IN)
def result(request: HttpRequest, pk: UUID) -> FileResponse:
    """Return the file a job made, checked against the asker's reach now."""
    job = reading.with_result(request.actor, pk)
    response = FileResponse(store.path_of(job.result).open("rb"), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(job.result_name)}"
    return response
