"""Noting a change of one person's row: what it was, what it became, who, when, why."""

from __future__ import annotations

import uuid
from typing import Any

from elections.models import Election
from elections.permissions import Actor
from elections.rules.kinds import SEXES
from elections.services.act import part
from elections.services.lines import differences
from voters.models import LISTING, Category, Evidence, Omission, RollChange, RollObjection, Voter
from voters.rules import columns
from voters.sealing import open_column, pack
from voters.selectors.roll import is_published

POSTED = frozenset((columns.NAME, columns.SEX, columns.GROUP, columns.CATEGORY, LISTING))  # what a notice shows (VR-19)
PLAIN = {
    columns.NAME: "name",
    columns.ETHNICITY: "ethnicity",
    columns.GROUP: "group",
    columns.HOUSEHOLD: "household",
    columns.PARTY: "party",
    columns.REMARK: "remark",
}
SEALED = {columns.ID_NUMBER: "id_number", columns.PHONE: "phone", columns.ADDRESS: "address"}


def seen(voter: Voter, circumstances: Evidence | None) -> dict[str, str]:
    """Return everything about one person, as texts: column → what it says. Holds numbers in clear: only ever sealed."""
    said = {column: getattr(voter, name) for column, name in PLAIN.items()}
    said |= {column: open_column(name, [voter])[0] for column, name in SEALED.items()}
    said[columns.SEX] = SEXES[voter.sex]
    said[columns.CATEGORY] = Category(voter.category).label
    said[columns.STATED] = "是" if voter.stated else "否"
    said["出生日期"] = voter.birth.isoformat()
    said[LISTING] = "列入" if voter.listed else f"不列入：{Omission(voter.omission).label}"
    for field in Evidence._meta.concrete_fields if circumstances else ():
        value = getattr(circumstances, field.attname)
        if not field.primary_key and value:
            said[str(field.verbose_name)] = str(value)
    return said


@part
def keep(
    held: Election,
    voter: Voter,
    kind: str,
    before: dict[str, str],
    after: dict[str, str],
    *,
    actor: Actor,
    reason: str = "",
    objection: RollObjection | None = None,
    cause: str = "",
) -> RollChange:
    """Save the change; the caller then saves the voter with ``last_change`` naming it."""
    changed = [column for column in {**before, **after} if before.get(column, "") != after.get(column, "")]
    published = is_published(held)
    change = RollChange(
        id=uuid.uuid4(),
        election=held,
        voter=voter,
        kind=kind,
        reason=reason.strip(),
        cause=cause if published else "",
        objection=objection,
        after_publication=published,
        posted=published and bool(POSTED & set(changed)),
        columns="、".join(changed)[:200],
        made_by=actor.user,
    )
    change.before_sealed = pack({column: before.get(column, "") for column in changed}, change, "before_sealed")
    change.after_sealed = pack({column: after.get(column, "") for column in changed}, change, "after_sealed")
    change.save(force_insert=True)
    return change


def coded_choices(voter: Voter) -> dict[str, Any]:
    """Return what the journal may hold of a row: its place on the list, its coded choices."""
    return {name: getattr(voter, name) for name in ("listed", "omission", "category", "checked")}


def journal_details(change: RollChange, voter: Voter, was: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return what the journal may hold of a change: how many things, whether it is to be posted. No person, no
    number."""
    return {
        "change": str(change.pk),
        "kind": change.kind,
        "columns": len([name for name in change.columns.split("、") if name]),
        "posted": change.posted,
        "cause": change.cause,
        "objection": change.objection_id,
        "listed": voter.listed,
        "omission": voter.omission,
    } | (differences(was, coded_choices(voter)) if was else {})
