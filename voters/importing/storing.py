"""New and changed rows into the database, in bulk: COPY on PostgreSQL, executemany on SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from elections.models import Election
from elections.rules.pinyin import initials
from voters.importing.bulk import Columns, insert_many, update_many
from voters.importing.comparing import BY_HAND, PLAIN, SEALED
from voters.importing.kept import UPDATED, as_kept
from voters.importing.plan import Judged, Outcome, Plan
from voters.importing.uncollected import uncollected
from voters.models import RollImport, Voter, Young
from voters.rules.ordering import place_of
from voters.rules.rows import Row, cells_of
from voters.sealing import indexes_of, pack, seal_column

# What a new row holds; the rest has a default in the database.
INSERTED = (
    "id", "election_id", "cycle_id", "source_id", "id_index", "row_mark", "name", "initials", "sex", "birth",
    "ethnicity", "group", "household", "place", "party", "category", "stated", "remark", "listed", "omission",
    "checked", "id_sealed", "phone_sealed", "address_sealed",
)  # fmt: skip
ROWS_A_PIECE = 1_000  # little enough that the database takes one while the next is made


@uncollected
def store(plan: Plan, batch: RollImport) -> None:
    """Write what is new and what is changed; part of the transaction of the act."""
    release_annulled(plan.election)
    new, changed = plan.with_outcome(Outcome.NEW), plan.with_outcome(Outcome.CHANGED)
    new.sort(key=lambda each: each.index.int if each.index else 0)  # in one order everywhere: no deadlock
    insert_many(connection, Voter._meta.db_table, INSERTED, _inserts(plan.election, new, batch.pk))
    _set_aside(plan, batch)
    changed.sort(key=lambda each: each.known.pk)
    update_many(connection, Voter, UPDATED, _updates(changed, plan.columns, batch.pk))


def _set_aside(plan: Plan, batch: RollImport) -> None:
    """Keep people too young for election day under seal: the day may move (VR-05)."""
    young = plan.with_outcome(Outcome.UNDER_AGE)
    if not young:
        return
    indexes = indexes_of(plan.election.cycle_id, [each.row.id_number for each in young])
    Young.objects.filter(election=plan.election, id_index__in=indexes).delete()
    kept = [
        Young(id=uuid4(), election=plan.election, id_index=index, birth=each.row.birth or date.min, source=batch)
        for each, index in zip(young, indexes, strict=True)
    ]
    for one, each in zip(kept, young, strict=True):
        one.row_sealed = pack(cells_of(each.row), one, "row_sealed")
    Young.objects.bulk_create(kept, ROWS_A_PIECE)


def release_annulled(election: Election) -> None:
    """Let people of an annulled attempt of this village be registered again."""
    if election.attempt == 1:
        return
    mine = Voter.objects.filter(election__village=election.village_id, cycle=election.cycle_id, in_force=True)
    earlier = mine.filter(election__body=election.body, election__attempt__lt=election.attempt)
    earlier.update(in_force=False)


def _inserts(election: Election, rows: Sequence[Judged], batch: UUID) -> Iterator[Columns]:
    """Yield new rows, a piece at a time, by column."""
    for start in range(0, len(rows), ROWS_A_PIECE):
        yield _piece(election, rows[start : start + ROWS_A_PIECE], batch)


def _piece(election: Election, judged: Sequence[Judged], batch: UUID) -> Columns:
    ids, of = [uuid4() for _ in judged], _columns(judged)
    sealed = [seal_column(name, zip(ids, of[name], strict=True)) for name in ("id_number", "phone", "address")]
    return [
        ids,
        *([value] * len(ids) for value in (election.pk, election.cycle_id, batch)),
        [each.index for each in judged],
        [each.mark for each in judged],
        of["name"],
        list(map(initials, of["name"])),
        of["sex"],
        of["birth"],
        of["ethnicity"],
        of["group"],
        of["household"],
        list(map(place_of, of["group"], of["household"])),
        of["party"],
        list(map(str, of["category"])),
        of["stated"],
        of["remark"],
        [each.decided.listed for each in judged],
        [str(each.decided.code or "") for each in judged],
        [each.checked for each in judged],
        *sealed,
    ]


def _columns(judged: Sequence[Judged]) -> dict[str, Sequence[Any]]:
    """Return the rows turned over: all values of each field."""
    return dict(zip(Row._fields, zip(*(each.row for each in judged), strict=True), strict=True))


def _updates(rows: Sequence[Judged], present: tuple[str, ...], batch: UUID) -> Iterable[tuple[UUID, tuple[Any, ...]]]:
    for each in rows:
        each.before = as_kept(each.known)
        voter = changed_voter(each, present)
        voter.source_id, voter.version = batch, voter.version + 1
        yield voter.pk, tuple(getattr(voter, name) for name in UPDATED)


def changed_voter(each: Judged, present: tuple[str, ...]) -> Voter:
    """Return the row of the roll with what the file says in place of what it said."""
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
    voter.row_mark = None if voter.by_hand else UUID(each.mark)
    return voter
