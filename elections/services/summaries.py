"""Keeping the lists quick: an act only marks its village's summary as out of date; the clock works out all of those.

Whoever reads before the clock has come does it for the villages asked for. Either way it is done for many
villages in one pass. No reader waits for a lock: a summary that an act or another reader holds is left to it, and a
village whose facts cannot be read is logged and keeps nobody else from seeing his.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from django.db import InterfaceError, InternalError, OperationalError, connection, transaction
from django.db.models import F, QuerySet

from elections.models import Election, Summary, SummaryDeadline, SummaryTask
from elections.rules.kinds import Body, Standing
from elections.selectors.current import current
from elections.selectors.digest import Digest, work_out

logger = logging.getLogger(__name__)

PASS = 200  # villages whose facts are gathered together
PAUSES = (0.0, 0.1, 0.2, 0.4)  # seconds before each try: others have stored what they held, or their act is over
CANNOT_WRITE = (OperationalError, InternalError, InterfaceError)  # locked, read-only, gone: no village's fault
OUT_OF_DATE = {"day": None, "marks": F("marks") + 1}


def mark(election: Election) -> None:
    """Mark what the lists show of this village as out of date; part of every act."""
    if election.body == Body.VILLAGERS_COMMITTEE:
        _mark(Election.objects.filter(pk=election.pk))
    else:
        _mark(
            Election.objects.filter(village=election.village_id, cycle=election.cycle_id, body=Body.VILLAGERS_COMMITTEE)
        )


def mark_areas(codes: Iterable[str]) -> None:
    """Mark the same after areas changed, whose kind decides the words of tasks and deadlines."""
    Summary.objects.filter(election__village__in=list(codes)).update(**OUT_OF_DATE)


def _mark(elections: QuerySet[Election]) -> None:
    summaries = Summary.objects.filter(election__in=elections)
    if not summaries.update(**OUT_OF_DATE):
        begin(elections)  # somebody else may be beginning them too, hence once more
        summaries.update(**OUT_OF_DATE)


def begin(elections: Iterable[Election]) -> None:
    """Give these elections a summary that is out of date, unless they have one. Only the committee's have any."""
    begun = [Summary(election=each) for each in elections if each.body == Body.VILLAGERS_COMMITTEE]
    Summary.objects.bulk_create(begun, ignore_conflicts=True)


class Row(NamedTuple):
    """The columns read together with a summary's day to find out whether it is of today."""

    pk: int  # of the election
    standing: str
    day: date | None
    overdue: int | None  # no summary: ``None``


def fresh(elections: QuerySet[Election], today: date) -> list[Row]:
    """Return rows of these elections, whose summaries are of today: those out of date are worked out and stored.

    What acts or other readers hold is tried again for a moment; what is then still held shows its village as it was
    before.
    """
    rows = _read(elections)
    if stale := _stale(rows, today):
        with _impatient():
            _refresh_soon(elections, stale, today)
        rows = _read(elections)
    return rows


def _refresh_soon(elections: QuerySet[Election], stale: list[int], today: date) -> None:
    for pause in PAUSES:
        time.sleep(pause)
        if pause:
            stale = _stale(_read(elections), today)
        if sum(map(sum, _refresh_all(stale, today))) == len(stale):
            return


def refresh_all(today: date) -> int:
    """Refresh all that the lists show: what acts have marked, and everything once in the first minute of a day.

    Return how many were stored. What fails is logged and the others go on; it stays marked.
    """
    return sum(stored for stored, _ in _refresh_all(_stale(_read(current()), today), today))


@contextmanager
def _impatient() -> Iterator[None]:
    """Let whoever only looks not wait for SQLite's one lock on all summaries, whatever the settings say."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        patience = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


def _refresh_all(keys: list[int], today: date) -> list[tuple[int, int]]:
    """Of each pass: how many were stored, how many cannot be worked out."""
    return [_refresh_or_log(keys[start : start + PASS], today) for start in range(0, len(keys), PASS)]


def _refresh_or_log(keys: list[int], today: date) -> tuple[int, int]:
    """Make one pass; one that fails is halved, down to the village at fault."""
    try:
        return _refresh(keys, today), 0
    except CANNOT_WRITE as error:
        logger.warning("the summaries of %d villages could not be worked out now: %s", len(keys), error)
        return 0, 0
    except Exception:
        if len(keys) == 1:
            logger.exception("the summary of election %d could not be worked out", keys[0])
            return 0, 1
    middle = len(keys) // 2
    (one, two), (three, four) = (_refresh_or_log(half, today) for half in (keys[:middle], keys[middle:]))
    return one + three, two + four


def _read(elections: QuerySet[Election]) -> list[Row]:
    found = elections.order_by("pk").values_list("pk", "standing", "summary__day", "summary__overdue")
    return [Row(*each) for each in found]


def _stale(rows: Iterable[Row], today: date) -> list[int]:
    """Return the keys of those whose summary is missing, marked, or of another day."""
    return [row.pk for row in rows if row.day is None or (row.day != today and row.standing == Standing.ACTIVE)]


def _refresh(keys: list[int], today: date) -> int:
    """Make one pass. Marks and elections are read in one statement, before the facts."""
    whole = Summary.objects.select_related("election__village", "election__cycle")
    summaries = whole.in_bulk(keys)
    if len(summaries) < len(keys):
        begin(Election.objects.filter(pk__in=set(keys) - set(summaries)))
        summaries = whole.in_bulk(keys)
    digests = work_out([each.election for each in summaries.values()], today)
    return _store(digests, {pk: each.marks for pk, each in summaries.items()}, today)


@transaction.atomic
def _store(digests: dict[int, Digest], marks: dict[int, int], today: date) -> int:
    """Store what no act has come between and nobody holds now; return how many.

    Each row is written once: PostgreSQL looks up the election of a row that its own transaction writes twice, and would
    wait for whoever has locked that.
    """
    free = Summary.objects.select_for_update(skip_locked=True).filter(pk__in=digests).order_by("pk")
    held = [each for each in free if each.marks == marks[each.pk]]
    _replace_lines([each.pk for each in held if each.lines != digests[each.pk].lines], digests)
    changed = [each for each in held if _take(each, digests[each.pk])]
    same = {each.pk for each in held} - {each.pk for each in changed}
    Summary.objects.filter(pk__in=same).update(day=today)
    _replace_columns(changed, today)
    return len(held)


def _replace_lines(keys: list[int], digests: dict[int, Digest]) -> None:
    if not keys:
        return
    SummaryTask.objects.filter(summary__in=keys).delete()
    SummaryDeadline.objects.filter(summary__in=keys).delete()
    SummaryTask.objects.bulk_create([row for pk in keys for row in digests[pk].task_models(pk)])
    SummaryDeadline.objects.bulk_create([row for pk in keys for row in digests[pk].deadline_models(pk)])


def _replace_columns(summaries: list[Summary], today: date) -> None:
    """Update all in one statement, where ``bulk_update`` writes a case for every cell. The rows exist and are held."""
    for each in summaries:
        each.day = today
    if summaries:
        names = ["day", "voters", "next_label", "next_due", "overdue", "lines"]
        Summary.objects.bulk_create(summaries, update_conflicts=True, unique_fields=["election"], update_fields=names)


def _take(summary: Summary, digest: Digest) -> bool:
    """Put the digest's values into the columns; whether that changed any."""
    values = {**digest.columns, "lines": digest.lines}
    before = {name: getattr(summary, name) for name in values}
    for name, value in values.items():
        setattr(summary, name, value)
    return values != before
