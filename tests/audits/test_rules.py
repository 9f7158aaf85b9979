"""One audit, one finding, one publication, one objection: both sides of each limit."""

from datetime import date
from decimal import Decimal

import pytest

from audits import rules
from elections.rules import policy
from elections.rules.wording import why_not_happened

POLICY = policy.load()
DAY = date(2026, 11, 11)


def day(number: int) -> date:
    return date(2026, 11, number)


@pytest.mark.parametrize(
    ("today", "days", "missing", "counts"),
    [
        (day(10), 0, 5, False),
        (day(11), 1, 4, False),
        (day(14), 4, 1, False),
        (day(15), 5, 0, True),
        (day(30), 5, 0, True),
    ],
)
def test_five_days_both_ends_counted(today, days, missing, counts):
    state = rules.days_published((day(11), day(15)), today, POLICY)
    assert (state.days, state.planned, state.missing, state.counts) == (days, 5, missing, counts)


def test_four_days_never_count():
    state = rules.days_published((day(11), day(14)), day(30), POLICY)
    assert (state.days, state.missing, state.counts) == (4, 1, False)


def test_longer_one_counts_when_it_has_ended():
    assert not rules.days_published((day(11), day(20)), day(19), POLICY).counts
    assert rules.days_published((day(11), day(20)), day(20), POLICY).counts


@pytest.mark.parametrize(
    ("spans", "today", "said"),
    [
        ([], day(20), "还应公示2次，每次不少于5天"),
        ([(day(11), day(15))], day(20), "还应公示1次，每次不少于5天"),
        ([(day(11), day(15))], day(13), "第1次公示已满3天，还差2天；另外还应公示1次"),
        ([(day(11), day(15)), (day(18), day(22))], day(20), "第2次公示已满3天，还差2天"),
        ([(day(11), day(15)), (day(18), day(25))], day(23), "第2次公示到2026年11月25日结束后计入"),
        ([(day(11), day(15)), (day(18), day(21))], day(30), "第2次公示已满4天，还差1天"),
        ([(day(11), day(15)), (day(18), day(22))], day(22), None),
    ],
)
def test_what_publications_miss(spans, today, said):
    assert rules.why_not_published_enough(spans, today, POLICY) == said


def test_ledger_adds_up_open_and_closed():
    totals = rules.totals([(Decimal("100.10"), None), (Decimal("0.20"), None), (Decimal("50"), DAY)])
    assert (totals.open, totals.closed, totals.count) == (2, 1, 3)
    assert (totals.open_amount, totals.closed_amount, totals.amount) == (
        Decimal("100.30"),
        Decimal("50"),
        Decimal("150.30"),
    )


def test_empty_ledger_is_nothing():
    assert rules.totals([]) == rules.Totals(0, 0, Decimal(), Decimal())


def test_period_ends_after_it_begins():
    assert rules.period_in_order(day(1), day(2)) is None
    assert rules.period_in_order(day(1), day(1)) == "审计期间止日应在起日以后，请核对两个日期"


def test_what_is_recorded_has_happened():
    assert why_not_happened("收到日期", day(11), day(11)) is None
    assert why_not_happened("收到日期", None, day(11)) is None
    assert why_not_happened("收到日期", day(12), day(11)) == "收到日期（2026年11月12日）在今天以后，请核对"


def test_report_not_before_the_start():
    assert rules.report_after_start(day(11), day(11)) is None
    assert rules.report_after_start(day(11), day(10)) == "出具报告日期早于进场日期（2026年11月11日），请核对"


def test_report_says_its_conclusion():
    assert rules.report_with_conclusion(None, "") is None
    assert rules.report_with_conclusion(day(11), " ") == "出具报告时应当写明审计结论"


def test_published_report_keeps_its_day():
    spans = [(day(18), day(22)), (day(11), day(15))]
    assert rules.report_before_publication(day(11), spans) is None
    assert (
        rules.report_before_publication(day(12), spans) == "审计结果已在2026年11月11日公示，出具报告日期不能晚于这一天"
    )
    assert rules.report_before_publication(None, spans) is not None
    assert rules.report_before_publication(None, []) is None


def test_publication_after_report():
    assert rules.published_after_report(day(11), day(11)) is None
    assert rules.published_after_report(day(11), None) == "审计报告还没有出具，不能公示"
    assert rules.published_after_report(day(10), day(11)) == "公示第一天早于出具报告日期（2026年11月11日），请核对"


def test_two_publications_are_apart():
    others = [(day(11), day(15))]
    assert rules.publication_apart((day(16), day(20)), others) is None
    assert rules.publication_apart((day(6), day(10)), others) is None
    assert rules.publication_apart((day(15), day(19)), others) == (
        "与2026年11月11日至2026年11月15日的公示重叠，两次公示应当分开进行"
    )


def test_publication_does_not_end_before_it_begins():
    assert rules.publication_in_order((day(11), day(11))) is None
    assert rules.publication_in_order((day(11), day(10))) == "公示最后一天早于第一天，请核对"


@pytest.mark.parametrize(
    ("rule", "what"),
    [
        (rules.due_after_start, "整改时限早于审计进场日期"),
        (rules.closed_after_start, "整改完成日期早于审计进场日期"),
        (rules.received_after_start, "收到日期早于审计进场日期"),
    ],
)
def test_nothing_of_an_audit_is_dated_before_it_began(rule, what):
    assert rule(day(11), day(11)) is None
    assert rule(day(11), day(10)) == f"{what}（2026年11月11日），请核对"
