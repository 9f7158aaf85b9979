"""审计: not audited, not clear, not published — no election (先审计后换届). And the Party organisation goes first."""

from __future__ import annotations

from datetime import timedelta

from elections.rules import law
from elections.rules.facts import Facts
from elections.rules.machine import guard
from elections.rules.policy import Policy


@guard(law.AUDIT_FIRST)
def audit_reported(facts: Facts, policy: Policy) -> str | None:
    """CP-02: done by a named auditor, with a report."""
    if not facts.audit.auditor:
        return "离任审计还没有启动"
    return None if facts.audit.reported_on else "离任审计还没有出具报告"


@guard(law.AUDIT_FINDINGS, soft=True)
def findings_closed(facts: Facts, policy: Policy) -> str | None:
    """CP-69: every finding put right, or the township says why the election may go on."""
    if facts.audit.findings_open:
        return f"审计发现的问题还有{facts.audit.findings_open}项没有整改"
    return None


@guard(law.AUDIT_PUBLISHED_TWICE)
def audit_published_often_enough(facts: Facts, policy: Policy) -> str | None:
    """CP-68: at least twice, each at least five days, both ended."""
    whole = [
        first
        for first, last in facts.audit.publications
        if (last - first) >= timedelta(days=policy.audit_publication_days - 1) and last <= facts.today
    ]
    if len(whole) >= policy.audit_publications_min:
        return None
    return (
        f"审计结果应公示{policy.audit_publications_min}次、每次不少于{policy.audit_publication_days}天，"
        f"已满{len(whole)}次"
    )


@guard(law.EXIT_AUDIT)
def audit_published_before_poll(facts: Facts, policy: Policy) -> str | None:
    """RS-07: published before election day, not on it."""
    if facts.poll_day is None or not facts.audit.publications:
        return None  # said by poll_day_set and audit_published_often_enough
    first = min(first for first, _ in facts.audit.publications)
    return None if first < facts.poll_day else "审计结果应在选举日前公布"


@guard(law.AUDIT_FIRST)
def audit_objections_answered(facts: Facts, policy: Policy) -> str | None:
    """CP-02: every objection to the audit is answered (审计不清楚不换届)."""
    count = facts.audit.objections_unanswered
    return f"审计公示期间收到的异议还有{count}件没有答复" if count else None


@guard(law.PARTY_FIRST, soft=True)
def party_organisation_first(facts: Facts, policy: Policy) -> str | None:
    """CP-04; CP-05 allows another order with a reason."""
    if not policy.party_first or facts.party_completed:
        return None
    return "村党组织换届还没有完成，应先党组织、后村（居）民委员会"


COMPLETE = (
    audit_reported,
    findings_closed,
    audit_published_often_enough,
    audit_published_before_poll,
    audit_objections_answered,
    party_organisation_first,
)
