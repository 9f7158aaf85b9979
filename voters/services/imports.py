"""Roll files on their way into the roll: opened, looked into, imported all or nothing, undone until publication."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from elections.models import Election
from elections.permissions import Actor, reason_against
from elections.rules import law
from elections.services import jobs
from elections.services.conditions import insist
from elections.services.hold import Overtaken, lock
from elections.services.records import write
from voters import importing
from voters.importing import Given, Outcome, Plan, Report, Work
from voters.models import RollImport
from voters.selectors.frozen import not_published, poll_day_known
from voters.services import elsewhere as asking
from voters.services.limits import UPLOADS, spend

DOWNLOADED = "roll.import_rows_downloaded"
ATTEMPTS = 3  # when somebody listed in another village in the same moment


def names_villages(actor: Actor, election: Election) -> bool:
    """Whether this person may learn in which other village somebody is listed (C10)."""
    return asking.may_know_where(actor, election)


def rehearse(election: Election, given: Given, *, actor: Actor, today: date) -> Plan:
    """Judge a table against the roll and change nothing. Raises :class:`machine.Refused` without an election day."""
    insist(election, (law.RIGHT_TO_VOTE, poll_day_known(election)))
    plan = importing.check(election, Work.of(given.sheet), today=today, names_villages=names_villages(actor, election))
    plan.report.known = is_known(election, given.fingerprint)
    return plan


def is_known(election: Election, fingerprint: str) -> bool:
    """Whether this very file was imported before, and that was not undone (C55)."""
    done = RollImport.objects.filter(election=election, file_hash=fingerprint, state=RollImport.State.DONE)
    return done.exists()


def import_roll(election: Election, given: Given, *, actor: Actor, today: date) -> Report:
    """Read a whole table in one act, without questions: what is doubtful stays out (the command's way)."""
    held = lock(election)
    _insist_possible(held, actor)
    batch = _batch(held, given, actor)
    plan = _store(held, Work.of(given.sheet), batch, actor, today)
    plan.report.known = is_known(held, given.fingerprint)
    _finish(held, batch, plan, actor)
    plan.report.committed = True
    return plan.report


def open_import(election: Election, given: Given, *, actor: Actor, today: date) -> RollImport:
    """Keep a table under seal and judge it for the first time. What was open before is given up."""
    held = lock(election)
    _insist_possible(held, actor)
    spend(actor.user, UPLOADS)
    asking.insist_may_upload(held, actor)
    _give_up_open(held, actor)
    batch = _batch(held, given, actor)
    importing.keep_given(batch, given)
    plan = _first_plan(batch, actor, today)
    batch.save(force_insert=True)
    asking.note_uploaded(batch, actor)
    write(held, "roll.import_opened", actor, batch, {"file": given.fingerprint} | plan.report.figures())
    return batch


def _give_up_open(held: Election, actor: Actor) -> None:
    waiting = (RollImport.State.OPEN, RollImport.State.READING)
    for earlier in RollImport.objects.filter(election=held, state__in=waiting):
        _end(earlier, RollImport.State.DROPPED, actor)


def _first_plan(batch: RollImport, actor: Actor, today: date) -> Plan:
    held = batch.election
    plan = importing.check(held, importing.work_of(batch), today=today, names_villages=names_villages(actor, held))
    plan.report.known = is_known(held, batch.file_hash)
    batch.summary = plan.report.summary().text
    return plan


def queue_import(election: Election, data: bytes, name: str, *, actor: Actor) -> RollImport:
    """A large file: keep it under seal and have it read in the background. What was open before is given up."""
    held = lock(election)
    _insist_possible(held, actor)
    spend(actor.user, UPLOADS)
    asking.insist_may_upload(held, actor)
    _give_up_open(held, actor)
    digest = hashlib.sha256(data).hexdigest()
    batch = RollImport(
        id=uuid.uuid4(),
        election=held,
        state=RollImport.State.READING,
        file_name=importing.safe_name(name),
        file_hash=digest,
        made_by=actor.user,
    )
    importing.keep_file(batch, data)
    batch.save(force_insert=True)
    batch.job = jobs.ask("roll_read", {"import": str(batch.pk)}, by=actor.user, area_code=held.village_id)
    batch.save(update_fields=["job"])
    write(held, "roll.import_queued", actor, batch, {"file": digest, "bytes": len(data)})
    return batch


def choose_sheet(batch: RollImport, sheet: str, *, actor: Actor, today: date, version: int) -> RollImport:
    """Read another sheet of the same file; what was decided about the rows of the first is forgotten."""
    batch = hold_open(batch, actor, version)
    given = Given.read(importing.file_of(batch), batch.file_name, sheet=sheet)
    batch.choices, batch.repairs_sealed = "{}", b""
    importing.keep_given(batch, given)
    return judge_again(batch, actor, today)


def commit_import(batch: RollImport, *, actor: Actor, today: date, version: int) -> Plan:
    """Put everything that can be imported into the roll: all of it or nothing. Raises :class:`Overtaken`."""
    batch = hold_open(batch, actor, version)
    held = batch.election
    plan = _store(held, importing.work_of(batch), batch, actor, today)
    _finish(held, batch, plan, actor)
    return plan


def drop_import(batch: RollImport, *, actor: Actor) -> RollImport:
    """Give up an open import; nothing of it is kept."""
    held = lock(batch.election)
    batch = RollImport.objects.select_for_update().get(pk=batch.pk, election=held)
    if batch.state in (RollImport.State.OPEN, RollImport.State.READING):
        _end(batch, RollImport.State.DROPPED, actor)
        write(held, "roll.import_dropped", actor, batch, {"file": batch.file_hash})
    return batch


def undo_import(batch: RollImport, *, actor: Actor) -> int:
    """Take a whole import back, until the roll is published (UX-55). Return how many rows a person had changed since:
    those stay. Raises :class:`machine.Refused`."""
    held = lock(batch.election)
    batch = RollImport.objects.select_for_update().get(pk=batch.pk, election=held)
    insist(
        held,
        (law.ROLL_CHANGES, reason_against(actor, "roll.import", held)),
        (law.ROLL_CHANGES, not_published(held)),
        (law.ROLL_CHANGES, undoable(batch)),
    )
    kept = importing.put_back(batch)
    _end(batch, RollImport.State.UNDONE, actor)
    write(held, "roll.import_undone", actor, batch, {"file": batch.file_hash, "kept": kept})
    return kept


def undoable(batch: RollImport) -> str | None:
    """Why an import cannot be undone, apart from publication."""
    if batch.state != RollImport.State.DONE:
        return "这次导入没有入库，或者已经撤销"
    later = RollImport.objects.filter(
        election=batch.election_id, state=RollImport.State.DONE, ended_at__gt=batch.ended_at
    )
    return "后来又导入过名单。请先撤销后来的那一次。" if later.exists() else None


def _insist_possible(held: Election, actor: Actor) -> None:
    insist(
        held,
        (law.REGISTRATION_ANNOUNCED, reason_against(actor, "roll.import", held)),
        (law.RIGHT_TO_VOTE, poll_day_known(held)),
    )


def _batch(held: Election, given: Given, actor: Actor) -> RollImport:
    return RollImport(
        id=uuid.uuid4(),
        election=held,
        kind=given.kind,
        file_name=given.name,
        file_hash=given.fingerprint,
        made_by=actor.user,
    )


def insist_kept(batch: RollImport) -> RollImport:
    """The import, if its table is still there: published, taken back, given up or not yet read, it has none."""
    if not batch.source_sealed:
        raise _ended(batch)
    return batch


def _ended(batch: RollImport) -> Overtaken:
    return Overtaken(f"这次导入{batch.get_state_display()}，不能再改。请返回名单查看。")


def hold_open(batch: RollImport, actor: Actor, version: int) -> RollImport:
    """The open import, locked with its election, if it is still as the page showed it."""
    held = lock(batch.election)
    _insist_possible(held, actor)
    fresh = RollImport.objects.select_for_update(of=("self",)).get(pk=batch.pk, election=held)
    fresh.election = held
    if fresh.state != RollImport.State.OPEN:
        raise _ended(fresh)
    if fresh.version != version:
        raise Overtaken("这次导入刚刚已由他人修改。请查看新的检查结果后再办。")
    fresh.version += 1
    return fresh


def judge_again(batch: RollImport, actor: Actor, today: date) -> RollImport:
    """Judge an open import after a decision. Whom a typed number meets elsewhere counts as on the page (C10)."""
    held, met = batch.election, importing.met_in(batch.said)
    asking.insist_may_ask(held, actor)
    work = importing.work_of(batch)
    plan = importing.check(held, work, today=today, names_villages=names_villages(actor, held))
    batch.summary = plan.report.summary().text
    batch.save()
    asking.note_typed(batch, actor, met)
    return batch


def _store(held: Election, work: Work, batch: RollImport, actor: Actor, today: date) -> Plan:
    """Judge and store. Whoever is listed elsewhere in the same moment is found by judging again (C83)."""
    for _ in range(ATTEMPTS):
        plan = importing.check(held, work, today=today, names_villages=names_villages(actor, held))
        try:
            with transaction.atomic():
                importing.store(plan, batch)
                return plan
        except (IntegrityError, OperationalError):
            continue
    raise Overtaken("同时有其他村在登记相同的人，这次没有导入。请稍后再试。")


def _finish(held: Election, batch: RollImport, plan: Plan, actor: Actor) -> None:
    batch.state, batch.ended_by, batch.ended_at = RollImport.State.DONE, actor.user, timezone.now()
    batch.file_sealed = b""
    batch.summary = plan.report.summary().text
    batch.before_sealed = importing.picture_before(plan, batch)
    if plan.with_outcome(Outcome.NEW, Outcome.CHANGED) or not batch._state.adding:
        batch.save()
        obj: Any = batch
    else:
        obj = held  # nothing changed: the same file once more leaves no record but this line
    write(
        held, "roll.imported", actor, obj, {"file": batch.file_hash, "known": plan.report.known} | plan.report.figures()
    )


def _end(batch: RollImport, state: str, actor: Actor) -> None:
    batch.state, batch.ended_by, batch.ended_at = state, actor.user, timezone.now()
    batch.file_sealed = batch.source_sealed = batch.repairs_sealed = batch.before_sealed = b""
    batch.version += 1
    batch.save()


def continue_import(batch: RollImport, *, actor: Actor, today: date) -> RollImport:
    """Open again what was left over by an import, with everything that was already decided about its rows."""
    held = lock(batch.election)
    _insist_possible(held, actor)
    insist_kept(batch)
    given = Given(batch.file_name, RollImport.Kind(batch.kind), batch.file_hash, importing.sheet_of(batch))
    again = _batch(held, given, actor)
    again.headings_mark = batch.headings_mark
    work = importing.work_of(batch)
    importing.keep_sheet(again, work.sheet)
    again.choices = batch.choices
    importing.keep_repairs(again, {number: dict(cells) for number, cells in work.repairs.items()})
    plan = importing.check(held, importing.work_of(again), today=today, names_villages=names_villages(actor, held))
    again.summary = plan.report.summary().text
    again.save(force_insert=True)
    write(held, "roll.import_opened", actor, again, {"file": batch.file_hash} | plan.report.figures())
    return again


def note_download(batch: RollImport, *, actor: Actor) -> None:
    """The rows with their reasons hold full numbers: who takes them is noted before (C98)."""
    write(lock(batch.election), DOWNLOADED, actor, batch, {"file": batch.file_hash})
