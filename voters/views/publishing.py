"""公布名单, its versions and supplements; 名单申诉 and their decisions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from elections.models import Election
from elections.permissions import allowed, why_not_allowed
from elections.rules.timetable.counting import objection_last_day
from elections.rules.wording import cn_date
from elections.services.conditions import problems_of
from elections.views.addresses import address, breadcrumbs
from elections.views.sheets import inline_pdf
from voters.documents.appeals import appeal_pdf, title_of
from voters.forms.publishing import ListForm, ObjectionForm, PublishForm, RemoveForm, SupplementForm, UpholdForm
from voters.models import RollObjection, Voter
from voters.selectors import lists, objections, publishing, statistics
from voters.selectors.breakdown import Breakdown
from voters.selectors.roll import published_versions
from voters.selectors.supplement import published_supplement, waiting_supplement
from voters.services import objections as acts
from voters.services.publishing import publish_roll, publish_supplement, supplement_conditions

ROLL = ("选民名单", "roll")
APPEALS = ("名单申诉", "roll_appeals")


@allowed("roll.publish")
def publish(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the check page: totals, group by group, what stands against it, one unticked statement."""
    today = timezone.localdate()
    form = PublishForm(request.POST or None, initial={"seen": publishing.mark_as_shown(election)})
    if form.is_valid():
        said = form.cleaned_data
        version = publish_roll(
            election, place=said["place"], posted_by=said["posted_by"], seen=said["seen"], actor=request.actor,
            today=today,
        )  # fmt: skip
        last = objection_last_day(today, election.policy)
        messages.success(
            request, f"名单已公布（{version.count}人）。申诉受理到{cn_date(last)}止。下一步：生成公告并张贴。"
        )
        return redirect(address("roll_version", election, version.number))
    counted = Breakdown(election)
    context = {
        "problems": problems_of(election, *publishing.publish_conditions(election, today)),
        "notes": publishing.notes(election, today),
        "totals": counted.totals,
        "groups": statistics.groups_against_last_term(election),
        "omissions": counted.omissions,
        "last_term": publishing.last_term(election),
        "limits": publishing.limits(election),
        "object_by": objection_last_day(today, election.policy),
        "today": today,
    }
    return _page(request, election, "核对并公布名单", "voters/publish.html", form=form, **context)


def _page(
    request: HttpRequest, election: Election, title: str, template: str, *above: Any, **more: Any
) -> HttpResponse:
    form = more.get("form")
    context = {"title": title, "election": election, "crumbs": breadcrumbs(election, ROLL, *above), **more}
    context.setdefault("back_url", address("roll", election))
    return render(request, template, context, status=422 if form is not None and form.is_bound else 200)


@allowed("roll.view")
def version(request: HttpRequest, election: Election, number: int) -> HttpResponse:
    """Show one published version, for ever as it was posted; prints in four columns by group (VR-19)."""
    found = published_versions(election).filter(number=number).first()
    if found is None:
        raise Http404
    title = "公布的名单" if number == 1 else f"名单更正补充（第{number}版）"
    return _page(
        request, election, title, "voters/version.html", version=found,
        groups=publishing.posted_groups(found), versions=published_versions(election),
        supplement=published_supplement(found) if number > 1 else None, paper="roll_fix" if number > 1 else "roll",
        may_make=why_not_allowed(request.actor, "papers.make", election) is None,
    )  # fmt: skip


@allowed("roll.supplement")
def supplement(request: HttpRequest, election: Election) -> HttpResponse:
    """更正补充: added, removed, corrected, decisions, the new N."""
    today, found = timezone.localdate(), waiting_supplement(election)
    form = SupplementForm(request.POST or None, initial={"seen": found.seen if found else ""})
    if form.is_valid():
        said = form.cleaned_data
        made = publish_supplement(
            election, place=said["place"], posted_by=said["posted_by"], seen=said["seen"], actor=request.actor,
            today=today,
        )  # fmt: skip
        messages.success(request, f"更正补充名单已公布，登记参加选举{made.count}人。")
        return redirect(address("roll_version", election, made.number))
    problems = problems_of(election, *supplement_conditions(election, found))
    return _page(
        request, election, "名单更正补充", "voters/supplement.html", form=form, supplement=found, problems=problems
    )


@allowed("roll.view")
def appeals(request: HttpRequest, election: Election) -> HttpResponse:
    """Show all objections with their clocks."""
    today = timezone.localdate()
    return _page(
        request, election, "名单申诉", "voters/appeals.html", rows=objections.rows(election, today),
        period=objections.period(election, today),
        may=why_not_allowed(request.actor, "roll.objection", election) is None,
    )  # fmt: skip


@allowed("roll.objection")
def appeal_new(request: HttpRequest, election: Election) -> HttpResponse:
    """Record an objection (登记申诉)."""
    today = timezone.localdate()
    form = ObjectionForm(request.POST or None, today=today, initial={"received_on": today})
    closed = problems_of(election, *acts.receipt_conditions(election, today, today))
    day = form.cleaned_data["received_on"] if form.is_valid() else today
    problems = problems_of(election, *acts.receipt_conditions(election, day, today))
    if form.is_valid() and (closed or not problems):
        found = acts.receive_objection(election, **form.cleaned_data, voter=None, actor=request.actor, today=today)
        words = f"应在{cn_date(found.answer_by)}前作出决定" if found.in_time else "已过申诉期限，按明显错误更正办理"
        messages.success(request, f"已登记申诉，{words}。")
        return redirect(address("roll_appeal", election, found.pk))
    return _page(
        request, election, "登记申诉", "voters/appeal_new.html", APPEALS, form=form, submit="登记申诉",
        problems=problems, closed=closed, back_url=address("roll_appeals", election),
    )  # fmt: skip


@allowed("roll.objection")
def appeal(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    """Show one objection: its clock, and the decisions that are possible, each a form of its own."""
    found = objections.one_of(election, pk)
    meant = objections.voters_perhaps_meant(found)
    forms = _decisions(request, election, meant)
    for name, form in forms.items():
        if form.is_bound and form.is_valid() and _decide(request, election, found, name, form):
            messages.success(request, "已作出处理决定。下一步：补充公布处理结果。")
            return redirect(address("roll_appeals", election))
    return _page(
        request, election, "申诉处理", "voters/appeal.html", APPEALS, objection=found, forms=forms,
        clock=objections.clock(found, timezone.localdate()), meant=meant, back_url=address("roll_appeals", election),
        form=next((form for form in forms.values() if form.is_bound), None),
    )  # fmt: skip


@allowed("roll.objection")
def appeal_paper(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    """受理回执, or 处理决定书 once it is decided, to be printed and signed for."""
    found = objections.one_of(election, pk)
    return inline_pdf(appeal_pdf(election, found), f"{title_of(found)}.pdf")


def _decisions(request: HttpRequest, election: Election, meant: list[Voter]) -> dict[str, Form]:
    """Return one form for each decision; only the one that was sent is bound. Who alone has the name is filled in."""
    numbers = [voter.number for voter in meant if voter.listed]

    def data(name: str) -> Any:
        return request.POST if request.POST.get("decision") == name else None

    return {
        "uphold": UpholdForm(data("uphold"), prefix="uphold"),
        "remove": RemoveForm(
            data("remove"),
            prefix="remove",
            election=election,
            initial={"number": numbers[0]} if len(numbers) == 1 else {},
        ),
        "list": ListForm(data("list"), prefix="list", omitted=lists.left_out(election)),
    }


def _decide(request: HttpRequest, election: Election, found: RollObjection, name: str, form: Form) -> bool:
    said, today = form.cleaned_data, timezone.localdate()
    if name == "uphold":
        acts.uphold(found, said["reason"], actor=request.actor, today=today)
    elif name == "remove":
        voter = lists.by_number(election, said["number"])
        if voter is None:
            form.add_error("number", f"名单上没有序号{said['number']}。请核对后重新填写。")
            return False
        acts.remove_by_decision(
            found,
            voter,
            said["code"],
            said["reason"],
            evidence=said["evidence"],
            until=said["until"],
            actor=request.actor,
            today=today,
        )
    else:
        voter = lists.find_voter(election, request.actor, UUID(said["voter"]))
        acts.list_by_decision(found, voter, said["reason"], actor=request.actor, today=today)
    return True
