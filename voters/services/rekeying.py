"""A change of keys: what was sealed under an old key is sealed anew, and numbers get the index of the new key.

A piece is written at a time, so the work may be broken off and begun again: what is done already is passed over. The
old keys stay until it is through.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Func, Q, Value

from elections import secrecy
from elections.models import Act, Area, Cycle, Election
from elections.services.act import act
from elections.services.lines import note, unchanged
from voters.importing.bulk import update_many
from voters.importing.kept import UPDATED
from voters.models import RollImport, Voter, Young
from voters.rules.columns import COLUMNS, ID_NUMBER
from voters.sealing import TABLE, indexes_of, open_column, pack, unpack

ROWS_A_PIECE = 2_000
AT_NUMBER = COLUMNS.index(ID_NUMBER)


@dataclass
class Rekeyed:
    """The amount of work done. ``clashes``: codes of villages in which somebody stands twice under two keys."""

    sealed: int = 0
    indexed: int = 0
    clashes: list[str] = field(default_factory=list)


class KeyMissing(Exception):
    """Something is sealed under a key that is not here: nothing was changed. Says which versions."""


def rekey() -> Iterator[Rekeyed]:
    """Do all of it; yield how far it is after every piece. Raises :class:`KeyMissing` before anything is changed."""
    _insist_on_keys()
    done = Rekeyed()
    for model, names in sealed_columns():
        for count in _reseal(model, names):
            done.sealed += count
            yield done
    for batch in RollImport.objects.exclude(before_sealed=b"").order_by("pk"):
        done.sealed += _reseal_picture(batch)
    for cycle in Cycle.objects.order_by("pk"):
        indexed, clashes = _reindex(cycle)
        done.indexed += indexed
        done.clashes += clashes
        yield done
    _note(done)


def sealed_columns() -> list[tuple[type[models.Model], list[str]]]:
    """Return every table that holds something under seal, with these columns."""
    found = [
        (model, [each.name for each in model._meta.concrete_fields if each.name.endswith("_sealed")])
        for model in apps.get_models()
    ]
    return [(Act, ["body"]), *((model, names) for model, names in found if names)]


def _insist_on_keys() -> None:
    """Refuse to go on while a version of a key that is needed is not here."""
    missing = set()
    for model, names in sealed_columns():
        for name in names:
            heads = _with_heads(model, [name]).exclude(**{name: b""}).exclude(**{name: None})
            for head in heads.values_list(f"{name}_head", flat=True).distinct():
                algorithm, version = secrecy.HEADER.unpack(bytes(head))
                if algorithm not in secrecy.CIPHERS or version not in settings.ID_KEYS["encrypt"]:
                    missing.add(version)
    if missing:
        raise KeyMissing("、".join(map(str, sorted(missing))))


def _with_heads(model: type[models.Model], names: list[str]) -> models.QuerySet[Any]:
    """Return the rows with the header of each sealed column."""
    size = secrecy.HEADER.size
    heads = {
        f"{name}_head": Func(F(name), Value(1), Value(size), function="SUBSTR", output_field=models.BinaryField())
        for name in names
    }
    return model._default_manager.annotate(**heads).order_by("pk")


def _reseal(model: type[models.Model], names: list[str]) -> Iterator[int]:
    """Seal anew what is not under the key in use; yield the rows of every piece."""
    current = secrecy.HEADER.pack(secrecy.profile()[0], max(settings.ID_KEYS["encrypt"]))
    stale = Q()
    for name in names:
        stale |= ~Q(**{f"{name}_head": current}) & ~Q(**{name: b""}) & Q(**{f"{name}__isnull": False})
    last: Any = None
    while True:
        with transaction.atomic():
            rows = _with_heads(model, names).filter(stale, **({"pk__gt": last} if last else {}))
            piece = list(rows.select_for_update(of=("self",)).only("pk", *names)[:ROWS_A_PIECE])
            columns = [_resealed(model, name, piece) for name in names]
            keys = [row.pk for row in piece]
            update_many(connection, model, names, zip(keys, zip(*columns, strict=True), strict=True))
        if not piece:
            return
        last = keys[-1]
        yield len(piece)


def _resealed(model: type[models.Model], name: str, rows: list[Any]) -> list[bytes | None]:
    """Return one column of some rows under the key in use; nothing stays nothing."""
    place: dict[str, str] = {"table": model._meta.db_table, "field": name}
    filled = [(row.pk, getattr(row, name)) for row in rows if getattr(row, name)]
    plain = secrecy.unseal_many(filled, **place)
    pairs = zip((key for key, _ in filled), plain, strict=True)
    anew = dict(zip((key for key, _ in filled), secrecy.seal_many(pairs, **place), strict=True))
    return [anew.get(row.pk, getattr(row, name)) for row in rows]


def _reseal_picture(batch: RollImport) -> int:
    """Reseal the rows kept from before an import: they hold sealed values in their turn."""
    rows = unpack(batch.before_sealed, batch, "before_sealed") or {}
    changed = 0
    for key, row in rows.items():
        for place, name in enumerate(UPDATED):
            if not name.endswith("_sealed") or not row[place]:
                continue
            sealed = base64.b64decode(row[place])
            if not secrecy.is_current(sealed):
                at: dict[str, Any] = {"table": TABLE, "row": UUID(key), "field": name}
                row[place] = base64.b64encode(secrecy.seal(secrecy.unseal(sealed, **at), **at)).decode()
                changed += 1
    if changed:
        RollImport.objects.filter(pk=batch.pk).update(before_sealed=pack(rows, batch, "before_sealed"))
    return changed


@transaction.atomic
def _reindex(cycle: Cycle) -> tuple[int, list[str]]:
    """Give the numbers of one cycle the index of the key in use, while nobody registers in it.

    Returns how many changed, and the villages in which two rows turn out to be one person: then nothing is changed.
    """
    list(Election.objects.select_for_update().filter(cycle=cycle).order_by("pk").values_list("pk", flat=True))
    voters = list(
        Voter.objects.filter(cycle=cycle).only("pk", "election_id", "id_index", "id_sealed", "listed", "in_force")
    )
    indexes = indexes_of(cycle.pk, open_column("id_number", voters))
    clashing = _clashes(voters, indexes)
    if clashing:
        codes = Election.objects.filter(pk__in=clashing).values_list("village_id", flat=True)
        return 0, sorted(set(codes))
    changed = [
        (voter.pk, (index, None)) for voter, index in zip(voters, indexes, strict=True) if voter.id_index != index
    ]
    update_many(connection, Voter, ["id_index", "row_mark"], changed)  # a mark is made with the key of the index
    return len(changed) + _reindex_young(cycle), []


def _clashes(voters: list[Voter], indexes: list[Any]) -> set[int]:
    """Return elections with a row that would stand beside another of the same person."""
    of_one_roll = Counter((voter.election_id, index) for voter, index in zip(voters, indexes, strict=True))
    listings = Counter(index for voter, index in zip(voters, indexes, strict=True) if voter.listed and voter.in_force)
    return {
        voter.election_id
        for voter, index in zip(voters, indexes, strict=True)
        if of_one_roll[voter.election_id, index] > 1 or (voter.listed and voter.in_force and listings[index] > 1)
    }


def _reindex_young(cycle: Cycle) -> int:
    young = list(Young.objects.filter(election__cycle=cycle))
    numbers = [unpack(each.row_sealed, each, "row_sealed")[AT_NUMBER] for each in young]
    changed = []
    for each, index in zip(young, indexes_of(cycle.pk, numbers), strict=True):
        if each.id_index != index:
            changed.append((each.pk, (index,)))
    update_many(connection, Young, ["id_index"], changed)
    return len(changed)


@act("keys.changed", "更换密钥")
def _note(done: Rekeyed) -> None:
    """Write one line for every county; the keys themselves are never named."""
    counties = Area.objects.filter(kind=Area.Kind.COUNTY).values_list("code", flat=True)
    if not counties or not (done.sealed or done.indexed):
        unchanged(None)
        return
    details = {"sealed": done.sealed, "indexed": done.indexed, "version": max(settings.ID_KEYS["encrypt"])}
    for code in counties:
        note("", details, area=code)
