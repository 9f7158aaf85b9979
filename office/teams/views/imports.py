"""Pasting or uploading a list of teams: look at every row, choose who is meant, take it in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from elections.models import Area, Election
from elections.permissions import allowed
from elections.selectors import teams as reading
from elections.selectors.areas import area_named
from elections.services import team_lists
from elections.views.addresses import breadcrumbs
from office.teams import checking, columns
from office.teams.checking import Checked, Table, Unusable
from office.teams.forms import CheckedForm, ListForm, PasteForm, UploadForm
from office.teams.views.villages import RULE, taken_in

TITLE = "粘贴班子名单"
WAYS: dict[str, type[PasteForm | UploadForm]] = {"paste": PasteForm, "upload": UploadForm}


@allowed(RULE)
def of_village(request: HttpRequest, election: Election) -> HttpResponse:
    """The list of one village."""
    crumbs = breadcrumbs(election, ("现任班子", "team"))
    return _page(request, [election.village], election.village_id, crumbs, reverse("team", args=[election.village_id]))


@allowed(RULE)
def of_township(request: HttpRequest) -> HttpResponse:
    """One list of all villages in reach; it has a column 村."""
    crumbs = [("村（社区）", reverse("villages")), ("班子情况", reverse("teams"))]
    return _page(request, reading.villages_below(request.actor, "", RULE), "", crumbs, reverse("teams"))


def _page(
    request: HttpRequest, villages: Sequence[Area], code: str, crumbs: list[tuple[str, str]], back: str
) -> HttpResponse:
    """The two ways in; what a list would do; or its taking in."""
    today, way = timezone.localdate(), request.POST.get("way", "")
    context = {
        "title": TITLE,
        "crumbs": crumbs,
        "back_url": back,
        "columns": tuple(columns.SYNONYMS),
        "whole": not code,
    }
    if way == "take":
        return _take(request, villages, code, context)
    forms = {name: form(**_data(request, name == way), prefix=name, today=today) for name, form in WAYS.items()}
    form = forms.get(way)
    if form is not None and form.is_valid():
        return _show(request, _check(request, form, form.table, villages), form, form.table, code, context)
    context |= {"forms": forms, "form": form}
    return render(request, "office/team_import.html", context, status=422 if form is not None else 200)


def _data(request: HttpRequest, asked: bool) -> dict[str, Any]:
    return {"data": request.POST, "files": request.FILES} if asked else {}


def _check(request: HttpRequest, form: ListForm, table: Table, villages: Sequence[Area]) -> Checked:
    said = form.cleaned_data
    return checking.check(
        table, villages, request.POST, since=said["since"], new_term=said["new_term"], today=timezone.localdate(),
        actor=request.actor,
    )  # fmt: skip


def _show(
    request: HttpRequest, checked: Checked, form: ListForm, table: Table, code: str, context: dict[str, Any]
) -> HttpResponse:
    """Every row as it was understood, before anything is written."""
    who = checked.who()
    said = form.cleaned_data
    begun = {"kept": checking.kept(table, request.actor, code), "since": said["since"], "new_term": said["new_term"]}
    context |= {
        "checked": checked,
        "rows": [(line, who.get(line.number)) for line in checked.lines],
        "hidden": CheckedForm(initial=begun, today=timezone.localdate()),
        "new_term": said["new_term"],
    }
    return render(request, "office/team_check.html", context, status=422 if "why_not" in context else 200)


def _take(request: HttpRequest, villages: Sequence[Area], code: str, context: dict[str, Any]) -> HttpResponse:
    """Enter what can be entered; the page again while somebody still has to be chosen or nothing is left."""
    form = CheckedForm(request.POST, today=timezone.localdate())
    try:
        table = form.carried(request.actor, code)
    except Unusable as error:
        form.add_error(None, str(error))
        forms = {name: each(prefix=name, today=timezone.localdate()) for name, each in WAYS.items()}
        return render(request, "office/team_import.html", context | {"forms": forms, "form": form}, status=422)
    checked = _check(request, form, table, villages)
    if checked.why_not:
        return _show(request, checked, form, table, code, context | {"why_not": checked.why_not})
    places = [each.home for each in checked.takeable]
    kept = team_lists.take_in(
        area_named(code or checking.area_of(places)),
        [each.entrant() for each in checked.takeable],
        new_term=form.cleaned_data["new_term"],
        actor=request.actor,
    )
    taken_in(request, kept, len(checked.refused))
    return redirect(context["back_url"])
