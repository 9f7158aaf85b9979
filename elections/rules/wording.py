"""Dates, deadlines and figures as people read them; used by the rules and by the templates."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

WEEKDAYS = "一二三四五六日"
THOUSANDS_FROM = 10_000  # no separator below


def cn_date(day: date) -> str:
    """2026年12月20日"""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """12月20日, for dense tables of one year"""
    return f"{day.month}月{day.day}日"


def cn_weekday_date(day: date) -> str:
    """2026年12月20日（星期日）"""
    return f"{cn_date(day)}（星期{WEEKDAYS[day.weekday()]}）"


def days_left(deadline: date, today: date) -> str:
    """剩11天 / 今天到期 / 逾期1天"""
    days = (deadline - today).days
    if days == 0:
        return "今天到期"
    return f"剩{days}天" if days > 0 else f"逾期{-days}天"


def span(first: date, last: date) -> str:
    """3月1日至3月5日; with the years when they differ"""
    if first.year == last.year:
        return f"{short_date(first)}至{short_date(last)}"
    return f"{cn_date(first)}至{cn_date(last)}"


def count(number: int, unit: str = "") -> str:
    """1286人, but 12,860人: no separator below ten thousand"""
    return (f"{number:,}" if abs(number) >= THOUSANDS_FROM else str(number)) + unit


def money(amount: Decimal) -> str:
    """9600.00, but 152,300.50: two decimals, no separator below ten thousand; the unit stands in the head"""
    return f"{amount:,.2f}" if abs(amount) >= THOUSANDS_FROM else f"{amount:.2f}"


def share(part: int, whole: int) -> str:
    """66.7%, always shown with its figures by the caller; -- when there is nothing to divide by"""
    return f"{part * 100 / whole:.1f}%" if whole else "--"


def listed(words: Iterable[str]) -> str:
    """甲、乙、丙"""
    return "、".join(words)


def in_community(text: str) -> str:
    """Return what is said of a village, said of a community: 居民 for 村民, 社区 for 本村."""
    for village, community in _COMMUNITY:
        text = text.replace(village, community)
    return text


def in_village(text: str) -> str:
    """“村（居）民” where only a village can be meant."""
    return text.replace("村（居）民", "村民")


_COMMUNITY = (
    ("村（居）民", "居民"),
    ("村民", "居民"),
    ("村党组织", "社区党组织"),
    ("村务监督", "居务监督"),
    ("本村", "本社区"),
)


def masked(text: str, head: int, tail: int) -> str:
    """Return the middle hidden, a star for each character; all of it when that would hide nothing."""
    if len(text) <= head + tail:
        return "*" * len(text)
    return f"{text[:head]}{'*' * (len(text) - head - tail)}{text[-tail:]}"


def masked_phone(number: str) -> str:
    """138****8000"""
    return masked(number, 3, 4) if len(number) == 11 else "****"


def why_not_happened(what: str, day: date | None, today: date, *, then: str = "，请核对") -> str | None:
    """Return why a recorded ``day`` cannot be, and ``then`` what to do; None when it has come."""
    return f"{what}（{cn_date(day)}）在今天以后{then}" if day and day > today else None
