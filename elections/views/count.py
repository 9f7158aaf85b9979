"""The rounds of voting, their count sheets, and the confirmation that makes a result final."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone

from elections.forms.count import FIGURES, CountForm
from elections.forms.voting import ConfirmForm
from elections.models import Election, Round
from elections.permissions import allowed, why_not_allowed
from elections.rules.counting.checks import Figures, checks, votes_needed
from elections.rules.counting.stored import plain
from elections.selectors import rounds as read
from elections.selectors.facts import facts_for
from elections.selectors.pages import deadlines_on, next_words, problems_on
from elections.services import rounds
from elections.views.addresses import address, breadcrumbs, query_of

MORE_ROWS = 5


@allowed("village.view")
def index(request: HttpRequest, election: Election) -> HttpResponse:
    """Show every round with its sheets and how it stands."""
    known = facts_for(election, timezone.localdate())
    context = _page(election, "计票") | {
        "lines": read.round_lines(election),
        "problems": problems_on("count", election, known),
        "due": deadlines_on("count", election, known),
        "locked": why_not_allowed(request.actor, "count.record", election),
    }
    return render(request, "elections/count.html", context)


@allowed("count.record")
def entry(request: HttpRequest, election: Election, number: int) -> HttpResponse:
    """Show the figures of one round; every saving is a new count sheet."""
    round_ = _round(election, number)
    if request.method != "POST" and round_.confirmed_at:
        return redirect(address("count_result", election, number))
    count_sheet = read.last_count_sheet(round_)
    known = {} if count_sheet or request.method == "POST" else read.handed_out(round_)
    form = CountForm(
        request.POST or None, round_=round_, count_sheet=count_sheet, write_ins=_rows(request), initial=known
    )
    if "more" in request.POST:
        typed = CountForm(round_=round_, initial=request.POST.dict(), write_ins=_rows(request) + MORE_ROWS)
        return _entry_page(request, election, round_, typed, _checked(round_, form))
    if not form.is_valid():
        return _entry_page(request, election, round_, form, _checked(round_, form))
    figures = {name: form.cleaned_data[name] for name in FIGURES}
    count_sheet = rounds.record_count(round_, figures, form.votes(), write_ins=form.write_ins(), actor=request.actor)
    return _saved(request, election, number, count_sheet.number, len(rounds.count_sheet_problems(round_, count_sheet)))


@allowed("count.record")
def check(request: HttpRequest, election: Election, number: int) -> HttpResponse:
    """Show the 核对栏 for what stands in the cells now; nothing is saved."""
    round_ = _round(election, number)
    return render(request, "elections/_checks.html", _checked(round_, CountForm(request.GET, round_=round_)))


@allowed("village.view", post="count.confirm")
def result(request: HttpRequest, election: Election, number: int) -> HttpResponse:
    """Show who is elected and why, what is left open; POST makes it final."""
    round_ = _round(election, number)
    form = ConfirmForm(request.POST or None)
    if form.is_valid():
        rounds.confirm_result(round_, form.cleaned_data["sheet"], actor=request.actor)
        known = facts_for(election, timezone.localdate())
        messages.success(request, f"第{number}次投票的结果已确认，不能再改。{next_words('count', election, known)}")
        return redirect(address("count_result", election, number))
    return _result_page(request, election, round_, form)


def _round(election: Election, number: int) -> Round:
    return get_object_or_404(read.rounds_of(election), number=number)


def _rows(request: HttpRequest) -> int:
    """Return how many rows for people written in the page had."""
    said = request.POST.get("rows", "")
    return int(said) if said.isdecimal() and len(said) < 3 else 0


def _saved(request: HttpRequest, election: Election, number: int, sheet: int, wrong: int) -> HttpResponse:
    if wrong:
        messages.warning(request, f"第{sheet}稿已保存，还有{wrong}处不符，不能确认结果。请对照计票单核对。")
        return redirect(address("count_entry", election, number))
    messages.success(request, f"第{sheet}稿已保存，数字相符。下一步：核对并确认结果。")
    return redirect(address("count_result", election, number))


def _checked(round_: Round, form: CountForm) -> dict[str, Any]:
    """Return the lines of the 核对栏: of what was typed, else of the last count sheet."""
    count_sheet, policy = read.last_count_sheet(round_), round_.election.policy
    if form.is_bound:
        form.is_valid()
        lines = checks(form.figures(), form.votes(), form.contest.openings, round_.registered, policy)
        returned, unfilled = form.figures().returned, form.unfilled()
    elif count_sheet:
        lines, returned, unfilled = rounds.count_sheet_checks(round_, count_sheet), count_sheet.returned, 0
    else:
        lines = checks(Figures(), {}, form.contest.openings, round_.registered, policy)
        returned, unfilled = None, 0
    need = votes_needed(round_.kind, returned, policy)
    return {"checks": lines, "unfilled": unfilled, "round": round_, "need": need}


def _entry_page(
    request: HttpRequest, election: Election, round_: Round, form: CountForm, checked: dict[str, Any]
) -> HttpResponse:
    context = _page(election, "计票录入", ("计票", "count")) | checked
    context |= {
        "form": form,
        "history": read.history(round_),
        "handed_out": read.handed_out(round_),
        "check_url": address("count_check", election, round_.number),
        "back_url": address("count", election),
    }
    return render(request, "elections/count_entry.html", context, status=422 if form.is_bound else 200)


def _result_page(request: HttpRequest, election: Election, round_: Round, form: ConfirmForm) -> HttpResponse:
    count_sheet = read.last_count_sheet(round_)
    problems = () if round_.confirmed_at else rounds.count_sheet_problems(round_, count_sheet)
    context = _page(election, "结果确认", ("计票", "count")) | {
        "round": round_,
        "count_sheet": count_sheet,
        "outcome": read.outcome_in_words(plain(rounds.outcome_of(round_, count_sheet)))
        if count_sheet and not problems
        else None,
        "problems": problems,
        "form": form,
        "locked": why_not_allowed(request.actor, "count.confirm", election),
        "may_record": why_not_allowed(request.actor, "count.record", election) is None,
        "history": read.history(round_),
        "checks": rounds.count_sheet_checks(round_, count_sheet) if count_sheet else (),
        "need": votes_needed(round_.kind, count_sheet.returned if count_sheet else None, round_.election.policy),
        "back_url": address("count", election),
    }
    return render(request, "elections/count_result.html", context, status=422 if form.is_bound else 200)


def _page(election: Election, title: str, *above: tuple[str, str]) -> dict[str, Any]:
    return {
        "title": title,
        "crumbs": breadcrumbs(election, *above),
        "election": election,
        "query": query_of(election),
        "back_url": address("village", election),
    }


V = "villages/<str:code>/count/"

urlpatterns = [
    path(V, index, name="count"),
    path(V + "<int:number>/entry/", entry, name="count_entry"),
    path(V + "<int:number>/check/", check, name="count_check"),
    path(V + "<int:number>/result/", result, name="count_result"),
]
