"""公布正式候选人: the check page with the proposed order, publication, the meeting with the voters."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from candidates import forms
from candidates.rules import listing
from candidates.selectors.formal import (
    formal_lists_of,
    groups_to_publish,
    met_voters_on,
    passed_by_office,
    published_in_force,
    same_as_published,
)
from candidates.services import publication as services
from candidates.views.scope import allowed_here
from elections.models import Election
from elections.permissions import why_not_allowed
from elections.rules.counting.offices import Office
from elections.views.addresses import breadcrumbs
from elections.views.form_page import ask, done
from voters.selectors.polling import proxies_in_force

Order = dict[str, list[int]]
STEPS = {"up": -1, "down": 1}
BUTTONS = (*STEPS, "out", "back")


@allowed_here("candidates.view")
def check(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the list as it would be posted. 上移 and 下移 are links of this page: nothing is kept until it is published."""
    return render(request, "candidates/publish.html", _context(request, election, _order(request.GET, election)))


@allowed_here("candidates.publish")
@require_POST
def publish(request: HttpRequest, election: Election) -> HttpResponse:
    order = _order(request.POST, election)
    form = forms.PublicationForm(request.POST)
    if not form.is_valid():
        return render(request, "candidates/publish.html", _context(request, election, order, form), status=422)
    day, place = form.cleaned_data["published_on"], form.cleaned_data["place"]
    held = proxies_in_force(election).count()
    formal = services.publish_formal_list(
        election, order, published_on=day, place=place, actor=request.actor, today=timezone.localdate()
    )
    count = sum(map(len, order.values()))
    words = (
        f"正式候选人名单已公布（第{formal.number}次，{count}人）。下一步：组织候选人与{election.village.people}见面。"
    )
    ended = held - proxies_in_force(election).count()
    if ended:
        words += f"受委托人成为候选人，{ended}份委托自行终止。请告知委托人可以另行委托。"
    return done(request, election, "candidates_publish", words)


@allowed_here("candidates.meet")
def meet(request: HttpRequest, election: Election) -> HttpResponse:
    form = forms.MeetingDayForm(request.POST or None)
    if form.is_valid():
        services.note_meeting(election, **form.cleaned_data, actor=request.actor, today=timezone.localdate())
        return done(request, election, "candidates_publish", f"候选人与{election.village.people}见面已登记。")
    above = ("公布正式候选人", "candidates_publish")
    return ask(request, election, form, title="登记候选人见面", submit="登记见面", above=above,
               template="candidates/form.html")  # fmt: skip


def _context(
    request: HttpRequest, election: Election, order: Order, form: forms.PublicationForm | None = None
) -> dict[str, Any]:
    kept = {key for keys in order.values() for key in keys}
    passed = passed_by_office(election)
    today = timezone.localdate()
    return {
        "title": "公布正式候选人",
        "election": election,
        "crumbs": breadcrumbs(election, ("候选人", "candidates")),
        "groups": groups_to_publish(election, order),
        "left": [
            (Office(office), [line for line in lines if line.key not in kept]) for office, lines in passed.items()
        ],
        "problems": services.list_problems(election, order, today=today),
        "same": same_as_published(election, order),
        "notes": services.list_notes(election, order, today=today) if any(order.values()) else (),
        "lists": formal_lists_of(election).select_related("made_by"),
        "in_force": published_in_force(election),
        "met_on": met_voters_on(election),
        "form": form,
        "publication": form or forms.PublicationForm(),
        "why_not": why_not_allowed(request.actor, "candidates.publish", election),
        "may_meet": why_not_allowed(request.actor, "candidates.meet", election) is None,
    }


def _order(said: QueryDict, election: Election) -> Order:
    """Return office → keys as the page said them, with the button that was pressed; the proposal when it said
    nothing."""
    passed = passed_by_office(election)
    if "order" not in said:
        return {office: [line.key for line in lines] for office, lines in passed.items()}
    asked = [int(str(key)) for key in said.getlist("order") if str(key).isdecimal()]
    order: Order = {}
    for office, lines in passed.items():
        mine = {line.key for line in lines}
        order[office] = _pressed(said, [key for key in dict.fromkeys(asked) if key in mine], mine)
    return order


def _pressed(said: QueryDict, keys: list[int], mine: set[int]) -> list[int]:
    """Return the order after the button: 上移, 下移, 不列入, 列入."""
    pressed = {name: int(str(said[name])) for name in BUTTONS if str(said.get(name, "")).isdecimal()}
    for name, steps in STEPS.items():
        if name in pressed:
            keys = listing.moved(keys, pressed[name], steps)
    keys = [key for key in keys if key != pressed.get("out")]
    back = pressed.get("back")
    return [*keys, back] if back in mine - set(keys) and back is not None else keys
