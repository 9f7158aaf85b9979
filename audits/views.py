"""离任审计: the page of one village's audit and its acts."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from audits import forms, selectors, services
from audits.models import Audit
from audits.tables import FindingTable
from elections.models import Election
from elections.permissions import allowed, why_not_allowed
from elections.rules.guards import audit as guards
from elections.rules.kinds import Body, Stage
from elections.rules.machine import problems
from elections.selectors.facts import facts_for
from elections.selectors.siblings import sibling
from elections.selectors.village import task_rows
from elections.services import records
from elections.views.addresses import breadcrumbs
from elections.views.form_page import ask, done
from elections.views.paging import in_pages
from elections.views.sheets import sheet_response

OWN = tuple(each for each in guards.COMPLETE if each is not guards.party_organisation_first)
REMOVED = "已删除。24小时内可以在办理记录中恢复。"


@allowed("audit.view")
def show(request: HttpRequest, election: Election) -> HttpResponse:
    """Show the audit, its ledger, publications and objections, and what is still missing."""
    if election.body != Body.VILLAGERS_COMMITTEE and sibling(election, Body.VILLAGERS_COMMITTEE):
        return redirect("audit", code=election.village_id)  # kept once for the village, with the committee's election
    known = facts_for(election, timezone.localdate())
    context = _context(request, election) | {
        "problems": problems(OWN, known, election.policy),
        "tasks": [row | _place(row) for row in task_rows(election, Stage.AUDIT, known, page="audit")],
        "totals": selectors.totals_of(election),
    }
    return render(request, "audits/audit.html", context | _ledger(request, election, context))


def _place(row: dict[str, Any]) -> dict[str, str]:
    """Return the part of this page that a task leads to; the first names the audit itself."""
    place = f"#{row['key']}"
    return {"url": place, "action_url": place}


def _context(request: HttpRequest, election: Election) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "title": "离任审计",
        "election": election,
        "crumbs": breadcrumbs(election),
        "audit": selectors.audit_of(election),
        "publications": selectors.publications_with_days(election, today),
        "publications_missing": selectors.why_not_published_enough(election, today),
        "objections": selectors.objections_of(election),
        "may_record": why_not_allowed(request.actor, "audit.record", election) is None,
        "may_rectify": why_not_allowed(request.actor, "audit.rectify", election) is None,
    }


def _ledger(request: HttpRequest, election: Election, context: dict[str, Any]) -> dict[str, Any]:
    chosen = forms.FindingFilter(request.GET, queryset=selectors.findings_of(election))
    table = FindingTable(chosen.qs, totals=context["totals"], may=context["may_rectify"])
    in_pages(request, table)
    return {"table": table, "filter_form": chosen.form}


@allowed("audit.view")
def export(request: HttpRequest, election: Election) -> HttpResponse:
    return sheet_response("审计问题台账", selectors.ledger_sheet(election))


@allowed("audit.record")
def record(request: HttpRequest, election: Election) -> HttpResponse:
    form = forms.AuditForm(request.POST or None, initial=forms.AuditForm.of(selectors.audit_of(election)))
    if form.is_valid():
        services.record_audit(election, **form.cleaned_data, actor=request.actor, today=timezone.localdate())
        return _done(request, election, "审计情况已保存。")
    return _ask(request, election, form, "登记审计情况", "保存")


@allowed("audit.record")
def add_finding(request: HttpRequest, election: Election) -> HttpResponse:
    audit = _audit(election)
    form = forms.FindingForm(request.POST or None)
    if form.is_valid():
        services.add_finding(audit, **form.cleaned_data, actor=request.actor)
        return _done(request, election, "问题已登入台账。整改完成后请在台账中登记。")
    return _ask(request, election, form, "登记审计发现的问题", "登记问题")


@allowed("audit.rectify")
def close_finding(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    finding = get_object_or_404(selectors.findings_of(election), pk=pk)
    form = forms.ClosureForm(request.POST or None)
    if form.is_valid():
        services.close_finding(finding, **form.cleaned_data, actor=request.actor, today=timezone.localdate())
        return _done(request, election, "已登记整改完成。")
    return _ask(request, election, form, "登记整改完成", "登记整改完成", finding=finding)


@allowed("audit.rectify")
@require_POST
def reopen_finding(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    services.reopen_finding(get_object_or_404(selectors.findings_of(election), pk=pk), actor=request.actor)
    return _done(request, election, "已撤销整改完成，这一问题重新列为未整改。")


@allowed("audit.record")
@require_POST
def remove_finding(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    records.remove(election, get_object_or_404(selectors.findings_of(election), pk=pk), actor=request.actor)
    return _done(request, election, REMOVED)


@allowed("audit.record")
def publish(request: HttpRequest, election: Election) -> HttpResponse:
    audit = _audit(election)
    form = forms.PublicationForm(request.POST or None)
    if form.is_valid():
        services.publish_result(audit, **form.cleaned_data, actor=request.actor, today=timezone.localdate())
        return _done(request, election, _after_publication(election))
    return _ask(request, election, form, "登记公示", "登记公示", hint=_how_long(election))


@allowed("audit.record")
def extend(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    publication = get_object_or_404(selectors.publications_of(election), pk=pk)
    form = forms.LastDayForm(request.POST or None, initial={"last_day": publication.last_day})
    if form.is_valid():
        services.extend_publication(publication, **form.cleaned_data, actor=request.actor)
        return _done(request, election, _after_publication(election))
    return _ask(request, election, form, "修改公示最后一天", "保存", hint=_how_long(election))


@allowed("audit.record")
@require_POST
def remove_publication(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    records.remove(election, get_object_or_404(selectors.publications_of(election), pk=pk), actor=request.actor)
    return _done(request, election, REMOVED)


@allowed("audit.rectify")
def receive_objection(request: HttpRequest, election: Election) -> HttpResponse:
    audit = _audit(election)
    form = forms.ObjectionForm(request.POST or None)
    if form.is_valid():
        services.receive_objection(audit, **form.cleaned_data, actor=request.actor, today=timezone.localdate())
        return _done(request, election, "异议已登记。请核实后答复。")
    return _ask(request, election, form, "登记异议", "登记异议")


@allowed("audit.rectify")
def answer_objection(request: HttpRequest, election: Election, pk: int) -> HttpResponse:
    objection = get_object_or_404(selectors.objections_of(election), pk=pk)
    form = forms.AnswerForm(request.POST or None)
    if form.is_valid():
        services.answer_objection(objection, **form.cleaned_data, actor=request.actor, today=timezone.localdate())
        return _done(request, election, "答复已登记。")
    return _ask(request, election, form, "答复异议", "登记答复", objection=objection)


def _audit(election: Election) -> Audit:
    audit = selectors.audit_of(election)
    if audit is None:
        raise Http404
    return audit


def _ask(request: HttpRequest, election: Election, form: Form, title: str, submit: str, **more: Any) -> HttpResponse:
    above = ("离任审计", "audit")
    return ask(request, election, form, title=title, submit=submit, above=above, template="audits/form.html", **more)


def _done(request: HttpRequest, election: Election, words: str) -> HttpResponse:
    return done(request, election, "audit", words)


def _how_long(election: Election) -> str:
    least, days = election.policy.audit_publications_min, election.policy.audit_publication_days
    return f"审计结果应公示{least}次，每次不少于{days}天，首尾两天都计入"


def _after_publication(election: Election) -> str:
    missing = selectors.why_not_published_enough(election, timezone.localdate())
    return f"公示已登记。{missing}。" if missing else "公示已登记，次数和天数已经满足要求。"
