"""选举日与时限: one date in, every deadline out; moving it shows what changes and breaks before it is confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from elections.forms.poll_day import PollDayForm
from elections.models import Election
from elections.permissions import allowed, why_not_allowed
from elections.rules.wording import cn_weekday_date
from elections.selectors.village import deadlines_in_order
from elections.services.poll_day import comparison, poll_day_problems, set_poll_day
from elections.views.addresses import breadcrumbs


@allowed("schedule.view")
def show(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the timetable of the village and, for the township, the form that sets or moves the day."""
    why_not = why_not_allowed(request.actor, "poll_day.set", election)
    form = PollDayForm(request.GET if "poll_day" in request.GET else None, election=election)
    context = _context(request, election) | {"why_not": why_not, "form": form}
    if form.is_bound and form.is_valid():
        context |= _preview(election, form)
    return render(request, "elections/poll_day.html", context)


@allowed("poll_day.set")
def confirm(request: HttpRequest, election: Election) -> HttpResponse:
    """Confirm the day that the preview showed."""
    form = PollDayForm(request.POST or None, election=election)
    if not form.is_valid():
        context = _context(request, election) | {"form": form, "why_not": None}
        return render(request, "elections/poll_day.html", context, status=422 if form.is_bound else 200)
    set_poll_day(
        election,
        form.cleaned_data["poll_day"],
        registration_start=form.cleaned_data["registration_start"],
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        today=timezone.localdate(),
    )
    messages.success(request, f"选举日已定为{cn_weekday_date(form.cleaned_data['poll_day'])}，全部时限已按它重新排定。")
    return redirect("poll_day", code=election.village_id)


def _context(request: HttpRequest, election: Election) -> dict:
    return {
        "title": "选举日与时限",
        "crumbs": breadcrumbs(election),
        "election": election,
        "items": deadlines_in_order(election, timezone.localdate()),
    }


def _preview(election: Election, form: PollDayForm) -> dict:
    day, today = form.cleaned_data["poll_day"], timezone.localdate()
    reason = form.cleaned_data["reason"]
    return {
        "day": day,
        "comparison": comparison(election, day, today=today),
        "problems": poll_day_problems(election, day, today=today, reason=reason),
        "moving": bool(election.poll_day) and election.poll_day != day,
    }
