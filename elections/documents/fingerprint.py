"""The fingerprint of a paper: what it was made from, in one number that anyone can check (C72)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

CODE_LENGTH = 12


def canonical(snapshot: dict[str, Any]) -> str:
    """The one text of a snapshot, stored exactly as hashed."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(kind: str, template_version: int, snapshot: str) -> str:
    """SHA-256 over kind, version of the templates and snapshot."""
    return hashlib.sha256(f"{kind}\n{template_version}\n{snapshot}".encode()).hexdigest()


def code_of(digest: str) -> str:
    """The letters printed at the foot and typed at ``/check/<code>/``."""
    return digest[:CODE_LENGTH].upper()
