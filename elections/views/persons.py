"""人员: the register of persons of a village; entering, correcting, merging; who is meant by what is typed in a form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone

from elections.filters import PersonFilter
from elections.forms.persons import PICKED
from elections.forms.register import MergeForm, OtherRecordForm, RegisterForm
from elections.models import Election, Person
from elections.permissions import allowed, why_not_allowed
from elections.rules.machine import Problem, Refused
from elections.selectors import persons as read
from elections.selectors import register
from elections.selectors.places import places_held
from elections.services.merging import merge_persons, why_not_one
from elections.services.persons import add_person, correct_person, entry_of
from elections.views.addresses import address, breadcrumbs, query_of
from elections.views.form_page import ask, done
from elections.views.paging import page_of
from elections.views.sheets import sheet_response

VIEW, RECORD, MERGE = "persons.view", "persons.record", "persons.merge"
LONGEST_FIELD = 60  # of the name of a field that asks
ROWS = 50
ABOVE = ("人员", "persons")


@allowed(VIEW)
def index(request: HttpRequest, election: Election) -> HttpResponse:
    """Filter, page; whom the upgrade could not decide."""
    village = election.village_id
    chosen = PersonFilter(request.GET, queryset=register.everybody(village), village=village)
    page = page_of(request, chosen.qs, ROWS)
    context = {
        "title": "人员",
        "election": election,
        "crumbs": breadcrumbs(election),
        "query": query_of(election),
        "page": page,
        "filter_form": chosen.form,
        "total": register.everybody(village).count(),
        "doubtful": list(register.doubtful(village)),
        "may": why_not_allowed(request.actor, RECORD, election) is None,
    }
    return render(request, "elections/persons.html", context)


@allowed(VIEW)
def export(request: HttpRequest, election: Election) -> HttpResponse:
    """What the filter shows, as .xlsx, without numbers."""
    village = election.village_id
    chosen = PersonFilter(request.GET, queryset=register.everybody(village), village=village)
    outer = why_not_allowed(request.actor, RECORD, election) is not None
    return sheet_response("人员名册", register.sheet(chosen.qs, outer=outer))


@allowed(VIEW)
def to_print(request: HttpRequest, election: Election) -> HttpResponse:
    """The whole register by group, to be checked on paper; no number of a person."""
    context = {
        "title": f"{election.village.name}人员名册",
        "election": election,
        "crumbs": breadcrumbs(election, ABOVE),
        "groups": register.by_group(election.village_id),
        "today": timezone.localdate(),
    }
    return render(request, "elections/persons_print.html", context)


@allowed(VIEW)
def show(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """One person: what is known, which places he holds or held."""
    person = _person(request, election, pk)
    outer = why_not_allowed(request.actor, RECORD, election) is not None
    others = register.everybody(election.village_id).exclude(pk=person.pk)
    context = {
        "title": person.name,
        "election": election,
        "crumbs": breadcrumbs(election, ABOVE),
        "query": query_of(election),
        "person": person,
        "about": register.about(person, outer=outer),
        "places": places_held(person),
        "may": not outer and not person.merged_into_id,
        "may_merge": why_not_allowed(request.actor, MERGE, election) is None and not person.merged_into_id,
        "others": OtherRecordForm(person=person, others=others),
    }
    return render(request, "elections/person.html", context)


@allowed(RECORD)
def add(request: HttpRequest, election: Election) -> HttpResponse:
    form = RegisterForm(request.POST or None, today=timezone.localdate(), people=election.village.people)
    if form.is_valid():
        try:
            person = add_person(election.village, form.typed(), actor=request.actor)
        except Refused as refused:
            return _form(request, election, form, "登记人员", "登记人员", refused.problems)
        return done(request, election, "persons", f"{person.label}已登记。")
    return _form(request, election, form, "登记人员", "登记人员")


@allowed(RECORD)
def correct(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    person = _person(request, election, pk)
    if person.merged_into_id:
        raise Http404
    form = RegisterForm(
        request.POST or None, today=timezone.localdate(), entry=entry_of(person), people=election.village.people
    )
    if form.is_valid():
        version = _number(request.POST.get("version", ""))
        try:
            now = correct_person(person, form.typed(), version=version, actor=request.actor)
        except Refused as refused:
            return _form(
                request, election, form, f"更正{person.name}的信息", "保存更正", refused.problems, person=person
            )
        return done(request, election, "persons", f"{now.label}的信息已更正。")
    return _form(request, election, form, f"更正{person.name}的信息", "保存更正", person=person)


@allowed(MERGE)
def merge(request: HttpRequest, election: Election, pk: UUID) -> HttpResponse:
    """Both records side by side; which stays and why; then they are one."""
    others = register.everybody(election.village_id)
    person = _person(request, election, pk)
    asked = OtherRecordForm(request.GET, person=person, others=others.exclude(pk=person.pk))
    if not asked.is_valid() or person.merged_into_id:
        return redirect(address("person", election, person.pk))
    pair = person, _person(request, election, UUID(asked.cleaned_data["other"]))
    form = MergeForm(request.POST or None, pair=pair)
    problems = [Problem("person", text, "", soft=False) for text in why_not_one(*pair)]
    if form.is_valid() and not problems:
        kept, other = sorted(pair, key=lambda each: str(each.pk) != form.cleaned_data["kept"])
        now = merge_persons(kept, other, form.cleaned_data["why"], actor=request.actor)
        return done(request, election, "persons", f"两条记录已合并为{now.label}。")
    sides = [(each, register.about(each, outer=False), places_held(each)) for each in pair]
    return ask(
        request, election, form, title="合并人员", submit="合并为一条记录", above=ABOVE, template="elections/merge.html",
        sides=sides, problems=problems, person=person,
    )  # fmt: skip


@allowed(VIEW)
def meant(request: HttpRequest, election: Election) -> HttpResponse:
    """Who is meant by what is being typed; never by digits of a number, which do not belong into an address."""
    field = request.GET.get("field", "")[:LONGEST_FIELD]
    text = request.GET.get(field, "")
    found = read.meant(election, "" if read.last_four(text) else text)
    return render(request, "elections/parts/person_meant.html", {"meant": found, "picked": field + PICKED})


def _person(request: HttpRequest, election: Election, pk: UUID) -> Person:
    """One record of this village, or 404."""
    person = register.one_person(request.actor, pk)
    if person.village_id != election.village_id:
        raise Http404
    return person


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < LONGEST_FIELD else -1


def _form(
    request: HttpRequest,
    election: Election,
    form: RegisterForm,
    title: str,
    submit: str,
    problems: Any = (),
    person: Person | None = None,
) -> HttpResponse:
    return ask(
        request, election, form, title=title, submit=submit, above=ABOVE, template="elections/person_form.html",
        problems=problems, person=person,
    )  # fmt: skip


V = "villages/<str:code>/persons/"

# fmt: off
urlpatterns = [
    path(V,                          index,    name="persons"),
    path(V + "add/",                 add,      name="person_add"),
    path(V + "export/",              export,   name="persons_export"),
    path(V + "print/",               to_print, name="persons_print"),
    path(V + "meant/",               meant,    name="persons_meant"),
    path(V + "<uuid:pk>/",           show,     name="person"),
    path(V + "<uuid:pk>/correct/",   correct,  name="person_correct"),
    path(V + "<uuid:pk>/merge/",     merge,    name="person_merge"),
]
# fmt: on
