"""现任班子: the teams of one village, and the list of villages with what can be told of their teams."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from elections.forms.persons import ask_in
from elections.models import Election, Tenure
from elections.permissions import allowed, why_not_allowed
from elections.rules.teams import Base
from elections.selectors import current
from elections.selectors import teams as reading
from elections.services import team_lists, tenures
from elections.views.addresses import breadcrumbs
from elections.views.form_page import ask, done
from elections.views.paging import in_pages
from elections.views.sheets import sheet_response
from office.teams import overview, seats
from office.teams.forms import EndForm, PostForm, TeamFilter, TenureForm
from office.teams.tables import TeamTable

PAGE = ("现任班子", "team")
RULE = "team.record"


@allowed("team.view")
def team(request: HttpRequest, election: Election) -> HttpResponse:
    """The present and the last team of each body, the figures of both."""
    today = timezone.localdate()
    may = why_not_allowed(request.actor, RULE, election) is None
    if request.GET.get("export") == "xlsx":
        names = {election.village_id: election.village.name}
        return sheet_response("班子名单", seats.sheet(reading.tenures_of(names), names, whole=may))
    context = {
        "title": "现任班子",
        "election": election,
        "crumbs": breadcrumbs(election),
        "teams": seats.of_village(election, today),
        "may": may,
        "not_seated": reading.not_seated_yet(election),
        "lists": reading.lists_to_take_back(request.actor, election.village_id) if may else (),
    }
    return render(request, "office/team.html", context)


@allowed(RULE)
def new(request: HttpRequest, election: Election) -> HttpResponse:
    """Enter who holds or held an office."""
    form = TenureForm(request.POST or None, election=election, today=timezone.localdate())
    ask_in(form, request)
    if form.is_valid():
        added = tenures.add(election.village, form.cleaned_data["person"], form.post, actor=request.actor)
        return done(request, election, "team", f"{added.person.label}的任职已登记。")
    return _ask(request, election, form, "登记任职", "登记任职")


@allowed(RULE)
def change(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    """Put right what was typed of a tenure."""
    tenure = _tenure(election, pk)
    form = PostForm(request.POST or None, initial=PostForm.of(tenure), election=election, today=timezone.localdate())
    if form.is_valid():
        tenures.correct(tenure, form.post, actor=request.actor)
        return done(request, election, "team", f"{tenure.person.label}的任职已修改。")
    return _ask(request, election, form, "修改任职", "保存", tenure=tenure)


@allowed(RULE)
def end(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    """Somebody leaves his office."""
    tenure, today = _tenure(election, pk), timezone.localdate()
    form = EndForm(request.POST or None, tenure=tenure, today=today)
    if form.is_valid():
        tenures.end(tenure, **form.cleaned_data, actor=request.actor)
        return done(request, election, "team", f"{tenure.person.label}的离任已登记。")
    return _ask(request, election, form, "登记离任", "登记离任", tenure=tenure)


def _tenure(election: Election, pk: int) -> Tenure:
    found = reading.one_of(election, pk)
    if found is None:
        raise Http404
    return found


def _ask(request: HttpRequest, election: Election, form: Any, title: str, submit: str, **more: Any) -> HttpResponse:
    return ask(
        request, election, form, title=title, submit=submit, above=PAGE, template="office/team_form.html", **more
    )


@allowed("team.view")
def villages(request: HttpRequest) -> HttpResponse:
    """班子情况: villages with the figures of their teams; filter, sort, page, export, print."""
    today: date = timezone.localdate()
    elections = current.elections_in_reach(request.actor, "team.view").order_by("village_id")
    townships = current.townships(elections)
    found = list(elections.select_related("village"))
    form = TeamFilter(request.GET, townships=townships)
    base: Base = found[0].policy.cross_post_base if found else "party"
    areas = [each.village for each in found]
    shown = overview.fitting(
        overview.lines(areas, reading.teams_of([a.pk for a in areas], today), today, base), form.asked
    )
    names = {each.code: each.name for each in townships}
    if request.GET.get("export") == "xlsx":
        return sheet_response("班子情况", overview.list_sheet(shown, names))
    table = TeamTable(shown, townships=names)
    in_pages(request, table)
    figures = overview.together(shown)
    context = {
        "title": "班子情况",
        "crumbs": [("村（社区）", "/villages/")],
        "table": table,
        "filter_form": form,
        "count": len(shown),
        "all": len(areas),
        "figures": figures,
        "sentence": overview.sentence(shown, figures, today),
        "may": bool(reading.villages_below(request.actor, "", RULE)),
        "lists": reading.lists_to_take_back(request.actor, ""),
    }
    return render(request, "office/teams.html", context)


@allowed(RULE)
@require_POST
def take_back(request: HttpRequest, pk: Any) -> HttpResponse:
    """Undo a list that was taken in within the last day."""
    kept = reading.lists_to_take_back(request.actor, "").filter(pk=pk).first()
    if kept is None:
        raise Http404
    team_lists.take_back(kept, actor=request.actor)
    messages.success(request, f"已撤销{kept.area.name}的名单，{kept.count}条任职不再登记。")
    return redirect("team", code=kept.area_id) if kept.area.is_village else redirect("teams")


def taken_in(request: HttpRequest, kept: Any, refused: int) -> None:
    """Say what now is, what was left out, and offer the way back."""
    said = {"kept": kept, "refused": refused}
    messages.success(request, render_to_string("office/_team_taken.html", said, request))
