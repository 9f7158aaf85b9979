"""选民名单: the list, its export and print, the empty file to fill in."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from elections.models import Election
from elections.permissions import SIGNED_IN, allowed, why_not_allowed
from elections.selectors.village import deadline_of
from elections.views.addresses import breadcrumbs
from elections.views.form_page import done
from elections.views.paging import in_pages
from elections.views.sheets import attachment, sheet_response
from voters.filters import RollFilter
from voters.selectors import lists
from voters.selectors.ages import Count, names_of, set_aside, shift_of, shifts_of, young_lines
from voters.selectors.breakdown import Breakdown
from voters.selectors.facts import roll_figures, unpublished_changes
from voters.selectors.imports import open_import_of
from voters.selectors.publishing import draft_groups
from voters.selectors.roll import published_versions
from voters.services import ages
from voters.spreadsheet.writing import MEDIA_TYPE, template
from voters.tables import RollTable

YOUNG_A_PAGE = 50


@allowed("roll.view")
def roll(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the roll: filter, sort, page, and what is to be done next with it."""
    counted = Breakdown(election)
    chosen = RollFilter(request.GET, queryset=lists.everybody(election), election=election, counted=counted)
    outer = not lists.works_on_record(request.actor, election)
    table = RollTable(chosen.qs, outer=outer, village=election.village)
    in_pages(request, table, rows=None if chosen.has_terms else counted.totals.registered)
    context = {
        "title": "选民名单",
        "election": election,
        "crumbs": breadcrumbs(election),
        "table": table,
        "filter_form": chosen.form,
        "totals": counted.totals,
        "groups": counted.groups,
        "omissions": counted.omissions,
        **_state(request, election),
    }
    return render(request, "voters/roll.html", context)


def _state(request: HttpRequest, election: Election) -> dict[str, Any]:
    """Return whether the roll is published, by when it must be, what may be done now."""
    known, shift = roll_figures([election]), shifts_of([election]).get(election.pk, Count())
    figures, may_import = known[election.pk], why_not_allowed(request.actor, "roll.import", election) is None
    return {
        "versions": list(published_versions(election)) if figures.published_on else [],
        "waiting": figures.decisions_unpublished + unpublished_changes([election], known).get(election.pk, 0),
        "open_objections": figures.objections_open,
        "deadline": deadline_of(election, "roll"),
        "open_import": open_import_of(election) if may_import else None,
        "shift": shift,
        "moved": [] if shift.empty else names_of(shift_of(election)),
        "young": shift.set_aside,
        "may_edit": why_not_allowed(request.actor, "roll.edit", election) is None,
        "may_reveal": why_not_allowed(request.actor, "roll.reveal", election) is None,
        "may_import": may_import,
    }


@allowed("roll.view")
def export(request: HttpRequest, election: Election) -> HttpResponse:
    """Show what the filter shows, as .xlsx, numbers masked."""
    chosen = RollFilter(request.GET, queryset=lists.everybody(election), election=election)
    outer = not lists.works_on_record(request.actor, election)
    return sheet_response("选民名单", lists.sheet(election, chosen.qs, outer=outer))


@allowed("roll.view")
def to_print(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the list as it is, in four columns by group without numbers of people, for the house-to-house check."""
    context = {
        "title": "选民名单（核对用）",
        "election": election,
        "crumbs": breadcrumbs(election, ("选民名单", "roll")),
        "groups": draft_groups(election),
        "totals": lists.totals(election),
        "today": timezone.localdate(),
    }
    return render(request, "voters/roll_print.html", context)


@allowed("roll.edit")
@require_POST
def follow_the_day(request: HttpRequest, election: Election) -> HttpResponse:
    """Bring the roll up to the new election day (按新的选举日更新)."""
    found = ages.follow_the_day(election, actor=request.actor)
    words = f"已按新的选举日更新：列入{found.joined}人，移出{found.left}人"
    rest = f"，{found.waiting}人还不能列入，请逐人核对" if found.waiting else ""
    return done(request, election, "roll", f"{words}{rest}。")


@allowed("roll.reveal")
def young(request: HttpRequest, election: Election) -> HttpResponse:
    """未满18周岁的人: kept for the day election day moves, and for the next time (VR-05)."""
    page = Paginator(set_aside(election), YOUNG_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "未满18周岁的人",
        "election": election,
        "crumbs": breadcrumbs(election, ("选民名单", "roll")),
        "page": page,
        "rows": young_lines(page, election),
    }
    return render(request, "voters/young.html", context)


@allowed(SIGNED_IN)
def roll_template(request: HttpRequest) -> HttpResponse:
    """Show an empty roll file with its columns, the id column as text."""
    return attachment(template(), "选民名单模板.xlsx", MEDIA_TYPE)
