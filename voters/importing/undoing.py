"""Taking a whole import back: what was new goes, what was changed becomes what it was, what a person touched stays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from voters.importing.bulk import update_many
from voters.importing.kept import UPDATED, value_of
from voters.importing.plan import Outcome, Plan
from voters.models import RollImport, Voter, Young
from voters.sealing import pack, unpack


def picture_before(plan: Plan, batch: RollImport) -> bytes:
    """Return the changed rows as they are before they are changed, sealed. Called when ``store`` has kept their
    originals."""
    rows = {str(each.known.pk): each.before for each in plan.with_outcome(Outcome.CHANGED)}
    return pack(rows, batch, "before_sealed") if rows else b""


def put_back(batch: RollImport) -> int:
    """Undo in the database; return how many rows stay because a person changed them since."""
    before = unpack(batch.before_sealed, batch, "before_sealed") or {}
    mine = Voter.objects.filter(source=batch)
    touched = set(mine.filter(last_change__made_at__gt=batch.ended_at).values_list("pk", flat=True))
    changed = {UUID(key): row for key, row in before.items()}
    back = sorted(key for key in changed if key not in touched)
    update_many(connection, Voter, UPDATED, _rows(back, changed))
    mine.exclude(pk__in=touched).exclude(pk__in=list(changed)).delete()
    Young.objects.filter(source=batch).delete()
    return len(touched)


def _rows(keys: Iterable[UUID], rows: dict[UUID, list[Any]]) -> Iterable[tuple[UUID, list[Any]]]:
    for key in keys:
        yield key, [value_of(name, kept) for name, kept in zip(UPDATED, rows[key], strict=True)]
