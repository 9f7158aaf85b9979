"""换届批次: the county begins a change of term; an annulled election is held again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from elections.forms.cycles import CycleForm
from elections.models import Election
from elections.permissions import allowed
from elections.selectors import cycles as reading
from elections.services.beginning import begin_again, begin_cycle


@allowed("cycles.begin")
def index(request: HttpRequest) -> HttpResponse:
    """Show the cycles of the county and the form that begins the next one."""
    county = reading.county_of(request.actor)
    form = CycleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cycle = begin_cycle(county, actor=request.actor.user, **form.cleaned_data)
        messages.success(request, f"{cycle.name}已经开始，各村（社区）的三项选举已建立。请各镇设定选举日。")
        return redirect("overview")
    context = {
        "title": "换届批次",
        "form": form,
        "cycles": reading.cycles(county),
        "villages": reading.villages(county),
    }
    return render(request, "elections/cycles.html", context, status=422 if form.is_bound else 200)


@allowed("election.begin_again")
@require_POST
def again(request: HttpRequest, election: Election) -> HttpResponse:
    """重新选举 after an election was declared void."""
    begin_again(election, actor=request.actor)
    messages.success(request, f"{election.village.name}的重新选举已建立，从准备环节开始。")
    return redirect("village", code=election.village_id)
