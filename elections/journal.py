"""Writing the journal: one line for each act, chained within its area and sealed with a key outside the database.

The text that is hashed is the text that is stored. It holds references and figures, never a number of a person. Chains
are those of villages, townships and counties; `ROOT` notes the opening of every chain, so that none can vanish whole.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from elections import secrecy
from elections.models.journal import JournalEntry, JournalHead
from elections.models.people import User
from elections.rules.canonical import canonical

ROOT = "000000"
OPENED = "chain_opened"
GENESIS = "0" * 64
AREA_CODE = re.compile(r"\d{6}(\d{3}(\d{3})?)?")
REQUEST_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


WORDS: dict[str, str] = {}  # name of an act → what people call it; whole once the addresses are loaded


def declare(words: Mapping[str, str]) -> None:
    """Add the words of acts; each name stands beside one act only."""
    again = WORDS.keys() & words.keys()
    if again:
        raise ImproperlyConfigured(f"declared twice: {', '.join(sorted(again))}")
    WORDS.update(words)


class ChainMoved(RuntimeError):
    """Another writer stepped the chain forward although this one held its head: nothing was written."""


def record(
    area_code: str,
    act: str,
    *,
    actor: User | None,
    role: str = "",
    obj: models.Model | str = "",
    details: dict[str, Any] | None = None,
) -> JournalEntry:
    """Append one act to the chain of an area; call it last in the transaction that makes the act.

    An act that concerns several areas writes in the order of their codes: two such acts then never lock each other out.
    `actor` is None for what the clock does; `obj` a saved row or a reference such as `roll:12`; `details` JSON-like
    values without floats. Raises `TransactionManagementError` outside a transaction, `secrecy.PersonalData` when an id
    or phone number stands in the details, `ValueError` for an area code of another shape.
    """
    if not AREA_CODE.fullmatch(area_code):
        raise ValueError(f"{area_code!r} is not the code of an area")
    details = _plain(details or {})
    secrecy.refuse_personal_numbers(details)
    head, db_now = _locked_head(area_code)
    now = timezone.now()
    said = {
        "act": act,
        "actor": actor and actor.pk,
        "details": details,
        "obj": reference(obj),
        "request": _request_id(),
        "role": str(role),
        **_place(head, now, db_now),
    }
    entry = _append(head, said, now)
    if head.seq == 0 and area_code != ROOT:
        record(ROOT, OPENED, actor=None, obj=chain_ref(area_code))
    return entry


def chain_ref(area_code: str) -> str:
    return f"chain:{area_code}"


def reference(obj: models.Model | str) -> str:
    """Return how the journal names a row: `elections.election:12`."""
    return obj if isinstance(obj, str) else f"{obj._meta.label_lower}:{obj.pk}"


def mac(prev: str, body: str, key: int, algorithm: str) -> str:
    """Return the MAC of an entry under a journal key; `KeyError` when that key or algorithm is not here."""
    return secrecy.MACS[algorithm](settings.ID_KEYS["journal"][key], (prev + body).encode()).hex()


def head_seal(area_code: str, seq: int, entry_mac: str, key: int) -> str:
    """Return the keyed seal over the head of a chain."""
    return mac("head", f"|{area_code}|{seq}|{entry_mac}", key, "sha256")


def _place(head: JournalHead, now: datetime, db_now: datetime) -> dict[str, Any]:
    """Return where and when an entry stands, by both clocks, and what its MAC is made with."""
    place = {
        "area": head.area_code,
        "seq": head.seq + 1,
        "prev": head.mac,
        "at": timezone.localtime(now).isoformat(),
        "db": timezone.localtime(db_now).isoformat(),
        "key": max(settings.ID_KEYS["journal"]),
        "hash": secrecy.profile()[1],
    }
    if head.at > now:
        place["clock_went_back"] = int((head.at - now).total_seconds()) + 1  # seconds
    return place


def _append(head: JournalHead, said: dict[str, Any], now: datetime) -> JournalEntry:
    body = canonical(said)
    entry = JournalEntry(
        area_code=head.area_code,
        seq=said["seq"],
        at=now,
        act=said["act"],
        actor_id=said["actor"],
        obj=said["obj"],
        body=body,
        mac=mac(head.mac, body, said["key"], said["hash"]),
    )
    stepped = JournalHead.objects.filter(area_code=head.area_code, seq=head.seq, mac=head.mac).update(
        seq=entry.seq,
        mac=entry.mac,
        at=now,
        key=said["key"],
        keyed=head_seal(head.area_code, entry.seq, entry.mac, said["key"]),
    )
    if stepped != 1:
        raise ChainMoved(head.area_code)
    entry.save(force_insert=True)
    return entry


def _locked_head(area_code: str) -> tuple[JournalHead, datetime]:
    """Return the head, locked until the transaction ends, and the clock of the database."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a journal line is written in the transaction of its act")
    heads = JournalHead.objects.select_for_update().annotate(db_now=Now())
    head = heads.filter(pk=area_code).first()
    if head is None:
        start = JournalHead(area_code=area_code, seq=0, mac=GENESIS, at=timezone.now(), key=0, keyed="")
        JournalHead.objects.bulk_create([start], ignore_conflicts=True)  # two first acts at once: one waits, then reads
        head = heads.get(pk=area_code)
    return head, head.db_now


def _request_id() -> str:
    given = str(structlog.contextvars.get_contextvars().get("request_id", ""))
    return given if REQUEST_ID.fullmatch(given) else ""


def _plain(value: Any) -> Any:
    """Return the value as JSON has it; dates and references become text, floats are refused."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, (date, UUID)):
        return value.isoformat() if isinstance(value, date) else str(value)
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"{type(value).__name__} has no place in the journal")
