"""Verifying the journal: every chain computed again from its text.

One pass without locks reads everything; a chain that looks wrong is read again under the lock of its head, so that an
act written at the same moment is never taken for a forgery.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import models, transaction
from django.db.models.functions import Cast

from elections import journal
from elections.models.journal import EntryText, JournalEntry, JournalHead, read_body

NOT_NEXT = "序号不连续：有记录被删除、插入或调换"
NOT_JSON = "正文无法读取"
NO_KEY = "所用的密钥不在本机"
CHANGED = "正文或校验值被改动，或记录被调换"
NOT_THE_TEXT = "检索栏与正文不符"
NO_HEAD = "缺少末条登记"
BAD_HEAD = "末条登记被改动"
CUT = "末尾的记录被删除"
BEYOND = "末条登记之后有插入的记录"
GONE = "整条记录链被删除"
NOT_OPENED = "记录链未经登记"


@dataclass(frozen=True)
class Broken:
    """The first bad entry of one chain."""

    area_code: str
    seq: int
    reason: str


@dataclass
class Chain:
    """The progress of reading one chain."""

    area_code: str
    seq: int = 0
    mac: str = journal.GENESIS
    broken: Broken | None = None
    opens: set[str] = field(default_factory=set)  # only in ROOT: the chains it has seen opened


def verify(area_code: str | None = None) -> list[Broken]:
    """Return the first bad entry of every broken chain, by area code; of one chain when its code is given."""
    codes = sorted(_read(area_code))
    return [broken for code in codes if (broken := _verify_locked(code))]


# --- Reading --------------------------------------------------------------------------------------


def _rows(area_code: str | None) -> Iterator[tuple]:
    entries = JournalEntry.objects.annotate(at_text=Cast("at", models.CharField())).order_by("area_code", "seq")
    if area_code is not None:
        entries = entries.filter(area_code=area_code)
    columns = ("area_code", "seq", "at_text", "act", "actor_id", "obj", "body", "mac")
    return entries.values_list(*columns).iterator(chunk_size=5_000)


def _walk(area_code: str | None) -> dict[str, Chain]:
    """Read the entries in order; a chain stops where it is broken first."""
    chains: dict[str, Chain] = {}
    for row in _rows(area_code):
        chain = chains.get(row[0]) or chains.setdefault(row[0], Chain(row[0]))
        if chain.broken:
            continue
        reason, said = _why_broken(chain, row)
        if reason:
            chain.broken = Broken(chain.area_code, chain.seq + 1, reason)
            continue
        chain.seq, chain.mac = row[1], row[7]
        if said and chain.area_code == journal.ROOT:
            chain.opens.add(said["obj"])
    return chains


def _why_broken(chain: Chain, row: tuple) -> tuple[str | None, EntryText | None]:
    """Return what is wrong with the entry that should come next, or None, and what it says."""
    area_code, seq, at, act, actor, obj, body, entry_mac = row
    if seq != chain.seq + 1:
        return NOT_NEXT, None
    try:
        said = read_body(body)
        right = journal.mac(chain.mac, body, said["key"], said["hash"])
    except KeyError:
        return NO_KEY, None
    except (ValueError, TypeError):
        return NOT_JSON, None
    if not isinstance(entry_mac, str) or not hmac.compare_digest(right.encode(), entry_mac.encode()):
        return CHANGED, None
    told = (said["area"], said["seq"], said["act"], said["actor"], said["obj"])
    same = (area_code, seq, act, actor, obj) == told
    return (None, said) if same and _moment(at) == _moment(said["at"]) else (NOT_THE_TEXT, None)


def _moment(text: str) -> datetime | None:
    """Return a moment as the databases write it (SQLite without a zone), None for anything else."""
    try:
        moment = datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read(area_code: str | None) -> set[str]:
    """Return the codes of chains that look broken, or that were written to in the meantime."""
    chains = _walk(area_code)
    heads = _heads(area_code)
    opened = _opened(area_code, chains)
    codes = chains.keys() | heads.keys() | opened
    return {code for code in codes if _judge(chains.get(code) or Chain(code), heads.get(code), code in opened)}


def _verify_locked(area_code: str) -> Broken | None:
    with transaction.atomic():
        head = JournalHead.objects.select_for_update().defer("at").filter(pk=area_code).first()
        chains = _walk(area_code)
        opened = area_code in _opened(area_code, chains)
        return _judge(chains.get(area_code) or Chain(area_code), head, opened)


def _heads(area_code: str | None) -> dict[str, JournalHead]:
    heads = JournalHead.objects.defer("at")  # not part of the seal, and perhaps not a moment any more
    return {head.area_code: head for head in (heads.filter(pk=area_code) if area_code else heads)}


def _opened(area_code: str | None, chains: dict[str, Chain]) -> set[str]:
    """Return the codes of the chains whose opening stands in ROOT."""
    if area_code is None:
        refs = chains[journal.ROOT].opens if journal.ROOT in chains else set()
    else:
        openings = JournalEntry.objects.filter(area_code=journal.ROOT, act=journal.OPENED)
        refs = set(openings.filter(obj=journal.chain_ref(area_code)).values_list("obj", flat=True))
    return {ref.removeprefix("chain:") for ref in refs}


def _judge(chain: Chain, head: JournalHead | None, opened: bool) -> Broken | None:
    """Return what is wrong with a chain that has been read to its end, or None."""
    code, after = chain.area_code, chain.seq + 1
    if chain.broken:
        return chain.broken
    if chain.seq == 0 and (head is None or head.seq == 0):
        return Broken(code, 1, GONE) if opened else None
    if head is None:
        return Broken(code, after, NO_HEAD)
    if not _head_is_sealed(head):
        return Broken(code, after, BAD_HEAD)
    if head.seq > chain.seq:
        return Broken(code, after, CUT)
    if head.seq < chain.seq:
        return Broken(code, head.seq + 1, BEYOND)
    if head.mac != chain.mac:
        return Broken(code, chain.seq, BAD_HEAD)
    return None if opened or code == journal.ROOT else Broken(code, 1, NOT_OPENED)


def _head_is_sealed(head: JournalHead) -> bool:
    try:
        right = journal.head_seal(head.area_code, head.seq, head.mac, head.key)
    except (KeyError, TypeError):
        return False
    return hmac.compare_digest(right.encode(), str(head.keyed).encode())
