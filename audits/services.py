"""The acts of the audit stage: one function each, one journal line of dates and amounts (RS-07, CP-64…69)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from audits import rules
from audits.models import Audit, Finding, Objection, Publication
from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.rules.kinds import Body
from elections.rules.wording import why_not_happened
from elections.selectors.siblings import sibling
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.lines import note, picture


@act("audit.recorded", "登记审计情况")
def record_audit(
    election: Election,
    *,
    auditor: str,
    started_on: date,
    period_from: date,
    period_to: date,
    scope: str,
    reported_on: date | None = None,
    conclusion: str = "",
    actor: Actor,
    today: date,
) -> Audit:
    """Record or correct the audit of a village. Raises :class:`machine.Refused` with every reason."""
    audit = Audit.objects.filter(election=election).first() or Audit(election=election)
    was = picture(audit)
    insist(
        election,
        (law.AUDIT_FIRST, _why_not_here(election)),
        (law.EXIT_AUDIT, rules.period_in_order(period_from, period_to)),
        (law.EXIT_AUDIT, why_not_happened("进场日期", started_on, today)),
        (law.EXIT_AUDIT, why_not_happened("审计期间止日", period_to, today)),
        (law.EXIT_AUDIT, why_not_happened("出具报告日期", reported_on, today)),
        (law.EXIT_AUDIT, rules.report_after_start(started_on, reported_on)),
        (law.EXIT_AUDIT, rules.report_with_conclusion(reported_on, conclusion)),
        (law.AUDIT_PUBLISHED_TWICE, rules.report_before_publication(reported_on, _spans(audit))),
    )
    dates = {"started_on": started_on, "period_from": period_from, "period_to": period_to, "reported_on": reported_on}
    for name, value in (dates | {"auditor": auditor, "scope": scope, "conclusion": conclusion}).items():
        setattr(audit, name, value)
    audit.save()
    note(audit, dates, was=was)
    return audit


@act("audit.finding_added", "登记审计问题")
def add_finding(audit: Audit, *, matter: str, amount: Decimal, responsible: str, due_on: date, actor: Actor) -> Finding:
    """Enter one problem in the ledger with its amount in yuan, who answers for it and by when (CP-69)."""
    held = audit.election
    insist(
        held,
        (law.AUDIT_FINDINGS, rules.finding_not_negative(amount)),
        (law.AUDIT_FINDINGS, rules.due_after_start(audit.started_on, due_on)),
    )
    finding = Finding.objects.create(audit=audit, matter=matter, amount=amount, responsible=responsible, due_on=due_on)
    note(finding, {"amount": str(amount), "due_on": due_on})
    return finding


@act("audit.finding_closed", "登记整改完成", of="audit.election")
def close_finding(finding: Finding, *, measure: str, closed_on: date, actor: Actor, today: date) -> Finding:
    """Note that a problem has been put right, how and when. Raises :class:`Overtaken` when it was closed before."""
    held = finding.audit.election
    insist(
        held,
        (law.AUDIT_FINDINGS, rules.measure_written(measure)),
        (law.AUDIT_FINDINGS, why_not_happened("整改完成日期", closed_on, today)),
        (law.AUDIT_FINDINGS, rules.closed_after_start(finding.audit.started_on, closed_on)),
    )
    was = picture(finding)
    _settle(finding, "这一问题已经登记整改完成。", closed_on=None, then={"closed_on": closed_on, "measure": measure})
    note(finding, {"amount": str(finding.amount), "closed_on": closed_on}, was=was)
    return finding


@act("audit.finding_reopened", "撤销整改完成", of="audit.election")
def reopen_finding(finding: Finding, *, actor: Actor) -> Finding:
    """Take a closing back that was noted by mistake; the journal keeps both.

    Raises :class:`Overtaken` when it was taken back before.
    """
    was, open_again = picture(finding), {"closed_on": None, "measure": ""}
    _settle(finding, "这一问题已经列为未整改。", closed_on__isnull=False, then=open_again)
    note(finding, {"amount": str(finding.amount)}, was=was)
    return finding


@act("audit.published", "登记审计公示")
def publish_result(
    audit: Audit, *, first_day: date, last_day: date, place: str, actor: Actor, today: date
) -> Publication:
    """Record one publication on the notice board (CP-68). A short one is recorded and does not count."""
    held = audit.election
    span = (first_day, last_day)
    insist(
        held,
        (law.EXIT_AUDIT, rules.published_after_report(first_day, audit.reported_on)),
        (law.AUDIT_PUBLISHED_TWICE, why_not_happened("公示第一天", first_day, today)),
        (law.AUDIT_PUBLISHED_TWICE, rules.publication_in_order(span)),
        (law.AUDIT_PUBLISHED_TWICE, rules.publication_apart(span, _spans(audit))),
    )
    publication = Publication.objects.create(audit=audit, first_day=first_day, last_day=last_day, place=place)
    note(publication, {"first_day": first_day, "last_day": last_day})
    return publication


@act("audit.publication_extended", "修改审计公示期限", of="audit.election")
def extend_publication(publication: Publication, *, last_day: date, actor: Actor) -> Publication:
    """Let a publication hang until another day: longer when it would be too short, or as it really was."""
    audit = publication.audit
    held = audit.election
    span = (publication.first_day, last_day)
    others = audit.publications.exclude(pk=publication.pk).values_list("first_day", "last_day")
    insist(
        held,
        (law.AUDIT_PUBLISHED_TWICE, rules.publication_in_order(span)),
        (law.AUDIT_PUBLISHED_TWICE, rules.publication_apart(span, others)),
    )
    was = picture(publication)
    publication.last_day = last_day
    publication.save(update_fields=["last_day"])
    note(publication, was=was)
    return publication


@act("audit.objection_received", "登记审计异议")
def receive_objection(audit: Audit, *, received_on: date, matter: str, actor: Actor, today: date) -> Objection:
    """Take in what a villager objects to in the audit."""
    held = audit.election
    insist(
        held,
        (law.AUDIT_FIRST, why_not_happened("收到日期", received_on, today)),
        (law.AUDIT_FIRST, rules.received_after_start(audit.started_on, received_on)),
    )
    objection = Objection.objects.create(audit=audit, received_on=received_on, matter=matter)
    note(objection, {"received_on": received_on})
    return objection


@act("audit.objection_answered", "答复审计异议", of="audit.election")
def answer_objection(objection: Objection, *, answer: str, answered_on: date, actor: Actor, today: date) -> Objection:
    """Note the answer. Raises :class:`Overtaken` when somebody answered before."""
    held = objection.audit.election
    insist(
        held,
        (law.AUDIT_FIRST, rules.answer_written(answer)),
        (law.AUDIT_FIRST, why_not_happened("答复日期", answered_on, today)),
        (law.AUDIT_FIRST, rules.answered_after_receipt(objection.received_on, answered_on)),
    )
    was = picture(objection)
    _settle(objection, "这一异议已经答复。", answered_on=None, then={"answered_on": answered_on, "answer": answer})
    note(objection, {"answered_on": answered_on}, was=was)
    return objection


def _settle(row: Finding | Objection, too_late: str, *, then: dict[str, Any], **now: Any) -> None:
    """Change a row only while it is as the page showed it."""
    if type(row).objects.filter(pk=row.pk, **now).update(**then) != 1:
        raise Overtaken(f"{too_late}请刷新页面后查看。")
    row.refresh_from_db()


def _spans(audit: Audit) -> list[rules.Span]:
    return list(audit.publications.values_list("first_day", "last_day")) if audit.pk else []


def _why_not_here(election: Election) -> str | None:
    """Return why not here: the audit is kept once a village and cycle, with the villagers' committee's election."""
    if election.body != Body.VILLAGERS_COMMITTEE and sibling(election, Body.VILLAGERS_COMMITTEE):
        return f"离任审计登记在{election.village.villagers_committee_name}选举中，请在那里办理"
    return None
