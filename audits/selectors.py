"""Reading the audit of one election."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet

from audits import rules
from audits.models import Audit, Finding, Objection, Publication
from elections.models import Election
from elections.rules.facts import AuditFacts
from elections.selectors.tallies import count_of


def audit_of(election: Election) -> Audit | None:
    """Return the audit, or ``None`` while nobody has started one."""
    return Audit.objects.filter(election=election).first()


def findings_of(election: Election) -> QuerySet[Finding]:
    """Return the ledger, in the order it was written."""
    return Finding.objects.filter(audit__election=election).select_related("audit__election__village")


def publications_of(election: Election) -> QuerySet[Publication]:
    """Return the publications on the notice board, oldest first."""
    return Publication.objects.filter(audit__election=election).select_related("audit__election__village")


def objections_of(election: Election) -> QuerySet[Objection]:
    """Return what villagers objected to, oldest first."""
    return Objection.objects.filter(audit__election=election).select_related("audit__election__village")


def totals_of(election: Election) -> rules.Totals:
    """Return what the ledger adds up to."""
    return rules.totals(findings_of(election).values_list("amount", "closed_on"))


def publications_with_days(election: Election, today: date) -> list[tuple[Publication, rules.PublicationDays]]:
    """Return each publication with the days it has hung."""
    policy = election.policy
    return [
        (each, rules.days_published((each.first_day, each.last_day), today, policy))
        for each in publications_of(election)
    ]


def why_not_published_enough(election: Election, today: date) -> str | None:
    """Return how many publications and days are still missing (CP-68), or ``None``."""
    spans = publications_of(election).values_list("first_day", "last_day")
    return rules.why_not_published_enough(spans, today, election.policy)


def ledger_sheet(election: Election) -> list[list[object]]:
    """Return the ledger as rows of a spreadsheet, the head first; amounts in yuan."""
    head: list[object] = ["序号", "问题", "金额（元）", "责任人", "整改时限", "整改完成日期", "整改情况"]
    rows: list[list[object]] = [
        [number, each.matter, float(each.amount), each.responsible, each.due_on, each.closed_on or "", each.measure]
        for number, each in enumerate(findings_of(election), start=1)
    ]
    return [head, *rows]


def audit_facts(elections: Iterable[Election]) -> dict[int, AuditFacts]:
    """Return what the rules may know of the audits, by key of the election; one statement, a row for each
    publication."""
    found = {each.pk: AuditFacts() for each in elections}
    for row in _with_counts().filter(election__in=found):
        election, (first, last) = row.pop("election_id"), (row.pop(each) for each in DAYS)
        publications = (*found[election].publications, (first, last)) if first else ()
        found[election] = AuditFacts(**row, publications=publications)
    return found


DAYS = ("publications__first_day", "publications__last_day")


@cache
def _with_counts() -> QuerySet[Audit, dict[str, Any]]:
    """Of all audits, and never asked as it is: to build it takes longer than to ask for some of them."""
    findings = Finding.objects.all()
    counted = {
        "findings_open": count_of(findings.filter(closed_on=None), "audit"),
        "findings_closed": count_of(findings.exclude(closed_on=None), "audit"),
        "objections_unanswered": count_of(Objection.objects.filter(answered_on=None), "audit"),
    }
    audits = Audit.objects.annotate(**counted).order_by(DAYS[0], "publications__pk")
    return audits.values("election_id", "auditor", "reported_on", *counted, *DAYS)
