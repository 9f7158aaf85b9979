"""A roll of 50,000 people into PostgreSQL, end to end: read, judge, encrypt, index, duplicates, store, journal.

Peer: django-import-export tuned with bulk (use_bulk, skip_diff, no dry run) doing the same job with the same table.
Floor: calamine reads the file and COPY takes lines that are ready. The second line is the corrected roll, 2 % changed.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.rolls import an_election, database, peak_mib, report, roll_file, seconds

PEOPLE = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
ROUNDS = 3
CHANGED_EVERY = 50


def main() -> None:
    with database("postgresql"):
        from benchmarks import roll_peer

        election, clerk = an_election()
        first, second = roll_file(PEOPLE), roll_file(PEOPLE, changed_every=CHANGED_EVERY)
        take(election, clerk, first, fresh=True)
        lines, peak, ours, floors, again = ready_lines(), peak_mib(), [], [], []
        for _ in range(ROUNDS):  # one after the other, so that whatever else the machine does weighs on both
            ours.append(seconds(lambda: take(election, clerk, first, fresh=True)))
            again.append(seconds(lambda: take(election, clerk, second)))
            floors.append(seconds(lambda: floor(first, lines)))
        peer = seconds(lambda: roll_peer.first(election, first))
        peer_again = seconds(lambda: roll_peer.corrected(election, second))
        report("roll_import", PEOPLE, min(ours), peer, min(floors), own_peak_mib=round(peak))
        report("roll_corrected", PEOPLE, min(again), peer_again, None)


def take(election, clerk, data: bytes, *, fresh: bool = False) -> None:
    """Our import, as the command makes it; ``fresh``: the table is emptied before the clock would notice."""
    from django.db import transaction

    from tests.voters.make_voters import TODAY
    from voters import spreadsheet
    from voters.services import imports

    if fresh:
        empty()
    with transaction.atomic():
        given = imports.SourceTable.read(data, "名单.xlsx", limit=spreadsheet.COMMAND_BYTES)
        said = imports.import_roll(election, given, actor=clerk, today=TODAY)
    expected = (PEOPLE, 0) if fresh else (0, -(-PEOPLE // CHANGED_EVERY))
    assert (said.new, said.changed) == expected, said.figures()


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE voters_voter CASCADE")


def ready_lines() -> bytes:
    """The table as COPY text."""
    from django.db import connection

    out = BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert("COPY voters_voter TO STDOUT", out)
    return out.getvalue()


def floor(data: bytes, lines: bytes) -> None:
    """What nobody can save: the parser, and the database taking bytes that are ready."""
    from django.db import connection, transaction
    from python_calamine import CalamineWorkbook

    empty()
    for _ in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).iter_rows():
        pass
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert("COPY voters_voter FROM STDIN", BytesIO(lines))


if __name__ == "__main__":
    main()
