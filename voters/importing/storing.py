"""New and changed rows into the database, in bulk: COPY on PostgreSQL, executemany on SQLite (5.12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from elections.models import Election
from elections.pinyin import initials
from voters.importing.bulk import copy_in, update_many
from voters.importing.comparing import BY_HAND, PLAIN, SEALED
from voters.importing.kept import UPDATED, as_kept
from voters.importing.plan import Judged, Outcome, Plan
from voters.models import RollImport, Voter
from voters.ordering import place_of
from voters.sealing import seal_column

INSERTED = (
    "id", "election_id", "cycle_id", "id_index", "name", "initials", "sex", "birth", "ethnicity", "group",
    "household", "place", "party", "category", "stated", "remark", "id_sealed", "phone_sealed", "address_sealed",
    "listed", "omission", "evidence", "checked", "in_force", "by_hand", "row_mark", "source_id", "version",
)  # fmt: skip
FROM_FILE = "导入名单"


def store(plan: Plan, batch: RollImport) -> None:
    """Write what is new and what is changed; part of the transaction of the act."""
    release_annulled(plan.election)
    new, changed = plan.with_outcome(Outcome.NEW), plan.with_outcome(Outcome.CHANGED)
    new.sort(key=lambda each: str(each.index))  # two villages at once take the index in one order: no deadlock
    copy_in(connection, Voter._meta.db_table, INSERTED, _inserts(plan.election, new, batch.pk))
    changed.sort(key=lambda each: each.known.pk)
    update_many(connection, Voter, UPDATED, _updates(changed, plan.columns, batch.pk))


def release_annulled(election: Election) -> None:
    """People of an annulled attempt of this village may be registered again."""
    earlier = Voter.objects.filter(election__village=election.village_id, cycle=election.cycle_id, in_force=True)
    earlier.filter(election__attempt__lt=election.attempt).update(in_force=False)


def _inserts(election: Election, rows: Sequence[Judged], batch: UUID) -> Iterable[tuple[Any, ...]]:
    ids = [uuid4() for _ in rows]
    numbers = seal_column("id_number", zip(ids, (each.row.id_number for each in rows), strict=True))
    phones = seal_column("phone", zip(ids, (each.row.phone for each in rows), strict=True))
    addresses = seal_column("address", zip(ids, (each.row.address for each in rows), strict=True))
    for each, pk, number, phone, address in zip(rows, ids, numbers, phones, addresses, strict=True):
        row, listing = each.row, each.listing
        assert listing is not None  # judged before it is stored
        yield (
            pk, election.pk, election.cycle_id, each.index, row.name, initials(row.name), row.sex, row.birth,
            row.ethnicity, row.group, row.household, place_of(row.group, row.household), row.party, row.category.value,
            row.stated, row.remark, number, phone, address,
            listing.listed, listing.code.value if listing.code else "", FROM_FILE, each.checked, True, "", each.mark,
            batch, 0,
        )  # fmt: skip


def _updates(rows: Sequence[Judged], present: tuple[str, ...], batch: UUID) -> Iterable[tuple[UUID, tuple[Any, ...]]]:
    for each in rows:
        each.before = as_kept(each.known)
        voter = changed_voter(each, present)
        voter.source_id, voter.version = batch, voter.version + 1
        yield voter.pk, tuple(getattr(voter, name) for name in UPDATED)


def changed_voter(each: Judged, present: tuple[str, ...]) -> Voter:
    """The row of the roll with what the file says in place of what it said."""
    voter, row = each.known, each.row
    for column in present:
        if column in PLAIN:
            setattr(voter, PLAIN[column], getattr(row, PLAIN[column]))
        elif column in SEALED:
            name = SEALED[column]
            setattr(voter, f"{name}_sealed", seal_column(name, [(voter.pk, getattr(row, name))])[0])
    voter.category = str(voter.category)
    voter.initials, voter.place = initials(voter.name), place_of(voter.group, voter.household)
    if each.listing is not None:
        voter.listed = each.listing.listed
        voter.omission = each.listing.code.value if each.listing.code else ""
    voter.checked = voter.checked or each.checked
    replaced = {column for column, _, _ in each.changes}
    voter.by_hand = BY_HAND.join(name for name in voter.by_hand.split(BY_HAND) if name and name not in replaced)
    voter.row_mark = None if voter.by_hand else each.mark
    return voter
