"""People who may stand on the roll twice: within one village, and over the villages of a township (VR-07)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from elections.models import Election
from elections.permissions import allowed
from elections.views.addresses import breadcrumbs
from voters.hourly_limits import unusual
from voters.selectors import duplicates


@allowed("roll.view")
def within(request: HttpRequest, election: Election) -> HttpResponse:
    """Show alike names with one day of birth in one village: hints, nothing is deleted."""
    context = {
        "title": "可能重复的人",
        "election": election,
        "crumbs": breadcrumbs(election, ("选民名单", "roll")),
        "pairs": duplicates.pairs_within(election),
    }
    return render(request, "voters/alike.html", context)


@allowed("roll.compare")
def between(request: HttpRequest) -> HttpResponse:
    """Show, over all villages in reach, who was kept off a list and where they are listed; who may be one person."""
    context = {
        "title": "跨村重复登记",
        "twice": duplicates.listed_twice(request.actor),
        "alike": duplicates.same_person_elsewhere(request.actor),
        "unusual": unusual(request.actor, timezone.now()),
    }
    return render(request, "voters/twice.html", context)
