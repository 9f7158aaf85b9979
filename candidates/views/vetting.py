"""资格联审: the county's list across villages of those who await a conclusion; departments have no batches yet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from candidates import forms
from candidates.selectors.vetting import awaiting, flags_of, queue_sheet, townships_in
from candidates.services import vetting as services
from candidates.tables import QueueTable
from elections.models import Role
from elections.permissions import allowed, may_anywhere
from elections.views.paging import in_pages
from elections.views.sheets import sheet_response

DECIDES = "nominee.conclude"


@allowed("vetting.view")
def show(request: HttpRequest) -> HttpResponse:
    """Show county and township their persons; a department its batches, of which there are none."""
    if not _sees_persons(request):
        return render(request, "candidates/no_batches.html", {"title": "资格联审"})
    return render(request, "candidates/vetting.html", _queue(request))


@allowed("vetting.view")
def export(request: HttpRequest) -> HttpResponse:
    """Show the chosen persons as a spreadsheet; nothing for a department."""
    return sheet_response("联审人员", queue_sheet(_chosen(request).qs))


@allowed(DECIDES)
@require_POST
def conclude(request: HttpRequest) -> HttpResponse:
    """Make one conclusion for the ticked persons, all or none of them."""
    mine = awaiting(request.actor, DECIDES)
    form = forms.BatchForm(request.POST, awaiting=mine)
    if not form.is_valid():
        return render(request, "candidates/vetting.html", _queue(request, form), status=422)
    ticked = list(mine.filter(pk__in=form.cleaned_data["persons"]))
    outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
    services.conclude_many(ticked, outcome=outcome, reason=reason, actor=request.actor, now=timezone.localtime())
    messages.success(request, f"已对{len(ticked)}人作出结论。")
    return redirect("vetting")


def _sees_persons(request: HttpRequest) -> bool:
    return any(role in (Role.COUNTY, Role.TOWNSHIP) for role, _ in request.actor.posts)


def _chosen(request: HttpRequest) -> forms.QueueFilter:
    mine = awaiting(request.actor, "nominee.first_check") | awaiting(request.actor, DECIDES)
    return forms.QueueFilter(request.GET, queryset=mine, townships=townships_in(mine))


def _queue(request: HttpRequest, form: forms.BatchForm | None = None) -> dict[str, Any]:
    chosen = _chosen(request)
    may = may_anywhere(request.actor, DECIDES)
    ticked = {int(pk) for pk in form.data.getlist("persons") if pk.isdecimal()} if form else set()
    table = QueueTable(chosen.qs, may=may, ticked=ticked, flags=flags_of(chosen.qs))
    in_pages(request, table)
    batch = form or forms.BatchForm(awaiting=awaiting(request.actor, DECIDES))
    return {
        "title": "资格联审",
        "table": table,
        "filter_form": chosen.form,
        "count": chosen.qs.count(),
        "form": form,
        "batch": batch,
        "may": may,
    }
