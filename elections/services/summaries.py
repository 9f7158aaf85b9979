"""Keeping the lists quick: an act only marks its village's summary as out of date; the clock works out all of those.

Who reads before the clock has come does it himself, for the villages he asks for. Either way it is done for many
villages in one pass. Nobody waits for a lock: a summary that an act or another reader holds is left to it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet

from elections.models import Election, Summary, SummaryDeadline, SummaryTask
from elections.rules.kinds import Body, Standing
from elections.selectors.current import current
from elections.selectors.digest import Digest, work_out

logger = logging.getLogger(__name__)

PASS = 200  # villages whose facts are gathered together
PAUSES = (0.0, 0.1, 0.2, 0.4)  # seconds before each try: others have stored what they held, or their act is over
OUT_OF_DATE = {"day": None, "marks": F("marks") + 1}


def mark(election: Election) -> None:
    """Part of every act: what the lists show of this village is out of date."""
    if election.body == Body.COMMITTEE:
        _mark(Election.objects.filter(pk=election.pk))
    else:
        _mark(Election.objects.filter(village=election.village_id, cycle=election.cycle_id, body=Body.COMMITTEE))


def mark_areas(codes: Iterable[str]) -> None:
    """The same after areas changed, whose kind decides the words of tasks and deadlines."""
    Summary.objects.filter(election__village__in=list(codes)).update(**OUT_OF_DATE)


def _mark(elections: QuerySet[Election]) -> None:
    summaries = Summary.objects.filter(election__in=elections)
    if not summaries.update(**OUT_OF_DATE):
        begin(elections)  # somebody else may be beginning them too, hence once more
        summaries.update(**OUT_OF_DATE)


def begin(elections: Iterable[Election]) -> None:
    """Give these elections a summary that is out of date, unless they have one. Only the committee's have any."""
    begun = [Summary(election=each) for each in elections if each.body == Body.COMMITTEE]
    Summary.objects.bulk_create(begun, ignore_conflicts=True)


class Row(NamedTuple):
    """What finding out whether a summary is of today reads along with its day."""

    pk: int  # of the election
    standing: str
    day: date | None
    overdue: int | None  # no summary: ``None``


def fresh(elections: QuerySet[Election], today: date) -> list[Row]:
    """Rows of these elections, whose summaries are of today: those out of date are worked out and stored.

    What acts or other readers hold is tried again for a moment; what is then still held shows its village as it was
    before.
    """
    rows = _read(elections)
    for pause in PAUSES:
        time.sleep(pause)
        if pause:
            rows = _read(elections)
        stale = _stale(rows, today)
        if not stale:
            return rows
        if sum(_refresh(group, today) for group in _passes(stale)) == len(stale):
            break
    return _read(elections)


def refresh_all(today: date) -> int:
    """All that the lists show: what acts have marked, and everything once in the first minute of a day.

    Return how many were stored. A pass that fails is logged and the others go on; its villages stay marked.
    """
    return sum(_refresh_or_log(group, today) for group in _passes(_stale(_read(current()), today)))


def _refresh_or_log(keys: list[int], today: date) -> int:
    try:
        return _refresh(keys, today)
    except Exception:
        logger.exception("the summaries of %d villages could not be worked out", len(keys))
        return 0


def _read(elections: QuerySet[Election]) -> list[Row]:
    found = elections.order_by("pk").values_list("pk", "standing", "summary__day", "summary__overdue")
    return [Row(*each) for each in found]


def _stale(rows: Iterable[Row], today: date) -> list[int]:
    """The keys of those whose summary is missing, marked, or of another day."""
    return [row.pk for row in rows if row.day is None or (row.day != today and row.standing == Standing.ACTIVE)]


def _passes(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), PASS):
        yield keys[start : start + PASS]


def _refresh(keys: list[int], today: date) -> int:
    """One pass. Marks and elections are read in one statement, before the facts."""
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
    wait for an act which waits for the row.
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
    """One statement for all, where ``bulk_update`` writes a case for every cell. The rows exist and are held."""
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
