"""Reading the audit of one election."""

from audits.models import Audit
from elections.facts import AuditFacts
from elections.models import Election


def audit_of(election: Election) -> Audit | None:
    """The audit, or ``None`` while nobody has started one."""
    return Audit.objects.filter(election=election).first()


def audit_facts(election: Election) -> AuditFacts:
    """What the rules may know of the audit."""
    audit = audit_of(election)
    if audit is None:
        return AuditFacts()
    closed = list(audit.findings.values_list("closed_on", flat=True))
    return AuditFacts(
        auditor=audit.auditor,
        reported_on=audit.reported_on,
        findings_open=sum(day is None for day in closed),
        findings_closed=sum(day is not None for day in closed),
        publications=tuple(audit.publications.values_list("first_day", "last_day")),
        objections_unanswered=audit.objections.filter(answered_on=None).count(),
    )
