"""Judging every row of a table: by itself, beside the other rows, against the roll, against other villages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from elections.models import Election
from voters import columns, faults, rules
from voters.importing.comparing import after_file, compare
from voters.importing.plan import Judged, Outcome, Plan, Work
from voters.importing.report import Report, RowFault
from voters.models import LISTING
from voters.persons import facts_of, person_of, person_of_file, setting_of
from voters.sealing import indexes_of, row_marks
from voters.selectors.duplicates import listed_elsewhere, names_of_villages
from voters.selectors.roll import is_published

SEPARATOR = "\x1f"


def check(election: Election, work: Work, *, today: date, names_villages: bool) -> Plan:
    """Judge all rows and change nothing.

    ``names_villages``: the reader is the township, which may learn where a person is listed; a village may not (C10).
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
    """Each row by itself."""
    setting, policy = setting_of(election), election.policy
    judged = []
    for number, cells in work.rows():
        reading = rules.read_row(cells, setting, today, policy)
        each = Judged(number, reading.row, list(reading.faults), cleaned=_cleaned(cells, reading.row))
        if number in work.skips:
            each.outcome = Outcome.SKIPPED
        judged.append(each)
    return judged


def _cleaned(cells: Mapping[str, Any], row: rules.Row) -> tuple[str, ...]:
    """Names and numbers that were written with blanks, full-width or invisible characters (C44)."""
    name, number = cells.get(columns.NAME, ""), cells.get(columns.ID_NUMBER, "")
    if name == row.name and number == row.id_number:
        return ()
    tidied = [columns.NAME] if name != row.name else []
    return (*tidied, columns.ID_NUMBER) if isinstance(number, str) and number != row.id_number else tuple(tidied)


def _compare_rows(rows: list[Judged]) -> None:
    """Rows beside one another; what is wrong by itself is refused, who is too young waits for another year."""
    standing = [each for each in rows if each.outcome is not Outcome.SKIPPED]
    for number, found in _by_number(standing, rules.repeated((each.number, each.row) for each in standing)):
        number.faults.extend(found)
    for each in standing:
        if each.refused:
            each.outcome = Outcome.REFUSED
        elif each.under_age:
            each.outcome = Outcome.UNDER_AGE


def _by_number(
    rows: list[Judged], found: Mapping[int, list[rules.Fault]]
) -> Iterable[tuple[Judged, list[rules.Fault]]]:
    return ((each, found[each.number]) for each in rows if each.number in found)


def _identify(election: Election, rows: list[Judged], present: tuple[str, ...]) -> None:
    """Blind index and mark of every row."""
    indexes = indexes_of(election.cycle_id, [each.row.id_number for each in rows])
    head = SEPARATOR.join(present)
    marks = row_marks(head + text_of_row(each.row) for each in rows)
    for each, index, mark in zip(rows, indexes, marks, strict=True):
        each.index, each.mark = index, mark


def text_of_row(row: rules.Row) -> str:
    """Everything a row says, in one text to be marked."""
    who = (row.id_number, row.name, row.sex, row.ethnicity, row.party)
    where = (row.group, row.household, row.address, row.phone)
    return SEPARATOR.join((*who, *where, row.category, "1" if row.stated else "0", row.remark))


def _find_elsewhere(election: Election, rows: list[Judged], names_villages: bool) -> None:
    """Persons listed in another village of the cycle: to be looked into by people (VR-07)."""
    found = listed_elsewhere(election, [each.index for each in rows if each.index])
    villages = names_of_villages(set(found.values())) if names_villages else {}
    for each in rows:
        if each.index in found:
            each.elsewhere = found[each.index]
            named = villages.get(each.elsewhere)
            each.faults.append(faults.duplicate_elsewhere(each.row.id_number, named))


def _decide(election: Election, rows: list[Judged], work: Work) -> None:
    """Whether each row is on the list, and whether somebody must look at it first."""
    setting, policy = setting_of(election), election.policy
    given = columns.STATED in work.mapping
    for each in rows:
        if each.outcome is Outcome.SAME:
            continue
        if each.existing is None:
            person = person_of_file(each.row, setting, policy, given=given, elsewhere=bool(each.elsewhere))
            each.listing = rules.classify(person, setting, policy)
        elif LISTING not in each.existing.by_hand:
            after = after_file(each.existing, each.row, work.columns)
            person = person_of(after, facts_of(after), setting, elsewhere=bool(each.elsewhere))
            each.listing = rules.classify(person, setting, policy)
        if each.doubtful and each.number not in work.ticks:
            each.outcome = Outcome.TO_CHECK
        each.checked = each.number in work.ticks


def _refuse_published(rows: list[Judged]) -> None:
    """A published roll is not changed by a file (C65)."""
    for each in rows:
        if each.outcome is not Outcome.SAME:
            each.faults.append(faults.published(each.row.name))
            each.outcome = Outcome.REFUSED


def report_on(rows: list[Judged]) -> Report:
    """The figures and the faults in the order of the file."""
    report = Report(read=len(rows))
    for each in rows:
        setattr(report, each.outcome, getattr(report, each.outcome) + 1)
        for column in each.cleaned:
            report.cleaned[column] = report.cleaned.get(column, 0) + 1
        if each.outcome in (Outcome.NEW, Outcome.CHANGED) and each.listing and each.listing.code:
            report.not_listed[each.listing.code] = report.not_listed.get(each.listing.code, 0) + 1
        report.faults.extend(RowFault(each.number, fault) for fault in each.faults)
    report.refused += report.under_age + report.skipped
    return report
