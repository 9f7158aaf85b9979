"""The lines of a roll as they are posted, and the canonical text that is kept of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from voters.models import Voter

Line = list[Any]  # number, group, name, sex, category


def lines(voters: Sequence[Voter]) -> list[Line]:
    """What a notice may show, in the order of the numbers: nothing of a person but name, sex, group, class (VR-19)."""
    ordered = sorted(voters, key=lambda voter: voter.number or 0)
    return [[voter.number, voter.group, voter.name, voter.sex, voter.category] for voter in ordered]


def mark_of(*seen: Any) -> str:
    """A short mark of what a page shows: whoever acts on it names it, and another one means that it has changed."""
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False, default=str).encode()).hexdigest()[:32]


def snapshot_of(found: list[Line]) -> tuple[str, str]:
    """The canonical text of a roll and its fingerprint."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text, hashlib.sha256(text.encode()).hexdigest()
