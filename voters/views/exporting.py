"""Lists with full numbers, statistics of the roll, finding a person by the end of the id number."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from elections.models import Election
from elections.permissions import allowed
from elections.views.addresses import address, breadcrumbs
from elections.views.form_page import done
from elections.views.sheets import sheet_response
from voters.filters import RollFilter
from voters.forms.exporting import ExportForm, LastFourForm
from voters.models import RollExport
from voters.selectors import lists, statistics
from voters.selectors.imports import noted
from voters.services import exporting, finding

ROLL = ("选民名单", "roll")


@allowed("roll.reveal")
def exports(request: HttpRequest, election: Election) -> HttpResponse:
    """Ask for a list with numbers; agree to another person's; take one's own."""
    form = ExportForm(request.POST or None, initial={"query": request.GET.urlencode()})
    query = form.data.get("query", request.GET.urlencode())
    rows = _chosen(election, query).count()
    if form.is_valid():
        asked = exporting.ask_export(
            election, query=query, rows=rows, reason=form.cleaned_data["reason"], actor=request.actor
        )
        words = exporting.why_not_yet(asked) or "可以下载"
        return done(request, election, "roll_exports", f"已登记第{asked.number}份导出，{words}。")
    context = {
        "title": "导出带身份证号的名单",
        "election": election,
        "crumbs": breadcrumbs(election, ROLL),
        "form": form,
        "rows": rows,
        "alone": exporting.ALONE_UP_TO,
        "asked": [
            (each, exporting.why_not_yet(each), exporting.needs_another(each)) for each in lists.exports_of(election)
        ],
        "back_url": address("roll", election),
    }
    return render(request, "voters/exports.html", context, status=422 if form.is_bound else 200)


def _chosen(election: Election, query: str):
    return RollFilter(QueryDict(query), queryset=lists.everybody(election), election=election).qs


def _find(election: Election, pk: UUID) -> RollExport:
    found = lists.exports_of(election).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@allowed("roll.reveal")
@require_POST
def agree(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Take the agreement of the second person."""
    exporting.agree(_find(election, pk), actor=request.actor)
    return done(request, election, "roll_exports", "已同意导出。由申请的人下载。")


@allowed("roll.reveal")
@require_POST
def take(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Note the taking first; the file follows."""
    asked = _find(election, pk)
    exporting.take(asked, rows=_chosen(election, asked.query).count(), actor=request.actor)
    return redirect(address("roll_export_file", election, pk))


@allowed("roll.reveal")
def file(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Show the list, just after the button was pressed."""
    asked = _find(election, pk)
    if not noted(request.actor, asked, "roll.export_taken"):
        return redirect(address("roll_exports", election))
    return sheet_response("选民名单（内部）", lists.full_sheet(asked, _chosen(election, asked.query)))


@allowed("roll.view")
def figures(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the roll by group, sex, age, class; 四登四不登, 四增四减."""
    groups = statistics.groups_against_last_term(election)
    context = {
        "title": "选民名单统计",
        "election": election,
        "crumbs": breadcrumbs(election, ROLL),
        "totals": lists.totals(election),
        "groups": groups,
        "compared": any(group.before is not None for group in groups),
        "ages": statistics.by_age(election),
        "categories": statistics.by_category(election),
        "registers": statistics.registers(election),
    }
    return render(request, "voters/statistics.html", context)


@allowed("roll.reveal")
def find(request: HttpRequest, election: Election) -> HttpResponse:
    """Find by the last four of the number, typed into a form, never into an address."""
    form = LastFourForm(request.POST or None)
    found = None
    if form.is_valid():
        found = finding.by_last_four(election, form.cleaned_data["last"], actor=request.actor)
    context = {
        "title": "按身份证号后四位查找",
        "election": election,
        "crumbs": breadcrumbs(election, ROLL),
        "form": form,
        "found": found,
        "back_url": address("roll", election),
    }
    return render(request, "voters/find.html", context, status=422 if form.errors else 200)
