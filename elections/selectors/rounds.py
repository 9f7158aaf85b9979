"""Reading the rounds of voting for their pages: the list, the history of the sheets, an outcome in people's words."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from elections.counting.posts import Office
from elections.counting.validity import Ground
from elections.models import CountSheet, Election, Round
from elections.policy import Policy
from elections.selectors.labels import labels
from elections.selectors.neighbours import ballots_issued

STATUS = {"decided": "全部选出", "open": "还有名额没有选出", "invalid": "投票无效"}
FIGURES = ("issued_in_person", "issued_by_proxy", "returned", "invalid", "blank")


def rounds_of(election: Election) -> QuerySet[Round]:
    """The rounds in order."""
    return Round.objects.filter(election=election).select_related("election__village", "confirmed_by")


def formed_on(election: Election) -> date | None:
    """RS-05: the day of the vote by which enough members were elected to begin with; later votes do not move it."""
    confirmed = rounds_of(election).exclude(confirmed_at=None).annotate(seats=Count("seated"))
    return formed_after(confirmed.values_list("held_on", "seats"), election.policy)


def formed_after(votes: Iterable[tuple[date, int]], policy: Policy) -> date | None:
    """The same of the confirmed votes in order: day, how many were elected."""
    elected = 0
    for day, seats in votes:
        elected += seats
        if elected >= policy.committee_min_seated:
            return day
    return None


def round_lines(election: Election) -> list[dict[str, Any]]:
    """Each round with its number of sheets and how it stands."""
    return [{"round": each, "sheets": each.sheets.count(), "word": _word(each)} for each in rounds_of(election)]


def _word(round_: Round) -> str:
    if round_.confirmed_at:
        return STATUS[json.loads(round_.outcome)["status"]]
    return "待确认" if round_.sheets.exists() else "待录入"


def posts_of(round_: Round) -> list[tuple[str, int, bool]]:
    """Office, places, kept for women."""
    contest = json.loads(round_.contest)
    return [(Office(post["post"]).label, post["seats"], post.get("women_only", False)) for post in contest["posts"]]


def history(round_: Round) -> list[dict[str, Any]]:
    """Every sheet, newest first, with the figures that differ from the one before (C60, UX-64)."""
    lines, before = [], None
    for sheet in round_.sheets.select_related("typed_by"):
        lines.append({"sheet": sheet, "changes": _changes(before, sheet) if before else []})
        before = sheet
    return lines[::-1]


def handed_out(round_: Round) -> dict[str, int]:
    """What the ledger of cards says of the first two figures of the sheet; empty while nobody used it (VT-19)."""
    issued = ballots_issued(round_)
    return {"issued_in_person": issued.himself, "issued_by_proxy": issued.by_proxy} if issued.total else {}


def _changes(before: CountSheet, after: CountSheet) -> list[str]:
    names = labels(CountSheet, FIGURES)
    pairs = [(label, getattr(before, name), getattr(after, name)) for name, label in names]
    old, new = _cells(before), _cells(after)
    pairs += [(key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys())]
    return [f"{label}由{_said(was)}改为{_said(now)}" for label, was, now in pairs if was != now]


def _cells(sheet: CountSheet) -> dict[str, int]:
    votes = json.loads(sheet.votes)
    return {f"{Office(office).label}{name}": count for office, names in votes.items() for name, count in names.items()}


def _said(figure: int | None) -> str:
    return "空" if figure is None else str(figure)


def told(outcome: dict[str, Any]) -> dict[str, Any]:
    """An outcome with the words of offices and grounds in place of their codes."""
    words = {key: [each | {"label": Office(each["post"]).label} for each in outcome[key]] for key in LISTS}
    return (
        outcome
        | words
        | {
            "word": STATUS[outcome["status"]],
            "grounds": [Ground(code).label for code in outcome["reasons"]],
        }
    )


LISTS = ("elected", "not_elected", "ties", "waiting", "vacancies")
