"""提名汇总: posts and seats, nominees, withdrawals, and what they do to the election committee."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from candidates import forms
from candidates.selectors.formal import who_follows
from candidates.selectors.known import nomination_defaults, record_of_row
from candidates.selectors.nominees import nominees_of, seats_of, seats_with_nominees, withdrawn_from
from candidates.selectors.vetting import flags_of
from candidates.services import nomination as services
from candidates.services.seats import decide_seats
from candidates.tables import NomineeTable
from candidates.views.scope import allowed_here
from elections.models import Election, Meeting
from elections.permissions import why_not_allowed
from elections.rules import meetings
from elections.rules.guards import nomination as guards
from elections.rules.machine import problems
from elections.selectors import election_committee
from elections.selectors.facts import facts_for
from elections.selectors.kin import kinships_of
from elections.selectors.meetings import meeting_of, values_of
from elections.services.election_committee import leave_for_nomination
from elections.views.addresses import address, breadcrumbs
from elections.views.form_page import ask, done
from elections.views.paging import in_pages
from voters.selectors.people import found_by_name, shared_names, words_of
from voters.selectors.roll import listed

FOUND_AT_MOST = 20
PAGE = ("提名", "nominations")


@allowed_here("candidates.view")
def show(request: HttpRequest, election: Election) -> HttpResponse:
    """Show seats, nominees by post, who withdrew, what is missing, what it means for the election committee."""
    known = facts_for(election, timezone.localdate())
    nominees = nominees_of(election).select_related("voter", "election__village")
    table = NomineeTable(nominees, may=_may(request, election, "nominee.propose"), flags=flags_of(nominees))
    in_pages(request, table)
    context = _context(request, election) | {
        "problems": problems(guards.COMPLETE, known, election.policy),
        "table": table,
        "count": len(known.nomination.nominees),
    }
    return render(request, "candidates/nominations.html", context)


def _context(request: HttpRequest, election: Election) -> dict[str, Any]:
    meeting = meeting_of(election, "seats")
    return {
        "title": "提名",
        "election": election,
        "crumbs": breadcrumbs(election),
        "seats": seats_with_nominees(election),
        "meeting": meeting,
        "judged": meeting and _judged(election, meeting),
        "withdrawn": withdrawn_from(election),
        "election_committee_notes": election_committee.notes_of(election),
        "election_committee_due": election_committee.change_due(election),
        "kinships": kinships_of(election),
        "may_decide": _may(request, election, "seats.decide"),
        "may_propose": _may(request, election, "nominee.propose"),
        "may_change_election_committee": _may(request, election, "committee.change"),
    }


def _judged(election: Election, meeting: Meeting) -> meetings.Outcome:
    return meetings.judge(values_of(meeting), election.policy, community=election.village.is_community)


def _may(request: HttpRequest, election: Election, rule: str) -> bool:
    return why_not_allowed(request.actor, rule, election) is None


@allowed_here("seats.decide")
def seats(request: HttpRequest, election: Election) -> HttpResponse:
    today, meeting = timezone.localdate(), meeting_of(election, "seats")
    form = forms.SeatsForm(request.POST or None, instance=meeting, election=election, today=today)
    if form.is_valid():
        decide_seats(election, form.seats, form.save(commit=False), actor=request.actor, today=today)
        return done(request, election, "nominations", "职位职数已登记。下一步：张贴提名公告，登记提名结果。")
    return _ask(
        request, election, form, "登记职位职数", "保存", hint=_sizes(election), template="candidates/seats.html"
    )


def _sizes(election: Election) -> str:
    least, most = election.policy.villagers_committee_sizes(election.village.is_community)
    return f"{election.village.villagers_committee_name}由{least}至{most}人组成，由会议决定，公布后报镇备案"


@allowed_here("nominee.propose")
def find(request: HttpRequest, election: Election) -> HttpResponse:
    """Choose the person from the roll: only who is on it can be nominated (NM-08)."""
    form = forms.SearchForm(request.GET)
    said = request.GET.get("q", "").strip()
    found = found_by_name(election, said)
    shown = list(found[:FOUND_AT_MOST])
    words = _words(election, shown)
    context = {
        "title": "登记提名",
        "election": election,
        "crumbs": breadcrumbs(election, PAGE),
        "filter_form": form,
        "said": said,
        "found": [(voter, words[voter.pk]) for voter in shown],
        "more": found.count() - FOUND_AT_MOST,
        "seats": seats_of(election),
    }
    return render(request, "candidates/find.html", context)


@allowed_here("nominee.propose")
def propose(request: HttpRequest, election: Election, voter: UUID) -> HttpResponse:
    person = get_object_or_404(listed(election), pk=voter)
    said = nomination_defaults(person, record_of_row(election, person))
    form = forms.NomineeForm(request.POST or None, election=election, initial=said)
    if form.is_valid():
        accepted = services.accept_nominee(
            election, voter=person, **form.cleaned_data, actor=request.actor, today=timezone.localdate()
        )
        _warn(request, accepted.notes)
        return done(request, election, "nominations", f"{accepted.nominee.name}的提名已登记。")
    return _ask(
        request, election, form, "登记提名", "登记提名", person=person, words=_words(election, [person])[person.pk],
        template="candidates/propose.html",
    )  # fmt: skip


def _words(election: Election, people: list[Any]) -> dict[UUID, str]:
    """What each of them is called, told from his namesakes on the list."""
    shared = shared_names(election, {each.name for each in people})
    return {each.pk: words_of(each) if each.name in shared else each.name for each in people}


def _warn(request: HttpRequest, notes: list[str]) -> None:
    """Warn of what the nomination did to the election committee, apart from what was asked for."""
    if notes:
        messages.warning(request, "；".join(notes) + "。变动应当公布并报镇备案。")


@allowed_here("nominee.propose")
def change(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    nominee = get_object_or_404(nominees_of(election), pk=pk)
    initial = {name: getattr(nominee, name) for name in services.CORRECTABLE}
    form = forms.ChangeForm(request.POST or None, initial=initial)
    if form.is_valid():
        services.change_nominee(nominee, **form.cleaned_data, actor=request.actor)
        return done(request, election, "nominations", f"{nominee.name}的提名登记已修改。")
    return _ask(request, election, form, "修改提名登记", "保存", nominee=nominee)


@allowed_here("nominee.withdraw")
def withdraw(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    nominee = get_object_or_404(nominees_of(election), pk=pk)
    form = forms.WithdrawalForm(request.POST or None)
    if form.is_valid():
        day = form.cleaned_data["withdrawn_on"]
        gone = services.withdraw(nominee, withdrawn_on=day, actor=request.actor, today=timezone.localdate())
        return done(request, election, "nominations", *_after_withdrawal(gone))
    follows = who_follows(nominee)
    return _ask(request, election, form, "登记退出", "登记退出", nominee=nominee, follows=follows)


def _after_withdrawal(gone: services.Withdrawn) -> list[str]:
    said = [f"{gone.nominee.name}退出已登记。"]
    if gone.follows:
        said.append(f"按提名得票由{'、'.join(gone.follows)}递补，请重新公布正式候选人名单。")
    elif gone.equal:
        said.append(f"{'、'.join(gone.equal)}得票相同，由选举委员会确定递补人选后重新公布名单。")
    elif gone.nominee.formal_order is not None:
        said.append("没有可以递补的人选，请重新公布正式候选人名单。")
    return [*said, f"{gone.short}。"] if gone.short else said


@allowed_here("committee.change")
@require_POST
def settle_election_committee(request: HttpRequest, election: Election) -> HttpResponse:
    """Carry out leaving and following (办理退出并递补), for a kinship or a nomination that came to light later."""
    notes = leave_for_nomination(election, actor=request.actor, today=timezone.localdate())
    _warn(request, notes)
    return redirect(address("nominations", election))


def _ask(
    request: HttpRequest, election: Election, form: BaseForm, title: str, submit: str, **more: Any
) -> HttpResponse:
    template = more.pop("template", "candidates/form.html")
    return ask(request, election, form, title=title, submit=submit, above=PAGE, template=template, **more)
