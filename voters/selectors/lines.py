"""The lines of a roll as they are posted, and marks of what a page shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from voters.models import RollLine, Voter


def lines(voters: Sequence[Voter]) -> list[RollLine]:
    """Return what a notice may show of those who have a number, in its order."""
    found = [RollLine(each.number or 0, each.group, each.name, each.sex, each.category) for each in voters]
    return sorted(found, key=lambda line: line.number)


def mark_of(*seen: Any) -> str:
    """Return a short mark of what a page shows: whoever acts on it names it, and another one means that it has
    changed."""
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False, default=str).encode()).hexdigest()[:32]
