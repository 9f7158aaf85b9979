"""Keeping the lists quick: each act marks its village's summary as out of date and has it worked out after the commit.

Should the working out fail, or a worker die before it, the mark stays and readers work it out themselves: a summary is
either right or not used.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from elections.models import Election, Summary
from elections.rules.kinds import Body, Standing
from elections.selectors.digest import as_values, work_out
from elections.selectors.facts import sibling


def mark(election: Election) -> None:
    """Part of every act: what the lists show of this village is out of date."""
    shown = election if election.body == Body.COMMITTEE else sibling(election, Body.COMMITTEE)
    if shown is None:
        return
    Summary.objects.get_or_create(election_id=shown.pk)
    Summary.objects.filter(pk=shown.pk).update(day=None, marks=F("marks") + 1)
    pk = shown.pk
    transaction.on_commit(lambda: refresh(pk), robust=True)  # Django's error log asks a callback for its name


def refresh(election_id: int, today: date | None = None) -> bool:
    """Work the summary out unless it is right already; False when an act came in between, whose own turn follows."""
    today = today or timezone.localdate()
    summary = Summary.objects.get(pk=election_id)
    if summary.day == today:
        return True
    election = Election.objects.select_related("village", "cycle").get(pk=election_id)
    values = as_values(work_out(election, today))
    return bool(Summary.objects.filter(pk=election_id, marks=summary.marks).update(day=today, **values))


def refresh_all(today: date) -> int:
    """Every summary that is not of today; returns how many were worked out. For the first minutes of a day."""
    active = Election.objects.filter(body=Body.COMMITTEE, standing=Standing.ACTIVE)
    stale = active.filter(Q(summary=None) | ~Q(summary__day=today) | Q(summary__day=None))
    done = 0
    for pk in stale.values_list("pk", flat=True):
        Summary.objects.get_or_create(election_id=pk)
        done += refresh(pk, today)
    return done
