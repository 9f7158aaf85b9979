"""One person: registering, looking, correcting, taking off the list and putting back, showing the id number."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from elections.models import Election
from elections.permissions import allowed, why_not_allowed
from elections.services.hold import Overtaken
from elections.views.addresses import address, address_with, breadcrumbs
from voters.forms.person import CorrectionForm, EvidenceForm, OmissionForm, PersonForm, RestoreForm
from voters.models import RollObjection, Voter
from voters.rules.categories import category_word
from voters.sealing import number_of
from voters.selectors import lists, objections, person
from voters.selectors.frozen import why_not_changed_freely, why_not_without_poll_day
from voters.selectors.roll import is_published
from voters.services import elsewhere
from voters.services.judging import ListedElsewhere, RegisteredHere
from voters.services.listing import omit, restore
from voters.services.objections import Decision, change_by_decision
from voters.services.registering import correct_voter, register_voter
from voters.services.revealing import reveal_id

ROLL = ("选民名单", "roll")


@allowed("roll.edit")
def new(request: HttpRequest, election: Election) -> HttpResponse:
    """Register a voter (登记选民): save, or save and go on with the next."""
    if why_not_without_poll_day(election):
        return render(
            request, "errors/409.html", {"title": "登记选民", "reason": why_not_without_poll_day(election)}, status=409
        )
    today = timezone.localdate()
    form = PersonForm(
        request.POST or None, election=election, today=today, published=is_published(election),
        initial={"category": "CAT1", "group": request.GET.get("group", "")},
    )  # fmt: skip
    evidence = EvidenceForm.of(None, request.POST or None, today)
    if form.is_valid() and evidence.is_valid():
        voter = _register(request, election, form, evidence)
        if voter is not None:
            return _after_registering(request, election, voter, form)
    return _form(request, election, form, evidence, "登记选民", again=True)


def _register(request: HttpRequest, election: Election, form: PersonForm, evidence: EvidenceForm) -> Voter | None:
    """Register, or put the refusal at the number: an answer “elsewhere” counts towards the hour's share."""
    said = form.cleaned_data
    register = partial(
        register_voter, election, form.row, circumstances=evidence.circumstances, checked=said["checked"], actor=request.actor,
        reason=said.get("reason", ""), cause=said.get("cause", ""), despite_elsewhere=said["elsewhere"],
    )  # fmt: skip
    try:
        return _under_decision(request, election, Decision.ADD, said.get("reason", ""), register)
    except ListedElsewhere as refused:
        request.after_refusal.append(lambda: elsewhere.note_met(election, request.actor))
        form.listed_elsewhere(str(refused))
        return None
    except RegisteredHere as refused:
        form.registered_here(str(refused), refused.voter)
        return None


def _under_decision(
    request: HttpRequest, election: Election, decision: Decision, reason: str, change: Callable[..., Voter]
) -> Voter:
    """Make the change; as the decision on an objection when the address names one."""
    asked = request.GET.get("objection", "")
    if not asked:
        return change()
    found = objections.named(election, asked)
    today = timezone.localdate()

    def decided(objection: RollObjection) -> Voter:
        return change(objection=objection)

    return change_by_decision(found, decision, reason, decided, actor=request.actor, today=today)


def _after_registering(request: HttpRequest, election: Election, voter: Voter, form: PersonForm) -> HttpResponse:
    listing = "列入名单" if voter.listed else f"未列入名单：{voter.get_omission_display()}"
    messages.success(request, f"已登记{voter.name}（{voter.group or '未分组'}），{listing}。")
    for hint in form.hints:
        messages.warning(request, hint)
    if "next" in request.POST:
        return redirect(address_with("voter_new", election, group=voter.group))
    return redirect(address("voter", election, voter.pk))


def _form(
    request: HttpRequest,
    election: Election,
    form: PersonForm,
    evidence: EvidenceForm,
    title: str,
    *,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    context = {
        "title": title,
        "election": election,
        "crumbs": breadcrumbs(election, ROLL),
        "form": form,
        "evidence": evidence,
        "why_not_freely": why_not_changed_freely(election),
        "back_url": address("roll", election),
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "voters/person_form.html", context | more, status=status)


@allowed("roll.view")
def show(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Show everything about one person that may be shown, and who decided it when."""
    return _show(request, election, lists.find_voter(election, request.actor, pk))


def _show(request: HttpRequest, election: Election, voter: Voter, **more: Any) -> HttpResponse:
    outer = not lists.works_on_record(request.actor, election)
    context = {
        "title": voter.name,
        "election": election,
        "crumbs": breadcrumbs(election, ROLL),
        "voter": voter,
        "about": person.details_of(voter, election, outer=outer),
        "decided_by": person.decided_by(voter, election),
        "history": person.history(voter),
        "may_edit": why_not_allowed(request.actor, "roll.edit", election) is None,
        "may_reveal": why_not_allowed(request.actor, "roll.reveal", election) is None,
    }
    return render(request, "voters/person.html", context | more)


@allowed("roll.edit")
def edit(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Correct one person's row."""
    voter, today = lists.find_voter(election, request.actor, pk), timezone.localdate()
    form = CorrectionForm(
        request.POST or None, election=election, today=today, published=is_published(election),
        number=number_of(voter), initial=PersonForm.of(voter) | {"version": voter.version},
    )  # fmt: skip
    evidence = EvidenceForm.of(voter, request.POST or None, today)
    try:
        if form.is_valid() and evidence.is_valid() and _correct(request, election, voter, form, evidence):
            posted = "改动要补充公布。" if is_published(election) else ""
            messages.success(request, f"已保存{form.row.name}的登记。{posted}")
            return redirect(address("voter", election, voter.pk))
    except Overtaken:
        now = _changed_since(request, election, pk, form)
        return _keep_both(request, election, now, form, evidence)
    return _form(request, election, form, evidence, "修改登记", voter=voter)


def _changed_since(request: HttpRequest, election: Election, pk: UUID, form: Any) -> Voter:
    """Return the row as it is now, inside ``except Overtaken``; if it is still the one that was seen, that was not
    it."""
    voter = lists.find_voter(election, request.actor, pk)
    if voter.version == form.cleaned_data["version"]:
        raise
    return voter


def _keep_both(
    request: HttpRequest, election: Election, voter: Voter, form: CorrectionForm, evidence: EvidenceForm
) -> HttpResponse:
    """Show what somebody who saved first has changed, and keep what was typed here, until one of them is chosen."""
    more = {"voter": voter, "differences": form.against(voter), "overtaken": True}
    return _form(request, election, form.overtaken(voter), evidence, "修改登记", status=409, **more)


def _correct(
    request: HttpRequest, election: Election, voter: Voter, form: CorrectionForm, evidence: EvidenceForm
) -> bool:
    said = form.cleaned_data
    correct = partial(
        correct_voter, voter, form.row, circumstances=evidence.circumstances, checked=said["checked"], actor=request.actor,
        version=said["version"], reason=said.get("reason", ""),
    )  # fmt: skip
    try:
        _under_decision(request, election, Decision.CORRECT, said.get("reason", ""), correct)
    except ListedElsewhere as refused:
        request.after_refusal.append(lambda: elsewhere.note_met(election, request.actor))
        form.add_error("id_number", str(refused))
        return False
    except RegisteredHere as refused:
        form.registered_here(str(refused), refused.voter)
        return False
    return True


@allowed("roll.edit")
def omission(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Take a person off the list (移出名单)."""
    voter = lists.find_voter(election, request.actor, pk)
    form = OmissionForm(request.POST or None, election=election, initial={"version": voter.version})
    if form.is_valid():
        asked = form.cleaned_data
        try:
            omit(voter, **asked, actor=request.actor)
        except Overtaken as overtaken:
            now = _changed_since(request, election, pk, form)
            return _ask_again(request, election, now, form, "移出名单", overtaken)
        messages.success(request, f"{voter.name}已移出名单。需要时可以在此页恢复。")
        return redirect(address("voter", election, voter.pk))
    return _ask(request, election, voter, form, "移出名单")


@allowed("roll.edit")
def listing(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Put a person on the list (列入名单)."""
    voter = lists.find_voter(election, request.actor, pk)
    published = is_published(election)
    form = RestoreForm(request.POST or None, initial={"version": voter.version}, published=published)
    if form.is_valid():
        try:
            restore(voter, **form.cleaned_data, actor=request.actor)
        except Overtaken as overtaken:
            now = _changed_since(request, election, pk, form)
            return _ask_again(request, election, now, form, "列入名单", overtaken)
        messages.success(request, f"{voter.name}已列入名单。")
        return redirect(address("voter", election, voter.pk))
    return _ask(request, election, voter, form, "列入名单")


def _ask_again(
    request: HttpRequest, election: Election, voter: Voter, form: Any, title: str, overtaken: Overtaken
) -> HttpResponse:
    """Ask again: what was typed stays, on the row as it is now."""
    form.data = form.data.copy()
    form.data["version"] = str(voter.version)
    return _ask(request, election, voter, form, title, status=409, overtaken=str(overtaken))


def _ask(
    request: HttpRequest, election: Election, voter: Voter, form: Any, title: str, *, status: int = 0, **more: Any
) -> HttpResponse:
    context = {
        "title": title,
        "election": election,
        "crumbs": [*breadcrumbs(election, ROLL), (voter.name, address("voter", election, voter.pk))],
        "voter": voter,
        "category": category_word(voter.category, community=election.village.is_community),
        "form": form,
        "submit": title,
        "why_not_freely": why_not_changed_freely(election),
        "back_url": address("voter", election, voter.pk),
    }
    status = status or (422 if form.is_bound else 200)
    return render(request, "voters/person_act.html", context | more, status=status)


@allowed("roll.reveal")
@require_POST
def number(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Show the full number once, on this page only; noted in the journal."""
    voter = lists.find_voter(election, request.actor, pk)
    return _show(request, election, voter, revealed=reveal_id(voter, actor=request.actor))
