"""The columns of a row that an import may change, and how they are kept so that it can be undone."""

from __future__ import annotations

import base64
from typing import Any
from uuid import UUID

from voters.models import Voter

UPDATED = (
    "name", "initials", "sex", "ethnicity", "group", "household", "place", "party", "category", "stated", "remark",
    "phone_sealed", "address_sealed", "listed", "omission", "evidence", "checked", "by_hand", "row_mark", "source_id",
    "version",
)  # fmt: skip


def as_kept(voter: Voter) -> list[Any]:
    """Return the columns as JSON has them."""
    return [_plain(getattr(voter, name)) for name in UPDATED]


def value_of(name: str, kept: Any) -> Any:
    """Return one column back from what was kept."""
    if name.endswith("_sealed"):
        return base64.b64decode(kept)
    return UUID(kept) if name in ("row_mark", "source_id") and kept else kept


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return str(value) if isinstance(value, UUID) else value
