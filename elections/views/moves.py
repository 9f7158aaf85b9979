"""Making a step, passing a soft gate, acts beside the stages."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from elections.forms.moves import ReasonForm, StandingForm
from elections.models import Election
from elections.permissions import allowed, why_not_allowed
from elections.rules import stages
from elections.rules.machine import Problem, Transition
from elections.selectors.steps import open_problems, standing_problems, step_problems
from elections.services import moves
from elections.views.addresses import address, breadcrumbs, query_of


@allowed("step.{step}")
def step(request: HttpRequest, election: Election, step: str) -> HttpResponse:
    """Show the page of one step: GET shows what stands against it, POST makes it or answers 409 with the same."""
    row = _row(election, step)
    form = ReasonForm(request.POST or None, required=row.backward)
    today = timezone.localdate()
    if request.method == "POST" and form.is_valid():
        version, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
        moves.move(election, step, version=version, actor=request.actor, today=today, reason=reason)
        messages.success(request, f"{election.village.name}已{row.label}。下一步见下面的事项。")
        return redirect(address("village", election))
    context = _context(request, election, row.label, form, step_problems(election, row, today=today)) | {"row": row}
    return render(request, "elections/step.html", context, status=422 if form.is_bound else 200)


@allowed("step.waive")
def waive(request: HttpRequest, election: Election, guard: str) -> HttpResponse:
    """Pass a soft gate with a written reason."""
    today = timezone.localdate()
    problem = next((each for each in open_problems(election, today=today) if each.guard == guard and each.soft), None)
    if problem is None and request.method != "POST":
        raise Http404
    form = ReasonForm(request.POST or None, required=True)
    if request.method == "POST" and form.is_valid():
        moves.waive(election, guard, actor=request.actor, today=today, reason=form.cleaned_data["reason"])
        messages.success(request, "理由已登记，县换届办可以看到。这一项不再阻止推进。")
        return redirect(address("village", election))
    context = _context(request, election, "说明理由后继续", form, ()) | {"problem": problem}
    return render(request, "elections/waive.html", context, status=422 if form.is_bound else 200)


@allowed("standing.{act}")
def standing(request: HttpRequest, election: Election, act: str) -> HttpResponse:
    """暂缓, 恢复, 无效, 归档."""
    row = stages.find_move(act)
    form = StandingForm(request.POST or None, row=row)
    today = timezone.localdate()
    if request.method == "POST" and form.is_valid():
        moves.change_standing(election, act, actor=request.actor, today=today, **form.cleaned_data)
        messages.success(request, f"{election.village.name}已{row.label}。")
        return redirect(address("village", election))
    context = _context(request, election, row.label, form, standing_problems(election, row, today=today))
    return render(request, "elections/standing.html", context, status=422 if form.is_bound else 200)


def _row(election: Election, step: str) -> Transition:
    try:
        return stages.find(election.body, step)
    except KeyError:
        raise Http404 from None


def _context(
    request: HttpRequest, election: Election, title: str, form: Form, problems: tuple[Problem, ...]
) -> dict[str, Any]:
    form.initial["version"] = election.version
    return {
        "title": title,
        "crumbs": breadcrumbs(election),
        "election": election,
        "form": form,
        "problems": problems,
        "ready": not any(problem.blocks for problem in problems),
        "may_waive": why_not_allowed(request.actor, "step.waive", election) is None,
        "query": query_of(election),
        "back_url": address("village", election),
    }
