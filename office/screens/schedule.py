"""Reading the deadlines of all villages in reach, grouped as people ask for them (screens §3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from elections.models import Area
from elections.rules.kinds import Standing
from elections.rules.timetable import Item
from elections.rules.wording import days_left
from office.screens.desk import Row

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One deadline of one village."""

    village: Area
    item: Item
    current: bool  # belongs to an open task of the present stage


def groups(rows: list[Row], today: date) -> list[tuple[str, list[Line]]]:
    """逾期 (open tasks only) · 今天 · 7天内 · 以后, each in order of date."""
    found: dict[str, list[Line]] = {"逾期": [], "今天": [], "7天内": [], "以后": []}
    for row in rows:
        if row.election.standing != Standing.ACTIVE:
            continue
        for item in row.digest.items:
            open_ = item.key in row.digest.open_keys
            name = _group(item, open_, today)
            if name:
                found[name].append(Line(row.village, item, open_))
    return [
        (name, sorted(lines, key=lambda line: (line.item.latest, line.village.code))) for name, lines in found.items()
    ]


def _group(item: Item, open_: bool, today: date) -> str | None:
    if item.latest < today:
        return "逾期" if open_ else None
    if item.latest == today:
        return "今天"
    return "7天内" if item.latest <= today + WEEK else "以后"


def sheet(grouped: list[tuple[str, list[Line]]], today: date) -> list[list[object]]:
    """The same as rows of a spreadsheet, head first."""
    head: list[object] = ["村（社区）", "事项", "时限", "还剩", "性质", "依据", "算法"]
    body = [
        [each.village.name, each.item.label, each.item.latest, days_left(each.item.latest, today), each.item.kind.label,
         each.item.cite, each.item.formula]
        for _, lines in grouped
        for each in lines
    ]  # fmt: skip
    return [head, *body]
