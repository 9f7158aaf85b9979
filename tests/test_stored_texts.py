"""Every text that is stored as JSON has one place that reads it; nobody else takes it apart."""

from __future__ import annotations

from tests.house import APPS, ROOF, ROOT

READERS = {
    "candidates/models.py",  # FormalList.snapshot
    "elections/documents/fingerprint.py",  # Paper.snapshot
    "elections/models/cycles.py",  # Removal.data
    "elections/models/journal.py",  # JournalEntry.body
    "elections/rules/counting/stored.py",  # Round.contest, Round.outcome, CountSheet.votes, CountSheet.write_ins
    "elections/rules/policy.py",  # Election.policy_values
    "elections/selectors/digest.py",  # Summary
    "elections/services/team_lists.py",  # TeamList.written
    "office/teams/checking.py",  # a list of teams between two pages, under seal
    "voters/models/imports.py",  # RollImport.summary, RollImport.choices
    "voters/models/published.py",  # RollVersion.snapshot
    "voters/sealing.py",  # sealed packets
}
# JSON that comes from outside and is not kept: questions to the calculator, the file of the strokes.
ASKED = ("management/commands/", "forms/rules/", "calculator/")


def test_stored_json_is_read_in_one_place_each():
    found = {
        path.relative_to(ROOT).as_posix()
        for house in (*APPS, ROOF)
        for path in (ROOT / house).rglob("*.py")
        if "json.loads(" in path.read_text(encoding="utf-8")
    }
    assert {path for path in found - READERS if not any(part in path for part in ASKED)} == set()
