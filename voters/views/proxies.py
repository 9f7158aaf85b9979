"""委托投票: the register, a new one with its limits said while typing, ending one, slips, the sheet (VT-06…12)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from elections.models import Election
from elections.permissions import allowed, why_not_allowed
from elections.rules.machine import Problem
from elections.services.conditions import problems_of
from elections.views.addresses import address, breadcrumbs, query_of
from elections.views.form_page import done
from elections.views.paging import in_pages
from elections.views.sheets import inline_pdf, sheet_response
from voters.documents.slips import slips_pdf
from voters.forms.polling import EndingForm, ProxyForm
from voters.models import ProxyVote
from voters.selectors import polling, register
from voters.selectors import proxies as rules
from voters.services.proxies import end_proxy, record_proxy, why_not_ended_now
from voters.views.matching import sides_of
from voters.views.tables import ProxyFilter, ProxyTable

PROXIES = ("委托投票", "proxies")


@allowed("proxies.view")
def index(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the register: who acts for whom, who has places left, what ended by itself, the public list."""
    today = timezone.localdate()
    chosen = ProxyFilter(request.GET, election=election, queryset=polling.proxies_of(election))
    may = why_not_allowed(request.actor, "proxy.record", election) is None
    table = ProxyTable(chosen.found, election=election, may=may)
    in_pages(request, table)
    context = {
        "title": "委托投票",
        "election": election,
        "crumbs": breadcrumbs(election),
        "query": query_of(election),
        "table": table,
        "filter_form": chosen.form,
        "recorded": polling.proxies_of(election).exists(),
        "in_force": polling.proxies_in_force(election).count(),
        "agents": register.agents(election),
        "alone": register.principals_without_agent(election),
        "doubts": register.doubts(election),
        "board": register.board(election),
        "closed": problems_of(election, *rules.closed_conditions(election, today)),
        "may": may,
    }
    return render(request, "voters/proxies.html", context)


@allowed("proxies.view")
def sheet(request: HttpRequest, election: Election) -> HttpResponse:
    """Show what the filter shows, as .xlsx, without a number of a person."""
    chosen = ProxyFilter(request.GET, election=election, queryset=polling.proxies_of(election))
    return sheet_response("委托投票登记", register.proxy_sheet(election, chosen.found))


@allowed("proxy.record")
def new(request: HttpRequest, election: Election) -> HttpResponse:
    """Record a proxy (登记委托): save, or save and go on with the next."""
    form = ProxyForm(
        request.POST or None, election=election, today=timezone.localdate(), initial=_known(request, election)
    )
    problems = _problems(election, form) if form.is_valid() else ()
    if not form.is_valid() or problems:
        return _form_page(request, election, form, problems)
    today, said = timezone.localdate(), form.cleaned_data
    proxy = record_proxy(
        election, form.voter("principal"), form.voter("agent"), relation=said["relation"], reason=said["reason"],
        applied_on=said["applied_on"], consented_by=said["consented_by"], actor=request.actor, today=today,
    )  # fmt: skip
    places = rules.places_words(election, proxy.agent)
    words = f"第{proxy.number}号委托已登记：{proxy.principal.name}委托{proxy.agent.name}。{proxy.agent.name}{places}"
    return done(request, election, "proxy_new" if "again" in request.POST else "proxies", words)


def _known(request: HttpRequest, election: Election) -> dict[str, Any]:
    """Today, who consented last; the people of an ended proxy when it is recorded again."""
    last = polling.proxies_of(election).last()
    known = {"applied_on": timezone.localdate(), "consented_by": last.consented_by if last else ""}
    again = request.GET.get("again", "")
    ended = polling.proxies_of(election).filter(number=again).first() if again.isdecimal() and len(again) < 7 else None
    if ended is not None:
        known |= {"principal": ended.principal.number or ended.principal.name, "reason": ended.reason}
        if ended.ending not in (ProxyVote.Ending.CANDIDATE, ProxyVote.Ending.OFF_ROLL):
            known |= {"agent": ended.agent.number or ended.agent.name, "relation": ended.relation}
    return known


def _problems(election: Election, form: ProxyForm) -> tuple[Problem, ...]:
    """Return everything that stands against what was typed: the same that the service insists on."""
    said, today = form.cleaned_data, timezone.localdate()
    found = rules.conditions(
        election, form.voter("principal"), form.voter("agent"), said["relation"],
        received_on=said["applied_on"], today=today,
    )  # fmt: skip
    return problems_of(election, *found)


def _form_page(
    request: HttpRequest, election: Election, form: ProxyForm, problems: tuple[Problem, ...]
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "title": "登记委托",
        "board": register.board(election),
        "election": election,
        "crumbs": breadcrumbs(election, PROXIES),
        "form": form,
        "problems": problems,
        "closed": problems_of(election, *rules.closed_conditions(election, today)),
        "sides": sides_of(election, form),
        "check_url": address("proxy_check", election),
        "lists": [("reasons", ("外出务工", "外出经商", "外地就医", "在外求学", "照料家人"))],
        "back_url": address("proxies", election),
    }
    return render(request, "voters/proxy_new.html", context, status=422 if form.is_bound else 200)


@allowed("proxy.record")
def check(request: HttpRequest, election: Election) -> HttpResponse:
    """Show who is meant by what stands in the fields, places left, reasons against it; nothing is saved."""
    form = ProxyForm(request.GET, election=election, today=timezone.localdate())
    return render(request, "voters/_matches.html", {"sides": sides_of(election, form), "election": election})


@allowed("proxy.record")
def end(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """End a proxy (终止委托): withdrawn, or wrongly recorded. The way back is to record it again."""
    proxy = register.one_proxy(request.actor, election, pk)
    if proxy.ended_on:
        return redirect(address("proxies", election))
    form = EndingForm(request.POST or None, candidate=register.may_be_candidate(election, proxy.agent))
    if form.is_valid():
        ended = end_proxy(proxy, form.cleaned_data["ending"], actor=request.actor, today=timezone.localdate())
        words = f"第{ended.number}号委托已终止（{ended.get_ending_display()}）。{ended.principal.name}可以本人投票，也可以另行委托。"
        return done(request, election, "proxies", words)
    given = why_not_ended_now(proxy)
    context = {
        "title": "终止委托", "election": election, "crumbs": breadcrumbs(election, PROXIES), "form": form, "proxy": proxy,
        "relation": polling.relation_word(election, proxy.relation), "submit": "终止委托", "given": given,
        "back_url": address("proxies", election),
    }  # fmt: skip
    return render(request, "voters/proxy_end.html", context, status=422 if form.is_bound else 200)


@allowed("proxies.view")
def slip(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """委托书 and 委托投票证 of one proxy, to be signed and taken along."""
    return _slips(election, [register.one_proxy(request.actor, election, pk)])


@allowed("proxies.view")
def slips(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the slips of all that are in force."""
    found = list(polling.proxies_in_force(election))
    return _slips(election, found) if found else redirect(address("proxies", election))


def _slips(election: Election, found: list[ProxyVote]) -> HttpResponse:
    return inline_pdf(slips_pdf(election, found), "委托投票证.pdf")
