"""Showing and saving the pages of facts: permission, one form, one act, the page again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from elections.forms.persons import ask_in
from elections.forms.records import CountToCome
from elections.models import Election
from elections.permissions import View, allowed, refusal, why_not_allowed
from elections.rules.kinds import Body
from elections.selectors.facts import facts_for
from elections.selectors.labels import labels
from elections.selectors.pages import deadlines_on, next_words, problems_on
from elections.selectors.siblings import sibling
from elections.views.addresses import address, breadcrumbs, query_of
from elections.views.parts import Page, Part

Failed = tuple[str, BaseForm] | None  # the part that came back with faults


def facts_page(page: Page) -> View:
    """Return the view of a page: everybody who sees the village reads it, ``page.rule`` says who records."""

    @allowed("village.view", post=page.rule)
    def view(request: HttpRequest, election: Election) -> HttpResponse:
        if page.shared and election.body != Body.VILLAGERS_COMMITTEE and sibling(election, Body.VILLAGERS_COMMITTEE):
            return redirect(page.name, code=election.village_id)
        return save(request, election, page) if request.method == "POST" else show(request, election, page)

    return view


def save(request: HttpRequest, election: Election, page: Page) -> HttpResponse:
    """Record what was typed in one part; 422 with the same page when it cannot be read."""
    part, today = page.part(request.GET.get("part", ""), election), timezone.localdate()
    refused = refusal(request, part.rule, election)
    if refused:
        return refused
    form = part.bind(election, today, part.chosen(election, request.GET.get("row", "")), request.POST)
    ask_in(form, request)
    if not form.is_valid():
        return show(request, election, page, failed=(part.key, form))
    notes = part.keep(election, form, actor=request.actor, today=today)
    return done(request, election, page, part, [part.saved, *(f"{note}。" for note in notes)])


def done(request: HttpRequest, election: Election, page: Page, part: Part, said: list[str]) -> HttpResponse:
    """Say what now is and what comes next; back to the village when the page has nothing left to do."""
    known = facts_for(election, timezone.localdate())
    messages.success(request, "".join([*said, next_words(page.name, election, known)]))
    if len(page.parts) > 1 or part.many or problems_on(page.name, election, known):
        return redirect(f"{address(page.name, election)}#{part.key}")
    return redirect(address("village", election))


def show(request: HttpRequest, election: Election, page: Page, *, failed: Failed = None) -> HttpResponse:
    """Show the page with all its parts."""
    today = timezone.localdate()
    known = facts_for(election, today)
    context = {
        "title": page.title,
        "hint": page.hint,
        "crumbs": breadcrumbs(election),
        "election": election,
        "parts": [shape(request, election, page, part, today, failed) for part in page.parts if part.when(election)],
        "form": failed and failed[1],
        "problems": problems_on(page.name, election, known),
        "due": deadlines_on(page.name, election, known),
        "query": query_of(election),
        "back_url": address("village", election),
    }
    context |= page.more(request, election, known)
    return render(request, page.template, context, status=422 if failed else 200)


def shape(
    request: HttpRequest, election: Election, page: Page, part: Part, today: date, failed: Failed
) -> dict[str, Any]:
    """Return one part as the templates take it."""
    asked = request.GET.get("row", "") if request.GET.get("part") == part.key else ""
    row = part.chosen(election, asked)
    here = address(page.name, election)
    here += f"{'&' if '?' in here else '?'}part={part.key}"
    form = failed[1] if failed and failed[0] == part.key else part.bind(election, today, row)
    return {
        "part": part,
        "form": form,
        "locked": why_not_allowed(request.actor, part.rule, election),
        "row": row,
        "here": here,
        "action": f"{here}&row={asked}" if asked else here,
        **(_ledger(part, election) if part.many else {"values": _values(part, form, row)}),
    }


def _ledger(part: Part, election: Election) -> dict[str, Any]:
    """Return heads (label, name, whether it stands to the right) and lines (row, cells of label, words, right)."""
    model = part.form.Meta.model
    columns = [(label, name, name in part.numbers) for name, label in labels(model, part.columns)]
    return {
        "heads": columns,
        "lines": [
            (row, [(label, part.words(row, name), right) for label, name, right in columns])
            for row in part.rows(election)
        ],
        "model": model._meta.model_name,
    }


def _values(part: Part, form: BaseForm, row: Model | None) -> list[tuple[str, str]]:
    """Return the row for those who may only read it."""
    if row is None:
        return []
    return [
        (str(field.label), "--" if isinstance(field, CountToCome) and not getattr(row, name) else part.words(row, name))
        for name, field in form.fields.items()
    ]
