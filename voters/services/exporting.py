"""Lists with full numbers: a reason always, a second person above five hundred rows, every copy noted."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.lines import differences, note, picture
from voters.models import RollExport

ALONE_UP_TO = 500  # rows
LONGEST_QUERY = 2000  # characters of a filter as it stands in an address
OPEN_FOR = timedelta(hours=24)


@act("roll.export_asked", "申请导出带身份证号的名单")
def ask_export(election: Election, *, query: str, rows: int, reason: str, actor: Actor) -> RollExport:
    """Ask for a list with numbers. Up to five hundred rows it may be taken at once."""
    insist(
        election,
        (law.ROLL_PRIVACY, None if rows else "没有符合条件的人，不需要导出"),
        (law.ROLL_PRIVACY, None if len(query) <= LONGEST_QUERY else "查询条件太长，没有登记导出。请减少查询条件。"),
        (law.ROLL_PRIVACY, None if reason.strip() else "没有写明用途。请写明导出的用途。"),
    )
    last = RollExport.objects.filter(election=election).order_by("number").last()
    asked = RollExport.objects.create(
        election=election,
        number=last.number + 1 if last else 1,
        query=query,
        rows=rows,
        reason=reason.strip(),
        asked_by=actor.user,
    )
    note(asked, {"rows": rows, "number": asked.number})
    return asked


@act("roll.export_agreed", "同意导出带身份证号的名单")
def agree(asked: RollExport, *, actor: Actor) -> RollExport:
    """Note the second person's agreement; nobody agrees to their own request."""
    held = asked.election
    asked = RollExport.objects.select_for_update(of=("self",)).get(pk=asked.pk, election=held)
    if asked.agreed_by_id:
        raise Overtaken("这份名单已经有人同意导出。请刷新页面后再看。")
    same = "导出的人和同意的人不能是同一个人。请由另一人同意。" if asked.asked_by_id == actor.user.pk else None
    insist(held, (law.ROLL_PRIVACY, same))
    asked.agreed_by, asked.agreed_at = actor.user, timezone.now()
    asked.save(update_fields=["agreed_by", "agreed_at"])
    told = {"rows": asked.rows, "number": asked.number}
    note(asked, told | differences({"agreed": False}, {"agreed": True}))
    return asked


def why_not_yet(asked: RollExport) -> str | None:
    """Return what a copy still waits for."""
    if timezone.now() - (asked.agreed_at or asked.asked_at) > OPEN_FOR:
        return "已超过24小时，需要重新申请"
    return f"超过{ALONE_UP_TO}人，须另一人同意" if needs_another(asked) else None


def needs_another(asked: RollExport) -> bool:
    """Return whether a second person has to agree and has not: one list cut into small ones counts as one."""
    if asked.agreed_by_id is not None:
        return False
    mine = RollExport.objects.filter(election=asked.election_id, asked_by=asked.asked_by_id, agreed_by=None)
    lately = mine.filter(asked_at__gt=asked.asked_at - OPEN_FOR, number__lte=asked.number)
    return sum(lately.values_list("rows", flat=True)) > ALONE_UP_TO


@act("roll.export_taken", "下载带身份证号的名单")
def take(asked: RollExport, *, rows: int, actor: Actor) -> None:
    """Note a copy before it is given; ``rows``: how many it has now. Raises :class:`machine.Refused`."""
    held = asked.election
    other = None if asked.asked_by_id == actor.user.pk else "只能由申请的人下载"
    grown = f"名单已增加到{rows}人，多于申请时的{asked.rows}人，需要重新申请" if rows > asked.rows else None
    insist(held, (law.ROLL_PRIVACY, why_not_yet(asked)), (law.ROLL_PRIVACY, other), (law.ROLL_PRIVACY, grown))
    was = picture(asked)
    RollExport.objects.filter(pk=asked.pk).update(taken=F("taken") + 1)
    asked.refresh_from_db(fields=["taken"])
    note(asked, {"rows": asked.rows, "number": asked.number}, was=was)
