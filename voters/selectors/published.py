"""The roll as posted on the wall: one version for ever, its supplement in words that tell nobody's secrets.

Free reasons stay inside: they name proofs, judgments, illnesses. The wall is told the kind of the change (VR-15, VR-19).
"""

from __future__ import annotations

from typing import Any

from elections.models import Election
from elections.rules.kinds import SEXES
from voters.models import Omission, RollChange, RollVersion
from voters.rules.categories import CAUSES, Cause, category_words
from voters.rules.eligibility import Category
from voters.selectors.roll import published_versions
from voters.selectors.supplement import Entry, published_supplement

MARKS = {"CAT1": "", "CAT2": "②", "CAT3": "③"}  # behind the sex; a legend tells what they mean
DISCREET = (Omission.UNABLE, Omission.DEPRIVED, Omission.REFUSED)
ORDINALS = "一二三四"
ADDED = ["序号", "姓名", "性别", "组别", "原因"]
CORRECTED = ["序号", "姓名", "组别", "更正内容"]
DECIDED = ["涉及的人", "处理决定"]
BY_LAW, BY_DECISION, ADDED_LATER, CHANGED = "依法不列入名单", "按申诉处理决定", "补登", "登记情况变化"
IN_WORDS = {each.label: BY_LAW if each in DISCREET else each.label for each in Omission}


def version_of(election: Election, number: int) -> RollVersion:
    """Return that version; the newest for 0. Raises ``RollVersion.DoesNotExist``."""
    found = published_versions(election)
    return found.get(number=number) if number else found.latest("number")


def numbers_of_supplements(election: Election) -> list[int]:
    """Return the versions that a supplement told, oldest first."""
    return list(published_versions(election).filter(number__gt=1).values_list("number", flat=True))


def legend(*, community: bool) -> str:
    """Return the order of the names and what the marks mean."""
    words = category_words(community=community)
    marked = "，".join(f"注{mark}的{words[Category(code)]}" for code, mark in MARKS.items() if mark)
    return f"按组别、户号、姓氏笔画排列；{marked}，没有注的{words[Category.CAT1]}"


def supplement_lines(version: RollVersion) -> dict[str, Any]:
    """Return what was added, removed, corrected and decided as plain values (notice 4-1): numbered sections, each a
    small table."""
    found, words = published_supplement(version), _words_of(version)
    tables = (
        ("增加", "人", ADDED, [_line(entry, words) for entry in found.added]),
        ("减少", "人", ADDED, [_line(entry, words) for entry in found.removed]),
        ("更正", "人", CORRECTED, [_correction(entry) for entry in found.corrected]),
        ("申诉处理结果", "件", DECIDED, [[each.person, each.get_decision_display()] for each in found.decisions]),
    )
    filled = [table for table in tables if table[3]]
    return {
        "sections": [
            {"title": f"{ORDINALS[place]}、{name}（{len(rows)}{unit}）", "head": head, "rows": rows}
            for place, (name, unit, head, rows) in enumerate(filled)
        ]
    }


def _correction(entry: Entry) -> list[Any]:
    changes = "；".join(f"{label}由“{old}”改为“{new}”" for label, old, new in entry.changes)
    return [entry.number, entry.name, entry.group or "未分组", changes]


def _line(entry: Entry, words: dict[int, str]) -> list[Any]:
    return [entry.number, entry.name, SEXES[entry.sex], entry.group or "未分组", words.get(entry.number, CHANGED)]


def _words_of(version: RollVersion) -> dict[int, str]:
    """Return number of the roll → why, in general words; the last change of the listing counts, then the last of
    all."""
    changes = version.changes.select_related("voter").order_by("made_at")
    told = sorted(changes, key=lambda change: change.kind != RollChange.Kind.CORRECT)
    return {change.voter.number: _why(change) for change in told if change.voter.number}


def _why(change: RollChange) -> str:
    if change.kind == RollChange.Kind.OMIT:
        return IN_WORDS.get(change.reason.split("：")[0], CHANGED)
    if change.kind in (RollChange.Kind.REGISTER, RollChange.Kind.RESTORE):
        return CAUSES[Cause(change.cause)] if change.cause else BY_DECISION if change.objection_id else ADDED_LATER
    return CHANGED
