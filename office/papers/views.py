"""文书: what can be made, what is missing, the papers that were made, and the check page of their fingerprint."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from elections.documents import store
from elections.models import Election
from elections.permissions import PUBLIC, allowed, why_not_allowed
from elections.views.addresses import breadcrumbs
from office.papers import catalogue
from office.papers import shelf as reading
from office.papers.making import make_paper


@allowed("papers.view")
def of_village(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the papers of one village: each kind with what is missing, and every paper made."""
    context = {
        "title": "文书",
        "crumbs": breadcrumbs(election),
        "election": election,
        "kinds": reading.kinds(election),
        "papers": reading.of_election(election),
        "why_not": why_not_allowed(request.actor, "papers.make", election),
    }
    return render(request, "elections/village_papers.html", context)


@allowed("papers.make")
@require_POST
def make(request: HttpRequest, election: Election, kind: str) -> HttpResponse:
    """Freeze the facts and print in the background."""
    if kind not in catalogue.BY_KEY:
        raise Http404
    wanted = request.POST.get("version", "")
    version = int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 0
    if version and version not in catalogue.BY_KEY[kind].versions_of(election):
        raise Http404
    paper, job = make_paper(election, kind, actor=request.actor, version=version)
    if job is None:
        messages.info(request, "内容没有变化，就是已经生成的这一份。")
        return redirect("paper", pk=paper.pk)
    return redirect("job", pk=job.pk)


@allowed("papers.view")
def index(request: HttpRequest) -> HttpResponse:
    """文书中心: the papers of all villages in reach, newest first."""
    page = Paginator(reading.in_reach(request.actor, request.GET.get("kind", "")), 50).get_page(request.GET.get("page"))
    context = {"title": "文书中心", "page": page, "kinds": catalogue.CATALOGUE, "chosen": request.GET.get("kind", "")}
    return render(request, "elections/papers.html", context)


@allowed("papers.view")
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one paper: its state, its pages, the papers before and after it."""
    paper = reading.one_of(request.actor, pk)
    context = {
        "title": paper.title,
        "paper": paper,
        "stale": reading.is_stale(paper),
        "crumbs": breadcrumbs(paper.election),
    }
    return render(request, "elections/paper.html", context)


@allowed("papers.view")
def pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the bytes, checked against the asker's reach now and against their hash."""
    paper = reading.one_of(request.actor, pk)
    if not paper.pdf:
        raise Http404
    response = HttpResponse(store.get(paper.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(reading.file_name(paper))}"
    return response


@allowed(PUBLIC)
def check(request: HttpRequest, mark: str) -> HttpResponse:
    """Show whether a paper with this code was issued here, and whether it still stands. Nothing personal."""
    return render(request, "elections/check.html", {"title": "校验文书", **reading.verdict(mark)})
