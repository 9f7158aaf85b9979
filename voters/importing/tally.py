"""A tally of the people whom somebody's files met in other villages."""

from __future__ import annotations

from elections import journal
from voters.hourly_limits import FILES, count
from voters.models import Figures, RollImport

MET = "roll.elsewhere_met"
CODE = "DUP_ELSEWHERE"


def people_met_in(said: Figures | None) -> int:
    """Return how many rows of an import are of people listed in other villages."""
    return sum(times for code, times in (said.codes if said else {}).items() if code.endswith(f":{CODE}"))


def note_file(batch: RollImport) -> None:
    """Count and write down whom a file met; nobody chose the numbers of the last term's roll."""
    people = people_met_in(batch.said)
    if people and batch.kind != RollImport.Kind.LAST_TERM:
        count(batch.made_by, FILES, people)
        code, obj = batch.election.village_id, journal.reference(batch)
        journal.record(code, MET, actor=batch.made_by, obj=obj, details={"body": batch.election.body, "count": people})
