"""Audits for tests: valid unless told otherwise. Today is 1 December 2026."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from audits.models import Audit, Finding, Objection, Publication
from elections.models import Election

TODAY = date(2026, 12, 1)
TYPED = {
    "auditor": "测试会计师事务所",
    "started_on": date(2026, 10, 8),
    "period_from": date(2021, 4, 1),
    "period_to": date(2026, 9, 30),
    "scope": "财务收支、债权债务、集体资产",
}
REPORTED = {"reported_on": date(2026, 11, 10), "conclusion": "收支基本真实，有1项问题需要整改"}


def an_audit(election: Election, **fields) -> Audit:
    """An audit whose report is there."""
    return Audit.objects.create(election=election, **(TYPED | REPORTED | fields))


def a_finding(audit: Audit, amount: str = "1200.50", **fields) -> Finding:
    """A problem still open."""
    kept = {"matter": "招待费超标", "responsible": "测试人甲", "due_on": date(2026, 12, 10)}
    return Finding.objects.create(audit=audit, amount=Decimal(amount), **(kept | fields))


def a_publication(audit: Audit, first: date = date(2026, 11, 11), last: date = date(2026, 11, 15)) -> Publication:
    """Five days on the board."""
    return Publication.objects.create(audit=audit, first_day=first, last_day=last, place="村务公开栏")


def an_objection(audit: Audit, **fields) -> Objection:
    """An objection without an answer."""
    kept = {"received_on": date(2026, 11, 12), "matter": "请公开车辆费用明细"}
    return Objection.objects.create(audit=audit, **(kept | fields))
