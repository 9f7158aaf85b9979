"""候选人 of one village, and one person's file: first check, conclusion, flags, every decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from candidates import forms
from candidates.models import Nominee
from candidates.selectors.formal import candidates_sheet, formal_list_of
from candidates.selectors.nominees import bars_of, everybody_nominated, nominees_of
from candidates.selectors.vetting import age_of, decisions_on, flags_of
from candidates.services import vetting as services
from candidates.tables import CandidateTable
from candidates.views.scope import allowed_here
from elections.models import Election
from elections.permissions import allowed, why_not_allowed, why_not_by_role, within
from elections.rules.counting.offices import Office
from elections.rules.guards import vetting as guards
from elections.rules.kinds import Stage
from elections.rules.machine import problems
from elections.selectors.facts import facts_for
from elections.views.addresses import address, breadcrumbs
from elections.views.paging import in_pages
from elections.views.sheets import sheet_response

CANDIDATES = ("候选人", "candidates")


@allowed_here("candidates.view")
def show(request: HttpRequest, election: Election) -> HttpResponse:
    """Show everybody nominated, how far the vetting is, what is still missing."""
    known = facts_for(election, timezone.localdate())
    nominees = nominees_of(election).select_related("voter", "election__village")
    chosen = forms.NomineeFilter(request.GET, queryset=nominees, election=election)
    vets = why_not_by_role(request.actor, "candidate.view", election.village_id) is None
    table = CandidateTable(chosen.qs, vets=vets, flags=flags_of(chosen.qs) if vets else {})
    in_pages(request, table)
    context = {
        "title": "候选人",
        "election": election,
        "crumbs": breadcrumbs(election),
        "table": table,
        "filter_form": chosen.form,
        "count": len(known.nomination.nominees),
        "formal": formal_list_of(election),
        "problems": problems(guards.COMPLETE, known, election.policy) if election.stage == Stage.VETTING else (),
        "may_publish": why_not_allowed(request.actor, "candidates.publish", election) is None,
    }
    return render(request, "candidates/candidates.html", context)


@allowed_here("candidates.view")
def export(request: HttpRequest, election: Election) -> HttpResponse:
    return sheet_response("候选人情况", candidates_sheet(election))


@allowed("candidate.view")
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one person's file, found inside the reach of those who vet; a village sees only the conclusion."""
    reach = request.actor.reaches(everybody_nominated(), "election__village_id", "candidate.view")
    nominee = within(request.actor, reach, "election__village_id", pk=pk)
    return render(request, "candidates/file.html", _file(request, nominee))


def _file(request: HttpRequest, nominee: Nominee, **bound: Any) -> dict[str, Any]:
    election = nominee.election
    forms_ = _forms(nominee) | bound
    return forms_ | {
        "title": f"候选人档案：{nominee.name}",
        "election": election,
        "crumbs": breadcrumbs(election, CANDIDATES),
        "nominee": nominee,
        "office": Office(nominee.office),
        "age": age_of(nominee),
        "flags": flags_of([nominee])[nominee.pk],
        "bars": bars_of(nominee),
        "decisions": decisions_on(nominee),
        "form": next(iter(bound.values()), None),
        "why_no_check": _why_not_checked(request, nominee),
        "why_no_conclusion": why_not_allowed(request.actor, "nominee.conclude", election),
        "back_url": address("candidates", election),
    }


def _forms(nominee: Nominee) -> dict[str, Any]:
    checked = {"outcome": nominee.first_check, "bars": nominee.bar_codes, "reason": nominee.first_check_reason}
    return {
        "check_form": forms.FirstCheckForm(bars=nominee.election.policy.negative_list, initial=checked),
        "conclusion_form": forms.ConclusionForm(initial={"outcome": nominee.conclusion}),
        "reopening_form": forms.ReopeningForm(),
    }


def _why_not_checked(request: HttpRequest, nominee: Nominee) -> str | None:
    """Return why the first check is not offered: role, stage, or a conclusion that stands."""
    against = why_not_allowed(request.actor, "nominee.first_check", nominee.election)
    return against or ("县级联审已有结论，初审不能再改" if nominee.conclusion else None)


def _nominee(election: Election, pk: int) -> Nominee:
    return get_object_or_404(everybody_nominated().filter(election=election), pk=pk)


def _again(request: HttpRequest, nominee: Nominee, **bound: Any) -> HttpResponse:
    return render(request, "candidates/file.html", _file(request, nominee, **bound), status=422)


@allowed("nominee.first_check")
@require_POST
def first_check(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    nominee = _nominee(election, pk)
    form = forms.FirstCheckForm(request.POST, bars=election.policy.negative_list)
    if not form.is_valid():
        return _again(request, nominee, check_form=form)
    services.first_check(nominee, **form.cleaned_data, actor=request.actor, now=timezone.localtime())
    return _next(request, nominee, f"{nominee.name}的初审意见已登记。")


@allowed("nominee.conclude")
@require_POST
def conclude(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    nominee = _nominee(election, pk)
    form = forms.ConclusionForm(request.POST)
    if not form.is_valid():
        return _again(request, nominee, conclusion_form=form)
    services.conclude(nominee, **form.cleaned_data, actor=request.actor, now=timezone.localtime())
    return _next(request, nominee, f"{nominee.name}的联审结论已作出。")


@allowed("nominee.conclude")
@require_POST
def reopen(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    nominee = _nominee(election, pk)
    form = forms.ReopeningForm(request.POST)
    if not form.is_valid():
        return _again(request, nominee, reopening_form=form)
    services.reopen(nominee, **form.cleaned_data, actor=request.actor, now=timezone.localtime())
    return _next(request, nominee, f"{nominee.name}已列入重新审查，原结论保留在审查记录中。")


def _next(request: HttpRequest, nominee: Nominee, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("candidate", pk=nominee.pk)
