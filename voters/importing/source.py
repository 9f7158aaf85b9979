"""Sources of rows — a file, a paste, the roll of the last term — kept under seal between the steps."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import PurePath

from elections.models import Election
from elections.rules.kinds import SEXES
from voters import spreadsheet
from voters.importing.staging import keep_choices, keep_sheet
from voters.importing.uncollected import uncollected
from voters.models import Category, RollImport, Voter
from voters.rules import columns
from voters.sealing import open_column, pack, unpack
from voters.selectors.publishing import last_election
from voters.selectors.roll import roll_of
from voters.spreadsheet.writing import without_ours

NUMBER = re.compile(r"\d{8,}")
LONGEST_NAME = 120
GONE = ("DIED", "MOVED", "DUPLICATE")  # who was left out last time for these does not come back by copying


@dataclass(frozen=True)
class SourceTable:
    """A table as it came in: what it was called, where from, its fingerprint; its file when there is more in it."""

    name: str
    kind: RollImport.Kind
    fingerprint: str
    sheet: spreadsheet.Sheet
    file: bytes = b""

    @classmethod
    @uncollected
    def read(cls, data: bytes, name: str, *, sheet: str = "", limit: int = spreadsheet.FILE_BYTES) -> SourceTable:
        """Read an uploaded file. Raises :class:`spreadsheet.FileFault`; nothing is stored."""
        table = spreadsheet.rows(data, name, sheet=sheet, limit=limit)
        rest = data if len(table.names) > 1 else b""
        return cls(safe_name(name), RollImport.Kind.FILE, hashlib.sha256(data).hexdigest(), table, rest)

    @classmethod
    def pasted(cls, text: str) -> SourceTable:
        """Read what was pasted from a spreadsheet. Raises like :meth:`read`."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        return cls("粘贴的名单", RollImport.Kind.PASTE, digest, spreadsheet.pasted(text))

    @classmethod
    def last_term(cls, election: Election) -> SourceTable:
        """Return the roll of the last term as a table. Raises ``LookupError`` when there is none."""
        earlier = last_election(election)
        if earlier is None:
            raise LookupError(election.pk)
        table = _table_of(earlier)
        digest = hashlib.sha256(f"{earlier.pk}:{len(table.rows)}".encode()).hexdigest()
        return cls(f"上届名单（{earlier.cycle.name}）"[:LONGEST_NAME], RollImport.Kind.LAST_TERM, digest, table)


def _table_of(election: Election) -> spreadsheet.Sheet:
    """Return a stored roll as if it were a file; whether they take part people have to state anew."""
    voters = list(roll_of(election).exclude(omission__in=GONE).order_by("place", "number", "name"))
    opened = (open_column(name, voters) for name in ("id_number", "address", "phone"))
    rows = [
        (number, _cells(voter, *sealed))
        for number, (voter, *sealed) in enumerate(zip(voters, *opened, strict=True), start=2)
    ]
    mapping = {column: place for place, column in enumerate(columns.COLUMNS)}
    return spreadsheet.Sheet(columns.COLUMNS, 1, mapping, rows)


def _cells(voter: Voter, number: str, address: str, phone: str) -> list[str]:
    return [
        voter.name, number, SEXES[voter.sex], voter.ethnicity, voter.group, voter.household, address, phone,
        Category(voter.category).label, "", voter.party, voter.remark,
    ]  # fmt: skip


def safe_name(name: str) -> str:
    """Return the name for people's eyes: no path, no number of a person."""
    return NUMBER.sub("*", PurePath(name.replace("\\", "/")).name)[:LONGEST_NAME] or "名单"


def keep_source(batch: RollImport, given: SourceTable) -> None:
    """Seal a table into a batch, with the columns that were pointed out for a file of this shape before; not saved."""
    keep_sheet(batch, given.sheet)
    keep_file(batch, given.file)
    batch.headings_mark = mark_of(given.sheet)
    earlier = RollImport.objects.filter(
        election__village=batch.election.village_id, headings_mark=batch.headings_mark, state=RollImport.State.DONE
    ).first()
    mapping = earlier.chosen.mapping if earlier else None
    if mapping:
        keep_choices(batch, mapping=mapping)


def mark_of(sheet: spreadsheet.Sheet) -> str:
    """Return which columns a file has, without their words; its faulty rows, taken away and brought back, have the
    same."""
    return hashlib.sha256("\x1f".join(without_ours(sheet.headings)).encode()).hexdigest()


def keep_file(batch: RollImport, data: bytes) -> None:
    """Seal the file itself; not saved."""
    batch.file_sealed = pack(base64.b64encode(data).decode(), batch, "file_sealed") if data else b""


def file_of(batch: RollImport) -> bytes:
    """Return the file that was kept, empty when none was."""
    return base64.b64decode(unpack(batch.file_sealed, batch, "file_sealed") or "")
