"""Keeping a table under seal between the steps of an import, and what was decided about its rows."""

from __future__ import annotations

from typing import Any

from voters.importing.plan import Work
from voters.importing.uncollected import uncollected
from voters.models import RollImport
from voters.sealing import pack, unpack
from voters.spreadsheet import Sheet


def keep_sheet(batch: RollImport, sheet: Sheet) -> None:
    """Seal a table into a batch; not saved."""
    said = {
        "headings": sheet.headings,
        "header_row": sheet.header_row,
        "mapping": sheet.mapping,
        "name": sheet.name,
        "names": sheet.names,
        "rows": list(sheet.rows),
    }
    batch.source_sealed = pack(said, batch, "source_sealed")


@uncollected
def sheet_of(batch: RollImport) -> Sheet:
    """Return the table that was kept. Raises ``LookupError`` when it is gone (the roll was published)."""
    said = unpack(batch.source_sealed, batch, "source_sealed")
    if said is None:
        raise LookupError(batch.pk)
    rows = [(number, cells) for number, cells in said["rows"]]
    return Sheet(tuple(said["headings"]), said["header_row"], said["mapping"], rows, said["name"], tuple(said["names"]))


def work_of(batch: RollImport) -> Work:
    """Return the table with everything people decided about it."""
    sheet, made = sheet_of(batch), batch.chosen
    repairs = unpack(batch.repairs_sealed, batch, "repairs_sealed") or {}
    return Work(
        sheet,
        sheet.mapping if made.mapping is None else made.mapping,
        {int(number): cells for number, cells in repairs.items()},
        frozenset(made.ticks or ()),
        frozenset(made.skips or ()),
    )


def keep_choices(batch: RollImport, **changed: Any) -> None:
    """Note choices; not saved."""
    batch.choices = batch.chosen._replace(**changed).text


def keep_repairs(batch: RollImport, repairs: dict[int, dict[str, Any]]) -> None:
    """Seal repairs; not saved."""
    batch.repairs_sealed = pack(repairs, batch, "repairs_sealed") if repairs else b""
