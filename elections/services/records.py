"""Recording the facts of a stage: one row of one table at a time, with a journal line of figures and dates."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from elections import journal
from elections import models as rows
from elections.models import Election, Removal
from elections.permissions import Actor
from elections.rules import machine
from elections.selectors.persons import Chosen
from elections.selectors.removals import open_removals
from elections.services.act import act
from elections.services.hold import Overtaken
from elections.services.labels import call, call_as_now
from elections.services.lines import figures, note, picture, unchanged
from elections.services.persons import persons_of

People = Mapping[str, Chosen]  # a row's key to a person → who was named

ROWS: dict[type[models.Model], tuple[str, str]] = {  # how the journal and how people call a row
    rows.WorkingBody: ("workingbody", "工作机构"),
    rows.Survey: ("survey", "调查摸底"),
    rows.Talks: ("talks", "谈心谈话"),
    rows.Training: ("training", "换届培训"),
    rows.Meeting: ("meeting", "会议"),
    rows.CommitteeMember: ("committeemember", "选举委员会成员"),
    rows.Kinship: ("kinship", "亲属关系"),
    rows.Posting: ("posting", "张贴"),
    rows.PollArrangement: ("pollarrangement", "投票安排"),
    rows.StaffMember: ("staffmember", "选举工作人员"),
    rows.ResultReport: ("resultreport", "结果公布和备案"),
    rows.HandoverItem: ("handoveritem", "移交项目"),
    rows.Handover: ("handover", "移交签字"),
    rows.ArchiveItem: ("archiveitem", "归档材料"),
    rows.PartyRecord: ("partyrecord", "党组织换届记录"),
    rows.SupervisionRecord: ("supervisionrecord", "监督委员会推选记录"),
    rows.SupervisionMember: ("supervisionmember", "监督委员会成员"),
}
VERBS = {"added": "登记", "changed": "修改"}


@act({f"{name}.{verb}": word + what for name, what in ROWS.values() for verb, word in VERBS.items()})
def record(election: Election, row: models.Model, *, actor: Actor, people: People | None = None) -> models.Model:
    """Save ``row`` as a fact of ``election``. The journal notes dates, figures and choices, never what was typed.

    ``people``: who was named in the form, by the row's keys to persons. Raises :class:`Overtaken` when the row was
    taken out meanwhile.
    """
    was = picture(row)
    if not (was or row._state.adding):
        raise _gone(row)
    named = people or {}
    for key, person in zip(named, persons_of([*named.values()], election.village, actor=actor), strict=True):
        call(row, key, person, election.village)
    row.save()
    name, _ = ROWS[type(row)]
    note(row, figures(row), was=was, name=f"{name}.changed" if was else f"{name}.added")
    return row


@act("row.removed", "删除一项登记")
def remove(election: Election, row: models.Model, *, actor: Actor) -> Removal:
    """Take a row out as it stands now; it can be put back for a day.

    Raises :class:`Overtaken` when somebody else took it out: put back twice, an old row would replace a new one.
    """
    now = type(row)._default_manager.filter(pk=row.pk).first()
    if now is None:
        raise _gone(row)
    removal = Removal.objects.create(
        election=election,
        what=str(row._meta.verbose_name),
        data=Removal.text_of(now),
        removed_by=actor.user,
    )
    reference, said = journal.reference(now), figures(now)
    now.delete()
    note(reference, {"removal": removal.pk, "before": said, "after": {}})
    return removal


@act("row.restored", "恢复一项登记")
def restore(election: Election, removal: Removal, *, actor: Actor) -> None:
    """Put a removed row back as it was, within a day. Does nothing the second time.

    Raises :class:`machine.Refused` when the same thing has been recorded anew since.
    """
    if not open_removals(election).filter(pk=removal.pk).update(restored_at=timezone.now()):
        unchanged(None)
        return
    found = removal.row()
    call_as_now(found.object, election)
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        text = f"{removal.what}已经重新登记，不能再恢复删除的一行"
        raise machine.Refused([machine.Problem("not_again", text, "", soft=False)]) from None
    note(found.object, {"removal": removal.pk, "before": {}, "after": figures(found.object)})


def _gone(row: models.Model) -> Overtaken:
    return Overtaken(f"这一行（{row._meta.verbose_name}）刚刚已由他人删除。请刷新页面后再看。")
