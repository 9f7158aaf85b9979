"""The file of one large village, 3,000 people, on SQLite: opened and checked as the page does it, then stored.

Reach: checked within two seconds, stored within one. Floor: calamine reads the file.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.rolls import an_election, database, report, roll_file, seconds

PEOPLE = 3_000
ROUNDS = 3


def main() -> None:
    with database("sqlite"):
        election, clerk = an_election()
        data = roll_file(PEOPLE)
        checked, stored, floors = [], [], []
        for _ in range(ROUNDS):
            empty()
            opened: list = []
            checked.append(seconds(lambda opened=opened: opened.append(check(election, clerk, data))))
            stored.append(seconds(lambda opened=opened: store(opened[0], clerk)))
            floors.append(seconds(lambda: floor(data)))
        report("village_checked", PEOPLE, min(checked), None, min(floors), reach_seconds=2.0)
        report("village_stored", PEOPLE, min(stored), None, None, reach_seconds=1.0)


def check(election, clerk, data: bytes):
    """Step 1 of the page: the file opened, judged and kept under seal."""
    from django.db import transaction

    from tests.voters.make_voters import TODAY
    from voters.importing.source import SourceTable
    from voters.services import imports

    with transaction.atomic():
        return imports.open_import(election, SourceTable.read(data, "名单.xlsx"), actor=clerk, today=TODAY)


def store(batch, clerk) -> None:
    """Step 4: judged once more and stored."""
    from django.db import transaction

    from tests.voters.make_voters import TODAY
    from voters.services import imports

    with transaction.atomic():
        plan = imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    assert plan.report.new == PEOPLE, plan.report.figures()


def empty() -> None:
    from voters.models import Voter

    Voter.objects.all().delete()


def floor(data: bytes) -> None:
    from python_calamine import CalamineWorkbook

    for _ in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).iter_rows():
        pass


if __name__ == "__main__":
    main()
