"""流动票箱投票人员 and 代写人: the lists, one more with its limits said while typing, one less, the sheets (VT-03, VT-14)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from elections.forms.persons import ask_in
from elections.models import Election
from elections.permissions import allowed, why_not_allowed
from elections.rules import law
from elections.rules.machine import Problem
from elections.services.conditions import problems_of
from elections.views.addresses import address, breadcrumbs, query_of
from elections.views.form_page import done
from elections.views.sheets import sheet_response
from voters import assisting
from voters.forms.meant import MeantForm
from voters.forms.polling import HelperForm, RovingForm
from voters.selectors import polling, register
from voters.views.matching import sides_of

RECORD = "roving.record"


@allowed("proxies.view", post=RECORD)
def roving(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the list by route, and the form for one more."""
    today = timezone.localdate()
    form = RovingForm(request.POST or None, election=election, today=today, initial={"applied_on": today})
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        said, voter = form.cleaned_data, form.voter("person")
        found = assisting.roving_conditions(election, voter, applied_on=said["applied_on"], today=today)
        problems = problems_of(election, *found)
        if not problems:
            given = {name: said[name] for name in ("why", "note", "route", "applied_on")}
            row = assisting.record_roving(election, voter, **given, actor=request.actor, today=today)
            return done(request, election, "roving", f"{voter.name}已登记使用流动票箱：{row.route}。")
    routes = polling.roving_by_route(election)
    return _page(
        request, election, form, problems, provision=law.MOBILE_BOX, title="流动票箱投票人员", template="voters/roving.html",
        routes=routes, count=sum(len(people) for _, people in routes), warnings=register.box_warnings(election),
        lists=[("routes", [route for route, _ in routes])], check_url=address("roving_check", election),
    )  # fmt: skip


@allowed("proxies.view", post=RECORD)
def helpers(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the list, and the form for one more."""
    form = HelperForm(request.POST or None, election=election)
    ask_in(form, request)
    problems: tuple[Problem, ...] = ()
    if form.is_valid():
        said, voter = form.cleaned_data, form.voter("person")
        problems = problems_of(election, *assisting.helper_conditions(election, voter, said["helper"]))
        if not problems:
            row = assisting.record_helper(
                election, voter, helper=said["helper"], reason=said["reason"], actor=request.actor
            )
            return done(request, election, "helpers", f"{voter.name}的代写人已登记为{row.helper}。")
    return _page(
        request, election, form, problems, provision=law.HELPER, title="代写人", template="voters/helpers.html",
        rows=list(polling.helped_voters(election)), check_url=address("helper_check", election),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    election: Election,
    form: MeantForm,
    problems: Sequence[Problem],
    *,
    provision: law.Provision,
    title: str,
    template: str,
    **more: Any,
) -> HttpResponse:
    context = {
        "title": title,
        "election": election,
        "crumbs": breadcrumbs(election),
        "query": query_of(election),
        "form": form,
        "problems": problems,
        "closed": problems_of(election, *assisting.opening_conditions(election, provision)),
        "may": why_not_allowed(request.actor, RECORD, election) is None,
        "sides": sides_of(election, form),
    }
    return render(request, template, context | more, status=422 if form.is_bound else 200)


@allowed(RECORD)
def roving_check(request: HttpRequest, election: Election) -> HttpResponse:
    """Show who is meant, and what stands against it."""
    return _matches(request, election, RovingForm(request.GET, election=election, today=timezone.localdate()))


@allowed(RECORD)
def helper_check(request: HttpRequest, election: Election) -> HttpResponse:
    """Show who is meant, and what stands against it."""
    return _matches(request, election, HelperForm(request.GET, election=election))


def _matches(request: HttpRequest, election: Election, form: MeantForm) -> HttpResponse:
    return render(request, "voters/_matches.html", {"sides": sides_of(election, form), "election": election})


@allowed(RECORD)
@require_POST
def roving_remove(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    """Take a voter off the list of the box (移出名单); whoever needs it again is recorded again."""
    row = register.one_roving(request.actor, election, pk)
    assisting.strike_roving(row, actor=request.actor)
    return done(request, election, "roving", f"{row.voter.name}已移出流动票箱名单。需要时可以重新登记。")


@allowed(RECORD)
@require_POST
def helper_remove(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    """Take a helper off the list (移出名单); whoever is needed again is recorded again."""
    row = register.one_helped(request.actor, election, pk)
    assisting.strike_helper(row, actor=request.actor)
    return done(request, election, "helpers", f"{row.voter.name}的代写人{row.helper}已移出名单。需要时可以重新登记。")


@allowed("proxies.view")
def roving_sheet(request: HttpRequest, election: Election) -> HttpResponse:
    return sheet_response("流动票箱投票人员", register.roving_sheet(election))


@allowed("proxies.view")
def helpers_sheet(request: HttpRequest, election: Election) -> HttpResponse:
    return sheet_response("代写人员", register.helper_sheet(election))
