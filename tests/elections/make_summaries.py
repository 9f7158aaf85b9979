"""What stands in a summary and what the facts give, in one shape, so that tests can compare them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from elections.models import Election, Summary, Training
from elections.permissions import Actor
from elections.selectors.digest import Digest, work_out
from elections.services import records

COLUMNS = ("voters", "next_label", "next_due", "overdue")


def recount(pk: int, today: date) -> list[Any]:
    """From the facts as they are now."""
    return recounts([pk], today)[pk]


def recounts(keys: Iterable[int], today: date) -> dict[int, list[Any]]:
    """The same of many, in one pass."""
    elections = list(Election.objects.select_related("village", "cycle").filter(pk__in=list(keys)))
    return {pk: _told(pk, digest) for pk, digest in work_out(elections, today).items()}


def _told(pk: int, digest: Digest) -> list[Any]:
    rows = [*digest.task_models(pk), *digest.deadline_models(pk)]
    return [tuple(digest.columns[name] for name in COLUMNS), *map(_values, rows)]


def stored(pk: int) -> list[Any]:
    """From the tables of the lists."""
    summary = Summary.objects.get(pk=pk)
    rows = [*summary.tasks.order_by("place"), *summary.deadlines.order_by("latest", "key")]
    return [tuple(getattr(summary, name) for name in COLUMNS), *map(_values, rows)]


def _values(row: Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def train(election: Election, actor: Actor) -> None:
    """One act that touches the lists."""
    with transaction.atomic():
        row = Training(election=election, held_on=timezone.localdate(), topic="业务", attendees=9)
        records.record(election, row, actor=actor)
