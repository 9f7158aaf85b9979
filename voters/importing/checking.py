"""Judging every row of a table: by itself, beside the other rows, against the roll, against other villages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from elections.models import Election
from voters.importing.comparing import after_file, compare
from voters.importing.plan import Judged, Outcome, Plan, Work
from voters.importing.report import Report, RowFault
from voters.importing.uncollected import uncollected
from voters.models import LISTING, Voter
from voters.persons import circumstances_of, person_of, person_of_file, setting_of
from voters.rules import columns, faults
from voters.rules.eligibility import Listing, classify
from voters.rules.faults import Fault
from voters.rules.rows import Reader, Row, repeated
from voters.sealing import indexes_of, row_marks
from voters.selectors.duplicates import listed_elsewhere, names_of_villages
from voters.selectors.roll import is_published

SEPARATOR = "\x1f"
NAME, ID_NUMBER = columns.COLUMNS.index(columns.NAME), columns.COLUMNS.index(columns.ID_NUMBER)


@uncollected
def check(election: Election, work: Work, *, today: date, names_villages: bool) -> Plan:
    """Judge all rows and change nothing.

    ``names_villages``: the reader is the township, which may learn where a person is listed; a village may not.
    """
    rows = _read(election, work, today)
    _compare_rows(rows)
    sound = [each for each in rows if each.outcome is Outcome.NEW]
    _identify(election, sound, work.columns)
    _find_elsewhere(election, sound, names_villages)
    compare(election, sound, work.columns)
    _decide(election, sound, work)
    if is_published(election):
        _refuse_published(sound)
    return Plan(election, work.columns, rows, report_on(rows))


def _read(election: Election, work: Work, today: date) -> list[Judged]:
    """Return each row by itself."""
    reader = Reader(setting_of(election), today, election.policy)
    judged = []
    for number, cells in work.rows():
        row, found = reader.read(cells)
        each = Judged(number, row, found, cleaned=_cleaned(cells, row))
        if number in work.skips:
            each.outcome = Outcome.SKIPPED
        judged.append(each)
    return judged


def _cleaned(cells: Sequence[Any], row: Row) -> tuple[str, ...]:
    """Return names and numbers that were written with blanks, full-width or invisible characters."""
    name, number = cells[NAME], cells[ID_NUMBER]
    if name == row.name and number == row.id_number:
        return ()
    tidied = [columns.NAME] if name != row.name else []
    return (*tidied, columns.ID_NUMBER) if isinstance(number, str) and number != row.id_number else tuple(tidied)


def _compare_rows(rows: list[Judged]) -> None:
    """Find duplicates within the file, then set each row's outcome: faulty rows are refused, people too young set
    aside."""
    kept = [each for each in rows if each.outcome is not Outcome.SKIPPED]
    for number, found in _by_number(kept, repeated((each.number, each.row) for each in kept)):
        number.faults += tuple(found)
    for each in kept:
        if not each.faults:
            continue
        if each.refused:
            each.outcome = Outcome.REFUSED
        elif each.under_age:
            each.outcome = Outcome.UNDER_AGE


def _by_number(rows: list[Judged], found: Mapping[int, list[Fault]]) -> Iterable[tuple[Judged, list[Fault]]]:
    return ((each, found[each.number]) for each in rows if each.number in found)


def _identify(election: Election, rows: list[Judged], present: tuple[str, ...]) -> None:
    """Set blind index and mark of every row."""
    indexes = indexes_of(election.cycle_id, [each.row.id_number for each in rows])
    head = SEPARATOR.join(present)
    marks = row_marks(head + text_of_row(each.row) for each in rows)
    for each, index, mark in zip(rows, indexes, marks, strict=True):
        each.index, each.mark = index, mark


def text_of_row(row: Row) -> str:
    """Return everything a row says, in one text to be marked."""
    who = (row.id_number, row.name, row.sex, row.ethnicity, row.party)
    where = (row.group, row.household, row.address, row.phone)
    return SEPARATOR.join((*who, *where, row.category, "1" if row.stated else "0", row.remark))


def _find_elsewhere(election: Election, rows: list[Judged], names_villages: bool) -> None:
    """Find persons listed in another village of the cycle, for people to look into (VR-07)."""
    found = listed_elsewhere(election, [each.index for each in rows if each.index])
    villages = names_of_villages(set(found.values())) if names_villages else {}
    for each in rows:
        if each.index in found:
            each.elsewhere = found[each.index]
            named = villages.get(each.elsewhere)
            each.faults += (faults.duplicate_elsewhere(each.row.id_number, named),)


def _decide(election: Election, rows: list[Judged], work: Work) -> None:
    """Decide for each row whether it goes on the list, and whether somebody must look at it first."""
    judge = _Judge(election, given=columns.STATED in work.mapping)
    for each in rows:
        if each.outcome is Outcome.SAME:
            continue
        if each.existing is None:
            each.listing = judge.newcomer(each)
        elif LISTING not in each.existing.by_hand:
            each.listing = judge.known(each, after_file(each.existing, each.row, work.columns))
        if each.faults:
            each.checked = each.number in work.ticks
            if each.doubtful and not each.checked:
                each.outcome = Outcome.TO_CHECK


class _Judge:
    """The rules for one election. What a file says of a newcomer comes in few shapes: each is judged once."""

    def __init__(self, election: Election, *, given: bool) -> None:
        self.setting, self.policy, self.given = setting_of(election), election.policy, given
        self.judged: dict[tuple[str, bool, bool], Listing] = {}

    def newcomer(self, each: Judged) -> Listing:
        """Judge a newcomer of age; those too young were set aside before."""
        elsewhere = bool(each.elsewhere)
        shape = (each.row.category, each.row.stated, elsewhere)
        if shape not in self.judged:
            person = person_of_file(each.row, self.setting, self.policy, given=self.given, elsewhere=elsewhere)
            self.judged[shape] = classify(person, self.setting, self.policy)
        return self.judged[shape]

    def known(self, each: Judged, after: Voter) -> Listing:
        person = person_of(after, circumstances_of(after), self.setting, elsewhere=bool(each.elsewhere))
        return classify(person, self.setting, self.policy)


def _refuse_published(rows: list[Judged]) -> None:
    """Refuse to change a published roll by a file."""
    for each in rows:
        if each.outcome is not Outcome.SAME:
            each.faults += (faults.published(each.row.name),)
            each.outcome = Outcome.REFUSED


def report_on(rows: list[Judged]) -> Report:
    """Return the figures and the faults in the order of the file."""
    report = Report(read=len(rows))
    for outcome, count in Counter(each.outcome for each in rows).items():
        setattr(report, outcome, count)
    for each in rows:
        for column in each.cleaned:
            report.cleaned[column] = report.cleaned.get(column, 0) + 1
        code = each.listing.code if each.listing else None
        if code and each.outcome in (Outcome.NEW, Outcome.CHANGED):
            report.not_listed[code] = report.not_listed.get(code, 0) + 1
        report.faults.extend(RowFault(each.number, fault) for fault in each.faults)
    report.refused += report.under_age + report.skipped
    return report
