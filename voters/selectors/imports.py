"""Finding imports, and those who make them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from elections import journal
from elections.models import Election, Job, JournalEntry, User
from elections.permissions import Actor
from elections.rules.kinds import Body
from voters.models import RollExport, RollImport

DOWNLOAD_WITHIN = timedelta(minutes=10)


def account_of(username: str) -> User | None:
    """Return the open account of that name."""
    return User.objects.filter(username=username, is_active=True).first()


def villagers_committee_election(code: str) -> Election | None:
    """Return the newest election of the villagers' committee of a village."""
    found = Election.objects.filter(village_id=code, body=Body.VILLAGERS_COMMITTEE).select_related("village", "cycle")
    return found.order_by("-cycle__starts_on", "-attempt").first()


def imports_of(actor: Actor) -> QuerySet[RollImport]:
    """Return the imports of the villages where this person may import, newest first."""
    found = actor.reaches(RollImport.objects.all(), "election__village_id", "roll.import")
    return found.select_related("election__village", "election__cycle", "made_by", "ended_by", "job").order_by(
        "-made_at"
    )


def find_import(actor: Actor, import_id: UUID) -> RollImport:
    """Return one of them, or ``Http404`` as for what does not exist."""
    found = imports_of(actor).filter(pk=import_id).first()
    if found is None:
        raise Http404
    return found


def noted(actor: Actor, row: RollImport | RollExport, act: str) -> bool:
    """Return whether this person has just said, by a button, that they take rows with full numbers: the journal has
    it."""
    since = timezone.now() - DOWNLOAD_WITHIN
    found = JournalEntry.objects.filter(area_code=row.election.village_id, actor=actor.user, at__gte=since)
    return found.filter(act=act, obj=journal.reference(row)).exists()


def open_import_of(election: Election) -> RollImport | None:
    """Return the import that waits to be finished."""
    waiting = (RollImport.State.OPEN, RollImport.State.READING)
    return RollImport.objects.filter(election=election, state__in=waiting).first()


def why_not_read(batch: RollImport) -> str | None:
    """Return why the background has ended without reading the file: the fault of the file, or that somebody stopped
    it."""
    if batch.job is None or batch.job.is_open or batch.job.state == Job.State.DONE:
        return None
    return "读取已停止" if batch.job.state == Job.State.CANCELLED else batch.job.message or "读取没有完成"
