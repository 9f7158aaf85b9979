"""The village page and its stages: where are we, what is due, what do I press."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from elections.models import Election
from elections.permissions import allowed, why_not_by_role
from elections.rules.kinds import Stage
from elections.selectors import log as acts
from elections.selectors import steps, village
from elections.selectors.facts import gathered
from elections.selectors.sources import Sources
from elections.services.beginning import why_not_held_again
from elections.views.addresses import breadcrumbs, query_of
from elections.views.removals import restorable


@allowed("village.view")
def show(request: HttpRequest, election: Election) -> HttpResponse:
    """村档案: the track, the present stage, the tabs."""
    context = page(request, election, election.stage)
    context["figures"] = village.figures(context["row"], context["facts"])
    context["recent"] = acts.recent(election.village_id, limit=6)
    return render(request, "elections/village.html", context)


@allowed("village.view")
def stage(request: HttpRequest, election: Election, stage: str) -> HttpResponse:
    """Show one stage: its tasks, what is missing and why, and the step. A future stage may be read beforehand."""
    if stage not in list(Stage):
        raise Http404
    context = page(request, election, stage)
    context["title"] = f"{Stage(stage).label}环节"
    context["crumbs"] = breadcrumbs(election)
    return render(request, "elections/stage.html", context)


def page(request: HttpRequest, election: Election, stage: str) -> dict[str, Any]:
    """Return what both pages show of one stage."""
    today, code = timezone.localdate(), election.village_id
    sources = Sources([election])
    known, bodies = gathered(sources, election, today), sources.bodies(election)
    current = stage == election.stage
    return {
        "title": election.village.name,
        "crumbs": [("村（社区）", reverse("villages"))],
        "election": election,
        "query": query_of(election),
        "bodies": bodies.values(),
        "facts": known,
        "phases": village.track(election, bodies),
        "stage": Stage(stage),
        "current": current,
        "tasks": village.task_rows(election, stage, known),
        "offers": steps.offers(election, known, request.actor) if current else (),
        "standing_offers": steps.standing_offers(election, known, request.actor) if current else (),
        "may_begin_again": not (
            why_not_held_again(election) or why_not_by_role(request.actor, "election.begin_again", code)
        ),
        "reasons": village.reasons_given(election),
        "row": sources.row(election),
    }


@allowed("village.log")
def log(request: HttpRequest, election: Election) -> HttpResponse:
    """办理记录: who did what when, newest first; what was removed lately can be put back."""
    context = {
        "title": "办理记录",
        "crumbs": breadcrumbs(election),
        "election": election,
        "entries": acts.page_of(election.village_id, request.GET.get("page", "1")),
        "removals": restorable(request.actor, election),
    }
    return render(request, "elections/log.html", context)
