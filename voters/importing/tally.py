"""Counting how often a person did something in an hour, and whom his files met in other villages (C10, C101)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from elections import journal
from elections.models import User
from voters.models import Figures, RollImport, Tally

MET = "roll.elsewhere_met"
IN_FILES = "in_files"
CODE = "DUP_ELSEWHERE"


def this_hour() -> datetime:
    return timezone.now().replace(minute=0, second=0, microsecond=0)


def add(user: User, act: str, times: int = 1) -> int:
    """Add to the tally of this hour, whoever else does so at the same time; return it."""
    tally = Tally.objects.filter(user=user, act=act, hour=this_hour())
    if not tally.update(count=F("count") + times):
        Tally.objects.bulk_create([Tally(user=user, act=act, hour=this_hour())], ignore_conflicts=True)
        tally.update(count=F("count") + times)
    return tally.get().count


def met_in(said: Figures | None) -> int:
    """How many rows of an import are of people listed in other villages."""
    return sum(times for code, times in (said.codes if said else {}).items() if code.endswith(f":{CODE}"))


def note_file(batch: RollImport) -> None:
    """Count and write down whom a file met; nobody chose the numbers of the last term's roll."""
    people = met_in(batch.said)
    if people and batch.kind != RollImport.Kind.LAST_TERM:
        add(batch.made_by, IN_FILES, people)
        code, obj = batch.election.village_id, journal.reference(batch)
        journal.record(code, MET, actor=batch.made_by, obj=obj, details={"body": batch.election.body, "count": people})
