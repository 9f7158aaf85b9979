"""The journal lines of the act being made: what changed, in figures, never in what was typed about a person."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from elections import journal
from elections.models import Election, User
from elections.permissions import Actor

Picture = dict[str, Any]  # column → value, of every column: to compare with, never to be written down
Answer = TypeVar("Answer")


@dataclass
class Making:
    """An act while it is made; ``outer``: the act it is part of."""

    names: tuple[str, ...]
    actor: Actor | User | None
    outer: Making | None
    held: Election | None = None
    noted: bool = False  # a line was written
    settled: bool = False  # so was its own, or there was nothing to do


NOW: ContextVar[Making | None] = ContextVar("act", default=None)


def being_made() -> Making:
    """Return the innermost act; ``RuntimeError`` outside of one."""
    making = NOW.get()
    if making is None:
        raise RuntimeError("this is part of an act and none is being made")
    return making


def note(
    obj: models.Model | str,
    details: Mapping[str, Any] | None = None,
    *,
    was: Picture | None = None,
    name: str = "",
    area: str = "",
    actor: User | None = None,
) -> None:
    """Write a line about ``obj``; with ``was``, its picture from before, it tells all that differs.

    ``name`` where the act has several, ``area`` where it is on no election, ``actor`` where the act does not take one.
    """
    making, told = being_made(), dict(details or {})
    name, held, by = name or "".join(making.names), making.held, actor or making.actor
    if name not in journal.WORDS:
        raise LookupError(f"no act is called {name!r}")
    if was and isinstance(obj, models.Model):
        told |= changes(was, obj)
    if held is not None:
        area, told = area or held.village_id, {"body": held.body} | told
    role = min(by.roles_at(area), default="") if isinstance(by, Actor) else ""
    journal.record(area, name, actor=by.user if isinstance(by, Actor) else by, role=role, obj=obj, details=told)
    making.noted = True
    making.settled |= name in making.names or not making.names


def unchanged(answer: Answer) -> Answer:
    """Say that there was nothing to do; the answer is handed through."""
    being_made().settled = True
    return answer


def picture(row: models.Model) -> Picture:
    """Return the row as it is stored, whatever the caller's copy says; nothing for a row that is new.

    The election in hand was read when it was locked.
    """
    stored = row if row is being_made().held else type(row)._base_manager.filter(pk=row.pk).first()
    return as_read(stored) if stored else {}


def as_read(row: models.Model) -> Picture:
    """Return the picture of a row that was read within this act, whose election is held."""
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields}


def figures(row: models.Model) -> dict[str, Any]:
    """Return dates, hours, counts, amounts, ticks and coded choices of a row."""
    return {
        field.name: _plain(value)
        for field in row._meta.concrete_fields
        if (value := getattr(row, field.attname)) is not None and _may_be_said(field, value)
    }


def changes(was: Picture, row: models.Model) -> dict[str, Any]:
    """Return what differs, before and after; ``retyped``: columns whose text is another one, without the text."""
    before, after, retyped = {}, {}, []
    for field in row._meta.concrete_fields:
        pair = was.get(field.name), getattr(row, field.attname)
        if pair[0] == pair[1] or any(isinstance(value, datetime) for value in pair):  # the line has its own time
            continue
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices:
            retyped.append(field.name)
        elif all(value is None or _may_be_said(field, value) for value in pair):
            before[field.name], after[field.name] = map(_plain, pair)
    return differences(before, after) | ({"retyped": retyped} if retyped else {})


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return figures that are others now, as they were and as they are."""
    names = [name for name in after if before.get(name) != after[name]]
    return {"before": {name: before.get(name) for name in names}, "after": {name: after[name] for name in names}}


def _may_be_said(field: models.Field[Any, Any], value: Any) -> bool:
    if field.primary_key or field.is_relation:
        return False
    coded = isinstance(value, str) and bool(field.choices)
    return coded or isinstance(value, (bool, int, date, time, Decimal))


def _plain(value: Any) -> Any:
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value) if isinstance(value, Decimal) else value
