"""Recording the facts of a stage: one row of one table at a time, with a journal line of figures and dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from elections import journal
from elections.models import Election, Removal
from elections.permissions import Actor
from elections.rules import machine
from elections.selectors.removals import open_removals
from elections.services.hold import Overtaken, lock
from elections.services.summaries import mark


def record(election: Election, row: models.Model, *, actor: Actor, act: str = "") -> models.Model:
    """Save ``row`` as a fact of ``election``. The journal notes dates, figures and choices, never what was typed."""
    held = lock(election)
    created = row.pk is None or row._state.adding
    row.save()
    act = act or f"{row._meta.model_name}.{'added' if created else 'changed'}"
    write(held, act, actor, row, figures(row))
    return row


def remove(election: Election, row: models.Model, *, actor: Actor) -> Removal:
    """Take a row out as it stands now; it can be put back for a day (UX-55).

    Raises :class:`Overtaken` when somebody else took it out: put back twice, an old row would replace a new one.
    """
    held = lock(election)
    now = type(row)._default_manager.filter(pk=row.pk).first()
    if now is None:
        raise Overtaken(f"这一行（{row._meta.verbose_name}）刚刚已由他人删除。请刷新页面后再看。")
    removal = Removal.objects.create(
        election=held,
        what=str(row._meta.verbose_name),
        data=Removal.text_of(now),
        removed_by=actor.user,
    )
    reference = journal.reference(row)
    now.delete()
    write(held, "row.removed", actor, reference, {"removal": removal.pk})
    return removal


def restore(election: Election, removal: Removal, *, actor: Actor) -> None:
    """Put a removed row back as it was, within a day. Does nothing the second time.

    Raises :class:`machine.Refused` when the same thing has been recorded anew since.
    """
    held = lock(election)
    if not open_removals(held).filter(pk=removal.pk).update(restored_at=timezone.now()):
        return
    found = removal.row()
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        text = f"{removal.what}已经重新登记，不能再恢复删除的一行"
        raise machine.Refused([machine.Problem("not_again", text, "", soft=False)]) from None
    write(held, "row.restored", actor, found.object, {"removal": removal.pk})


def write(held: Election, act: str, actor: Actor, obj: models.Model | str, details: dict[str, Any]) -> None:
    """One journal line in the village's chain."""
    role = next(iter(sorted(actor.roles_at(held.village_id))), "")
    mark(held)
    journal.record(held.village_id, act, actor=actor.user, role=role, obj=obj, details={"body": held.body, **details})


def figures(row: models.Model) -> dict[str, Any]:
    """What the journal may say of a row: dates, counts, amounts, ticks and coded choices — no text of a person."""
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        coded = isinstance(value, str) and bool(field.choices)
        if field.primary_key or field.is_relation or value is None:
            continue
        if isinstance(value, Decimal):
            found[field.name] = str(value)
        elif isinstance(value, (bool, int, date)) or coded:
            found[field.name] = value
    return found
