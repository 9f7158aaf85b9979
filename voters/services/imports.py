"""Roll files on their way into the roll: opened, looked into, imported all or nothing, undone until publication."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from elections.models import Election
from elections.permissions import Actor, why_not_allowed
from elections.rules import law
from elections.services import jobs
from elections.services.act import act, part
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.lines import differences, note, unchanged
from voters.hourly_limits import UPLOADS, spend
from voters.importing.checking import check
from voters.importing.plan import Outcome, Plan, Work
from voters.importing.report import Report
from voters.importing.source import SourceTable, file_of, keep_file, keep_source, safe_name
from voters.importing.staging import keep_repairs, keep_sheet, sheet_of, work_of
from voters.importing.storing import store
from voters.importing.tally import people_met_in
from voters.importing.undoing import picture_before, put_back
from voters.models import RollImport
from voters.selectors.frozen import why_not_changed_freely, why_not_without_poll_day
from voters.services import elsewhere

OPENED, IMPORTED, DOWNLOADED = "roll.import_opened", "roll.imported", "roll.import_rows_downloaded"
UNTIL_IMPORTED = "what is decided about the rows of a file is told when the file is imported"
ATTEMPTS = 3  # when somebody listed in another village in the same moment


def names_villages(actor: Actor, election: Election) -> bool:
    """Return whether this person may learn in which other village somebody is listed."""
    return elsewhere.may_know_where(actor, election)


def rehearse(election: Election, given: SourceTable, *, actor: Actor, today: date) -> Plan:
    """Judge a table against the roll and change nothing. Raises :class:`machine.Refused` without an election day."""
    insist(election, (law.RIGHT_TO_VOTE, why_not_without_poll_day(election)))
    plan = check(election, Work.of(given.sheet), today=today, names_villages=names_villages(actor, election))
    plan.report.known = is_known(election, given.fingerprint)
    return plan


def is_known(election: Election, fingerprint: str) -> bool:
    """Return whether this very file was imported before, and that was not undone."""
    done = RollImport.objects.filter(election=election, file_hash=fingerprint, state=RollImport.State.DONE)
    return done.exists()


@act()
def import_roll(election: Election, given: SourceTable, *, actor: Actor, today: date) -> Report:
    """Read a whole table in one act, without questions: what is doubtful stays out (the command's way)."""
    _insist_possible(election, actor)
    batch = _batch(election, given, actor)
    plan = _store(election, Work.of(given.sheet), batch, actor, today)
    plan.report.known = is_known(election, given.fingerprint)
    _finish(election, batch, plan, actor)
    plan.report.committed = True
    return plan.report


@act(OPENED, "上传选民名单")
def open_import(election: Election, given: SourceTable, *, actor: Actor, today: date) -> RollImport:
    """Keep a table under seal and judge it for the first time. What was open before is given up."""
    _insist_possible(election, actor)
    spend(actor.user, UPLOADS)
    elsewhere.insist_may_upload(election, actor)
    _give_up_open(election, actor)
    batch = _batch(election, given, actor)
    keep_source(batch, given)
    plan = _first_plan(batch, actor, today)
    batch.save(force_insert=True)
    elsewhere.note_uploaded(batch, actor)
    note(batch, {"file": given.fingerprint} | plan.report.figures())
    return batch


def _give_up_open(held: Election, actor: Actor) -> None:
    waiting = (RollImport.State.OPEN, RollImport.State.READING)
    for earlier in RollImport.objects.filter(election=held, state__in=waiting):
        _end(earlier, RollImport.State.DROPPED, actor)


def _first_plan(batch: RollImport, actor: Actor, today: date) -> Plan:
    held = batch.election
    plan = check(held, work_of(batch), today=today, names_villages=names_villages(actor, held))
    plan.report.known = is_known(held, batch.file_hash)
    batch.summary = plan.report.summary().text
    return plan


@act("roll.import_queued", "上传较大的选民名单")
def queue_import(election: Election, data: bytes, name: str, *, actor: Actor) -> RollImport:
    """Keep a large file under seal and have it read in the background. What was open before is given up."""
    _insist_possible(election, actor)
    spend(actor.user, UPLOADS)
    elsewhere.insist_may_upload(election, actor)
    _give_up_open(election, actor)
    digest = hashlib.sha256(data).hexdigest()
    batch = RollImport(
        id=uuid.uuid4(),
        election=election,
        state=RollImport.State.READING,
        file_name=safe_name(name),
        file_hash=digest,
        made_by=actor.user,
    )
    keep_file(batch, data)
    batch.save(force_insert=True)
    batch.job = jobs.ask("roll_read", {"import": str(batch.pk)}, by=actor.user, area_code=election.village_id)
    batch.save(update_fields=["job"])
    note(batch, {"file": digest, "bytes": len(data)})
    return batch


@act(silent=UNTIL_IMPORTED)
def choose_sheet(batch: RollImport, sheet: str, *, actor: Actor, today: date, version: int) -> RollImport:
    """Read another sheet of the same file; what was decided about the rows of the first is forgotten."""
    batch = hold_open(batch, actor, version)
    given = SourceTable.read(file_of(batch), batch.file_name, sheet=sheet)
    batch.choices, batch.repairs_sealed = "{}", b""
    keep_source(batch, given)
    return judge_again(batch, actor, today)


@act(IMPORTED, "导入选民名单")
def commit_import(batch: RollImport, *, actor: Actor, today: date, version: int) -> Plan:
    """Put everything that can be imported into the roll: all of it or nothing. Raises :class:`Overtaken`."""
    batch = hold_open(batch, actor, version)
    held = batch.election
    plan = _store(held, work_of(batch), batch, actor, today)
    _finish(held, batch, plan, actor)
    return plan


@act("roll.import_dropped", "放弃导入选民名单")
def drop_import(batch: RollImport, *, actor: Actor) -> RollImport:
    """Give up an open import; nothing of it is kept."""
    held = batch.election
    batch = RollImport.objects.select_for_update().get(pk=batch.pk, election=held)
    was = batch.state
    if was not in (RollImport.State.OPEN, RollImport.State.READING):
        return unchanged(batch)
    _end(batch, RollImport.State.DROPPED, actor)
    note(batch, {"file": batch.file_hash} | differences({"state": was}, {"state": batch.state}))
    return batch


@act("roll.import_undone", "撤销导入选民名单")
def undo_import(batch: RollImport, *, actor: Actor) -> int:
    """Take a whole import back, until the roll is published. Return how many rows a person had changed since:
    those stay. Raises :class:`machine.Refused`."""
    held = batch.election
    batch = RollImport.objects.select_for_update().get(pk=batch.pk, election=held)
    insist(
        held,
        (law.ROLL_CHANGES, why_not_allowed(actor, "roll.import", held)),
        (law.ROLL_CHANGES, why_not_changed_freely(held)),
        (law.ROLL_CHANGES, why_not_undone(batch)),
    )
    was, kept = batch.state, put_back(batch)
    _end(batch, RollImport.State.UNDONE, actor)
    note(batch, {"file": batch.file_hash, "kept": kept} | differences({"state": was}, {"state": batch.state}))
    return kept


def why_not_undone(batch: RollImport) -> str | None:
    """Return why an import cannot be undone, apart from publication."""
    if batch.state != RollImport.State.DONE:
        return "这次导入没有入库，或者已经撤销"
    later = RollImport.objects.filter(
        election=batch.election_id, state=RollImport.State.DONE, ended_at__gt=batch.ended_at
    )
    return "后来又导入过名单。请先撤销后来的那一次。" if later.exists() else None


def _insist_possible(held: Election, actor: Actor) -> None:
    insist(
        held,
        (law.REGISTRATION_ANNOUNCED, why_not_allowed(actor, "roll.import", held)),
        (law.RIGHT_TO_VOTE, why_not_without_poll_day(held)),
    )


def _batch(held: Election, given: SourceTable, actor: Actor) -> RollImport:
    return RollImport(
        id=uuid.uuid4(),
        election=held,
        kind=given.kind,
        file_name=given.name,
        file_hash=given.fingerprint,
        made_by=actor.user,
    )


def insist_kept(batch: RollImport) -> RollImport:
    """Return the import, if its table is still there: published, taken back, given up or not yet read, it has none."""
    if not batch.source_sealed:
        raise _ended(batch)
    return batch


def _ended(batch: RollImport) -> Overtaken:
    return Overtaken(f"这次导入{batch.get_state_display()}，不能再改。请返回名单查看。")


@part
def hold_open(batch: RollImport, actor: Actor, version: int) -> RollImport:
    """Return the open import, locked with its election, if it is still as the page showed it."""
    held = batch.election
    _insist_possible(held, actor)
    fresh = RollImport.objects.select_for_update(of=("self",)).get(pk=batch.pk, election=held)
    fresh.election = held
    if fresh.state != RollImport.State.OPEN:
        raise _ended(fresh)
    if fresh.version != version:
        raise Overtaken("这次导入刚刚已由他人修改。请查看新的检查结果后再办。")
    fresh.version += 1
    return fresh


@part
def judge_again(batch: RollImport, actor: Actor, today: date) -> RollImport:
    """Judge an open import after a decision. Whom a typed number meets elsewhere counts as on the page."""
    held, met = batch.election, people_met_in(batch.said)
    elsewhere.insist_may_ask(held, actor)
    work = work_of(batch)
    plan = check(held, work, today=today, names_villages=names_villages(actor, held))
    batch.summary = plan.report.summary().text
    batch.save()
    elsewhere.note_typed(batch, actor, met)
    return batch


def _store(held: Election, work: Work, batch: RollImport, actor: Actor, today: date) -> Plan:
    """Judge and store. Whoever is listed elsewhere in the same moment is found by judging again."""
    for _ in range(ATTEMPTS):
        plan = check(held, work, today=today, names_villages=names_villages(actor, held))
        try:
            with transaction.atomic():
                store(plan, batch)
                return plan
        except (IntegrityError, OperationalError):
            continue
    raise Overtaken("同时有其他村在登记相同的人，这次没有导入。请稍后再试。")


def _finish(held: Election, batch: RollImport, plan: Plan, actor: Actor) -> None:
    batch.state, batch.ended_by, batch.ended_at = RollImport.State.DONE, actor.user, timezone.now()
    batch.file_sealed = b""
    batch.summary = plan.report.summary().text
    batch.before_sealed = picture_before(plan, batch)
    if plan.with_outcome(Outcome.NEW, Outcome.CHANGED) or not batch._state.adding:
        batch.save()
        obj: Any = batch
    else:
        obj = held  # nothing changed: the same file once more leaves no record but this line
    told = {"file": batch.file_hash, "known": plan.report.known} | plan.report.figures()
    note(obj, told, name=IMPORTED)


def _end(batch: RollImport, state: str, actor: Actor) -> None:
    batch.state, batch.ended_by, batch.ended_at = state, actor.user, timezone.now()
    batch.file_sealed = batch.source_sealed = batch.repairs_sealed = batch.before_sealed = b""
    batch.version += 1
    batch.save()


@act()
def continue_import(batch: RollImport, *, actor: Actor, today: date) -> RollImport:
    """Open again what was left over by an import, with everything that was already decided about its rows."""
    held = batch.election
    _insist_possible(held, actor)
    insist_kept(batch)
    given = SourceTable(batch.file_name, RollImport.Kind(batch.kind), batch.file_hash, sheet_of(batch))
    again = _batch(held, given, actor)
    again.headings_mark = batch.headings_mark
    work = work_of(batch)
    keep_sheet(again, work.sheet)
    again.choices = batch.choices
    keep_repairs(again, {number: dict(cells) for number, cells in work.repairs.items()})
    plan = check(held, work_of(again), today=today, names_villages=names_villages(actor, held))
    again.summary = plan.report.summary().text
    again.save(force_insert=True)
    note(again, {"file": batch.file_hash} | plan.report.figures(), name=OPENED)
    return again


@act(DOWNLOADED, "下载名单中的错误行")
def note_download(batch: RollImport, *, actor: Actor) -> None:
    """Note who takes the rows with their reasons, before they are given out: they hold full numbers."""
    note(batch, {"file": batch.file_hash})
