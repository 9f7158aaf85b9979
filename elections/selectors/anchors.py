"""Anchors of the journal: what its heads were, kept out of reach of the database's owner."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from elections.models import Area
from elections.models.journal import JournalEntry, JournalHead
from elections.selectors.journal import Broken

NOT_ANCHORED = "与留存的锚定不符：此后的记录被删除或重算"
TOTAL = "# 总校验 "


@dataclass(frozen=True)
class Anchor:
    """The head of a chain at some time."""

    area_code: str
    seq: int
    mac: str


def anchors() -> list[Anchor]:
    """Return the heads of all chains as they stand, by area code."""
    heads = JournalHead.objects.filter(seq__gt=0).order_by("area_code").values_list("area_code", "seq", "mac")
    return [Anchor(*head) for head in heads]


def fingerprint(kept: Iterable[Anchor]) -> str:
    """Return SHA-256 over anchors in their order: its first characters are short enough to be printed or read out."""
    return hashlib.sha256("".join(f"{each.area_code} {each.seq} {each.mac}\n" for each in kept).encode()).hexdigest()


def against(kept: Iterable[Anchor]) -> list[Broken]:
    """Return the chains that do not hold what an anchor says they held."""
    return [
        Broken(each.area_code, each.seq, NOT_ANCHORED)
        for each in kept
        if not JournalEntry.objects.filter(area_code=each.area_code, seq=each.seq, mac=each.mac).exists()
    ]


def as_text(kept: list[Anchor]) -> str:
    """Return the anchors as people file them: code, entry number, MAC, name; the fingerprint of all at the end."""
    names = dict(Area.objects.filter(code__in=[each.area_code for each in kept]).values_list("code", "name"))
    lines = [f"{each.area_code} {each.seq} {each.mac} {names.get(each.area_code, '')}".rstrip() for each in kept]
    head = f"# 操作记录锚定 {timezone.localtime():%Y-%m-%d %H:%M:%S}"
    return "\n".join([head, *lines, TOTAL + fingerprint(kept)]) + "\n"


def from_text(text: str) -> list[Anchor]:
    """Read what `as_text` wrote; raise `ValueError` when it is something else or was changed itself."""
    lines = text.splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    if any(len(row) < 3 for row in rows):
        raise ValueError("这不是锚定文件。")
    kept = [Anchor(row[0], int(row[1]), row[2]) for row in rows]
    if TOTAL + fingerprint(kept) not in lines:
        raise ValueError("锚定文件的总校验不符。")
    return kept
