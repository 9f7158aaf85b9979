"""Numbers, phones and addresses of voters under seal, and the packets of rows that wait in an import."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models

from elections import secrecy
from voters.models import Voter
from voters.rules.identity import masked

TABLE = "voters_voter"
SEALED = {"id_number": "id_sealed", "phone": "phone_sealed", "address": "address_sealed"}  # what it is → its column


def purpose(cycle_id: int) -> str:
    """Return the purpose of the index: numbers meet within one cycle and nowhere else (VR-07)."""
    return f"id:{cycle_id}"


def index_of(cycle_id: int, number: str) -> UUID:
    """Return the blind index of an id number."""
    return secrecy.blind_index(purpose(cycle_id), number)


def indexes_of(cycle_id: int, numbers: Iterable[str]) -> list[UUID]:
    return secrecy.blind_indexes(purpose(cycle_id), numbers)


def seal_column(column: str, values: Iterable[tuple[UUID, str]]) -> list[bytes]:
    """Seal ``(voter, text)`` pairs of one column of :data:`SEALED`; nothing stays nothing."""
    pairs = list(values)
    filled = [pair for pair in pairs if pair[1]]
    sealed = secrecy.seal_many(filled, table=TABLE, field=SEALED[column])
    if len(filled) == len(pairs):
        return sealed
    coming = iter(sealed)
    return [next(coming) if text else b"" for _, text in pairs]


def seal_into(voter: Voter, **texts: str) -> None:
    """Seal ``id_number``, ``phone`` or ``address`` into the row, which has its UUID already."""
    for column, text in texts.items():
        setattr(voter, SEALED[column], seal_column(column, [(voter.pk, text)])[0])


def open_column(column: str, voters: Sequence[Voter]) -> list[str]:
    """Return the texts of one sealed column, in order."""
    field = SEALED[column]
    filled = [(voter.pk, getattr(voter, field)) for voter in voters if getattr(voter, field)]
    texts = iter(secrecy.unseal_many(filled, table=TABLE, field=field))
    return [next(texts) if getattr(voter, field) else "" for voter in voters]


def number_of(voter: Voter) -> str:
    """Return the full id number. Whoever shows it notes it in the journal."""
    return open_column("id_number", [voter])[0]


def masked_numbers(voters: Sequence[Voter], *, outer: bool = False) -> list[str]:
    """Return the numbers as they may be shown: ``outer`` for those who do not work on the record."""
    return [masked(number, outer=outer) for number in open_column("id_number", voters)]


# --- Packets ----------------------------------------------------------------------------------------


def pack(value: Any, row: models.Model, field: str) -> bytes:
    """Compress and seal a JSON-like value into a field of a row that has its UUID."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    packed = base64.b64encode(zlib.compress(text, 1)).decode()
    return secrecy.seal(packed, table=row._meta.db_table, row=row.pk, field=field)


def unpack(sealed: bytes | memoryview, row: models.Model, field: str) -> Any:
    """Return what :func:`pack` sealed for the same place; ``None`` for nothing."""
    if not sealed:
        return None
    packed = secrecy.unseal(sealed, table=row._meta.db_table, row=row.pk, field=field)
    return json.loads(zlib.decompress(base64.b64decode(packed)))


def row_marks(rows: Iterable[str]) -> list[str]:
    """Return a keyed mark of each text of a row, as 32 hexadecimal digits: equal rows have equal marks, and nothing can
    be guessed from one."""
    key = secrecy.keyed_digest("roll-row", b"")
    return [hashlib.blake2b(row.encode(), digest_size=16, key=key).hexdigest() for row in rows]
