"""The formal list as a proposal: who is on it, in which order, and what a person may move by hand (NM-03, NM-11, NM-12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from elections.rules import names
from elections.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Line:
    """One person who may stand for one office. ``group``: a text that sorts as groups are counted."""

    key: int
    name: str
    sex: str
    votes: int
    by_voters: bool  # nominated by voters: only their votes can be compared
    birth: date | None = None
    group: str = ""

    @property
    def place(self) -> tuple[Any, ...]:
        """By the strokes of the name; of one name the elder first, then by group (SORT-04)."""
        return names.sort_key(self.name), self.birth or date.max, self.group


def proposed(lines: Iterable[Line], policy: Policy) -> list[Line]:
    """NM-12: by votes, equal votes by strokes; or by strokes of the surname."""
    if policy.candidate_order == "strokes":
        return sorted(lines, key=lambda line: line.place)
    return sorted(lines, key=lambda line: (-line.votes, line.place))


def moved(order: Sequence[int], key: int, steps: int) -> list[int]:
    """Return the order with one line moved up (−1) or down (+1); at the ends nothing moves."""
    found = list(order)
    if key not in found:
        return found
    here = found.index(key)
    there = here + steps
    if 0 <= there < len(found):
        found[here], found[there] = found[there], found[here]
    return found


def why_not_in_this_order(lines: Sequence[Line], policy: Policy) -> str | None:
    """NM-12 where the pack lists by votes: fewer votes never stand above more. Equal votes may be put either way."""
    if policy.candidate_order != "votes":
        return None
    counted = [line for line in lines if line.by_voters]
    for above, below in pairwise(counted):
        if below.votes > above.votes:
            return f"{below.name}得{below.votes}票，排在得{above.votes}票的{above.name}之后；名单应按得票从多到少排列"
    return None


def order_note(lines: Sequence[Line], policy: Policy) -> str | None:
    """NM-12 where the pack lists by strokes: what differs from the table. A note, because the table may lack characters."""
    if policy.candidate_order != "strokes":
        return None
    for above, below in pairwise(lines):
        if unknown(above.name) or unknown(below.name):
            continue
        if below.place < above.place:
            why = "同名，按出生日期先后" if names.bare(below.name) == names.bare(above.name) else "按姓氏笔画"
            return f"{below.name}{why}应排在{above.name}之前，请核对"
    return None


def why_not_left_out(kept: Collection[Line], left: Collection[Line]) -> str | None:
    """NM-03: who stays off the list has no more nominations than who is on it; a woman may be kept for NM-11."""
    compared = [line for line in kept if line.by_voters]
    women = [line for line in kept if line.sex == "F"]
    if len(women) == 1:
        compared = [line for line in compared if line != women[0]]
    if not compared:
        return None
    fewest = min(compared, key=lambda line: line.votes)
    for line in left:
        if line.by_voters and line.votes > fewest.votes:
            return f"{line.name}得{line.votes}票，多于已列入的{fewest.name}（{fewest.votes}票），应按得票多少列入"
    return None


def strokes(name: str) -> str:
    """丁2 卫3 国8: what the place of a name rests on; a question mark for a character the table lacks."""
    return " ".join(f"{char}{len(code) if (code := names.stroke_code(char)) else '？'}" for char in names.letters(name))


def unknown(name: str) -> tuple[str, ...]:
    """Characters whose strokes the table does not have: their place is decided by hand (SORT-05)."""
    return tuple(char for char in names.letters(name) if names.stroke_code(char) is None)
