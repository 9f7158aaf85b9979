"""Rules about one audit, one finding, one publication, one objection (RS-07, CP-64…69).

Every function that judges returns ``None`` or the sentence why not. Amounts are yuan with two decimals, days are
calendar days and both ends of a publication count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from elections.rules.policy import Policy
from elections.rules.wording import cn_date

Span = tuple[date, date]  # first day, last day


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of the ledger: findings and yuan, put right and still open."""

    open: int
    closed: int
    open_amount: Decimal
    closed_amount: Decimal

    @property
    def count(self) -> int:
        return self.open + self.closed

    @property
    def amount(self) -> Decimal:
        return self.open_amount + self.closed_amount


@dataclass(frozen=True, slots=True)
class PublicationDays:
    """One publication as it stands today: days hung so far, days planned, days still missing to the least."""

    days: int
    planned: int
    missing: int
    counts: bool  # long enough and ended


def totals(findings: Iterable[tuple[Decimal, date | None]]) -> Totals:
    """``findings``: amount and the day it was put right."""
    rows = list(findings)
    left = [amount for amount, closed_on in rows if closed_on is None]
    done = [amount for amount, closed_on in rows if closed_on is not None]
    return Totals(len(left), len(done), sum(left, Decimal()), sum(done, Decimal()))


def days_published(span: Span, today: date, policy: Policy) -> PublicationDays:
    """CP-68: the fifth day counts when it is over with the day itself; the fourth does not."""
    first, last = span
    planned = (last - first).days + 1
    days = max(0, (min(last, today) - first).days + 1)
    return PublicationDays(
        days=days,
        planned=planned,
        missing=max(0, policy.audit_publication_days - days),
        counts=planned >= policy.audit_publication_days and last <= today,
    )


def why_not_published_enough(spans: Iterable[Span], today: date, policy: Policy) -> str | None:
    """CP-68: how many publications, and how many days of the one under way, are still missing."""
    numbered = [(number, span, days_published(span, today, policy)) for number, span in enumerate(spans, start=1)]
    wanted = policy.audit_publications_min - sum(state.counts for _, _, state in numbered)
    if wanted <= 0:
        return None
    open_ = [row for row in numbered if not row[2].counts]
    if not open_:
        return f"还应公示{wanted}次，每次不少于{policy.audit_publication_days}天"
    number, (_, last), state = open_[-1]
    others = f"；另外还应公示{wanted - 1}次" if wanted > 1 else ""
    if state.missing:
        return f"第{number}次公示已满{state.days}天，还差{state.missing}天{others}"
    return f"第{number}次公示到{cn_date(last)}结束后计入{others}"


def period_in_order(period_from: date, period_to: date) -> str | None:
    return None if period_from < period_to else "审计期间止日应在起日以后，请核对两个日期"


def report_after_start(started_on: date, reported_on: date | None) -> str | None:
    if reported_on and reported_on < started_on:
        return f"出具报告日期早于进场日期（{cn_date(started_on)}），请核对"
    return None


def report_with_conclusion(reported_on: date | None, conclusion: str) -> str | None:
    """Return why not: a report without its evaluation says nothing."""
    return "出具报告时应当写明审计结论" if reported_on and not conclusion.strip() else None


def report_before_publication(reported_on: date | None, spans: Iterable[Span]) -> str | None:
    """Return why not: a report already published is neither taken back nor dated after its publication."""
    first = min((first for first, _ in spans), default=None)
    if first and (reported_on is None or reported_on > first):
        return f"审计结果已在{cn_date(first)}公示，出具报告日期不能晚于这一天"
    return None


def finding_not_negative(amount: Decimal) -> str | None:
    return "金额不能小于0，没有金额的填0" if amount < 0 else None


def due_after_start(started_on: date, due_on: date) -> str | None:
    if due_on < started_on:
        return f"整改时限早于审计进场日期（{cn_date(started_on)}），请核对"
    return None


def measure_written(measure: str) -> str | None:
    """CP-69: closed means put right, and how."""
    return None if measure.strip() else "没有写明整改情况"


def closed_after_start(started_on: date, closed_on: date) -> str | None:
    if closed_on < started_on:
        return f"整改完成日期早于审计进场日期（{cn_date(started_on)}），请核对"
    return None


def published_after_report(first_day: date, reported_on: date | None) -> str | None:
    if reported_on is None:
        return "审计报告还没有出具，不能公示"
    if first_day < reported_on:
        return f"公示第一天早于出具报告日期（{cn_date(reported_on)}），请核对"
    return None


def publication_in_order(span: Span) -> str | None:
    return "公示最后一天早于第一天，请核对" if span[1] < span[0] else None


def publication_apart(span: Span, others: Iterable[Span]) -> str | None:
    """CP-68: two publications are two, not one counted twice."""
    for first, last in others:
        if span[0] <= last and first <= span[1]:
            return f"与{cn_date(first)}至{cn_date(last)}的公示重叠，两次公示应当分开进行"
    return None


def received_after_start(started_on: date, received_on: date) -> str | None:
    if received_on < started_on:
        return f"收到日期早于审计进场日期（{cn_date(started_on)}），请核对"
    return None


def answer_written(answer: str) -> str | None:
    return None if answer.strip() else "没有写明答复内容"


def answered_after_receipt(received_on: date, answered_on: date) -> str | None:
    if answered_on < received_on:
        return f"答复日期早于收到日期（{cn_date(received_on)}），请核对"
    return None
