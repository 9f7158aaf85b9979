"""The fingerprint of a paper: what it was made from, in one number that anyone can check."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from elections.rules.canonical import canonical

CODE_LENGTH = 12

Snapshot = dict[str, Any]  # the facts of one paper; each kind of paper has its own


def text_of(facts: Snapshot) -> str:
    """Return the one text of a snapshot, stored exactly as hashed."""
    return canonical(facts)


def facts_of(snapshot: str) -> Snapshot:
    """Return the facts behind that text."""
    return json.loads(snapshot)


def fingerprint(kind: str, template_version: int, snapshot: str) -> str:
    """Hash kind, version of the templates and snapshot."""
    return hashlib.sha256(f"{kind}\n{template_version}\n{snapshot}".encode()).hexdigest()


def code_of(digest: str) -> str:
    """Return the letters printed at the foot and typed at ``/check/<code>/``."""
    return digest[:CODE_LENGTH].upper()
