"""One person at a time: registering and correcting (VR-06, VR-07)."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from elections.models import Election
from elections.permissions import Actor
from elections.rules.pinyin import initials
from elections.services.act import act
from elections.services.lines import note, unchanged
from voters.models import Evidence, RollChange, RollObjection, Voter
from voters.persons import circumstances_of
from voters.rules import columns
from voters.rules.ordering import place_of
from voters.rules.rows import Row
from voters.sealing import index_of, seal_into
from voters.selectors.duplicates import listed_elsewhere
from voters.services import elsewhere, judging
from voters.services.changes import coded_choices, journal_details, keep, seen
from voters.services.proxies import end_off_roll

FROM_ROW = ("name", "sex", "birth", "ethnicity", "group", "household", "party", "stated", "remark")


@act("roll.registered", "登记选民")
def register_voter(
    election: Election,
    row: Row,
    *,
    circumstances: Mapping[str, Any],
    checked: bool,
    actor: Actor,
    reason: str = "",
    objection: RollObjection | None = None,
    cause: str = "",
    despite_elsewhere: bool = False,
) -> Voter:
    """Register one person; the rules decide whether they are listed, or why not.

    ``circumstances``: fields of :class:`Evidence`. ``despite_elsewhere``: keep the row off the list until the township has
    looked into it. Raises :class:`machine.Refused` (no reason), :class:`RegisteredHere`, :class:`ListedElsewhere`.
    """
    judging.insist_open(election, reason)
    index = index_of(election.cycle_id, row.id_number)
    judging.insist_not_here(election, index)
    elsewhere.insist_may_ask(election, actor)
    in_another = bool(listed_elsewhere(election, [index]))
    if in_another and not despite_elsewhere:
        raise judging.ListedElsewhere.of(election)
    voter = _new(election, row, index, checked)
    evidence = Evidence(voter=voter, **circumstances) if circumstances else None
    judging.judge(election, voter, evidence, elsewhere=in_another)
    change = keep(
        election, voter, RollChange.Kind.REGISTER, {}, seen(voter, evidence),
        actor=actor, reason=reason, objection=objection, cause=cause,
    )  # fmt: skip
    judging.insert(election, voter, evidence, change)
    elsewhere.note_row(election, actor, voter)
    note(voter, journal_details(change, voter))
    return voter


@act("roll.corrected", "更正选民登记")
def correct_voter(
    voter: Voter,
    row: Row,
    *,
    circumstances: Mapping[str, Any],
    checked: bool,
    version: int,
    actor: Actor,
    reason: str = "",
    objection: RollObjection | None = None,
) -> Voter:
    """Correct one row; what was typed by hand is kept against later files.

    Raises :class:`Overtaken` when the row is no longer of ``version``, and like :func:`register_voter`.
    """
    held = voter.election
    judging.insist_open(held, reason)
    voter = judging.fresh(held, voter, version)
    index = index_of(held.cycle_id, row.id_number)
    anew = index != voter.id_index
    if anew:
        judging.insist_not_here(held, index)
        elsewhere.insist_may_ask(held, actor)
    before, was = seen(voter, circumstances_of(voter)), coded_choices(voter)
    _fill(voter, row, index, checked)
    evidence = _changed_circumstances(voter, circumstances)
    judging.judge_again(held, voter, evidence)
    after = seen(voter, evidence)
    if before == after and was["checked"] == voter.checked:
        return unchanged(voter)
    change = keep(held, voter, RollChange.Kind.CORRECT, before, after, actor=actor, reason=reason, objection=objection)
    judging.remember_by_hand(voter, [name for name in columns.COLUMNS if before.get(name) != after.get(name)])
    judging.update(held, voter, evidence, change)
    if anew:
        elsewhere.note_row(held, actor, voter)
    end_off_roll(held, actor=actor, today=timezone.localdate(change.made_at))
    note(voter, journal_details(change, voter, was))
    return voter


def _new(held: Election, row: Row, index: uuid.UUID, checked: bool) -> Voter:
    voter = Voter(id=uuid.uuid4(), election=held, cycle_id=held.cycle_id)
    _fill(voter, row, index, checked)
    voter.by_hand = judging.BY_HAND.join(columns.COLUMNS)
    return voter


def _fill(voter: Voter, row: Row, index: uuid.UUID, checked: bool) -> None:
    for name in FROM_ROW:
        setattr(voter, name, getattr(row, name))
    voter.category = str(row.category)
    voter.initials, voter.place = initials(row.name), place_of(row.group, row.household)
    voter.id_index, voter.checked = index, voter.checked or checked
    seal_into(voter, id_number=row.id_number, phone=row.phone, address=row.address)


def _changed_circumstances(voter: Voter, circumstances: Mapping[str, Any]) -> Evidence | None:
    known = circumstances_of(voter)
    if not circumstances and known is None:
        return None
    before = {field.attname: getattr(known, field.attname) for field in Evidence._meta.concrete_fields} if known else {}
    return Evidence(**{**before, **circumstances, "voter_id": voter.pk})
