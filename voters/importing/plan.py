"""The plan of an import: the rows in hand, each with its verdict. Holds persons: never kept or logged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import itemgetter
from typing import Any
from uuid import UUID

from elections.models import Election
from voters.importing.report import Report
from voters.models import Voter
from voters.rules.columns import COLUMNS
from voters.rules.eligibility import Listing
from voters.rules.faults import Fault, Level
from voters.rules.rows import Row
from voters.spreadsheet import Sheet


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
    TO_CHECK = "to_check"
    UNDER_AGE = "under_age"
    SKIPPED = "skipped"


@dataclass
class Work:
    """A table, which column is which, and what a person has decided about single rows.

    ``repairs``: row → column → what to read instead. ``ticks``: rows whose doubts were looked into (已核对户口簿).
    ``skips``: rows left out on purpose. Rows are numbered as in the file.
    """

    sheet: Sheet
    mapping: Mapping[str, int]
    repairs: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    ticks: frozenset[int] = frozenset()
    skips: frozenset[int] = frozenset()

    @classmethod
    def of(cls, sheet: Sheet) -> Work:
        """Return the table as it was guessed, untouched."""
        return cls(sheet, sheet.mapping)

    def rows(self) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Return number and cells, one for each of our columns in their order; a row without anything in them is
        none."""
        width = max((place for place in self.mapping.values()), default=0) + 1
        pick = itemgetter(*(self.mapping.get(column, -1) for column in COLUMNS))  # the last cell is always empty
        padding = [""] * width
        for number, cells in self.sheet.rows:
            found = pick([*cells, ""] if len(cells) >= width else [*cells, *padding])
            if number in self.repairs:
                found = tuple(
                    self.repairs[number].get(column, cell) for column, cell in zip(COLUMNS, found, strict=True)
                )
            if any(found):
                yield number, found

    @property
    def columns(self) -> tuple[str, ...]:
        """Our columns that the file has, in our order."""
        return tuple(column for column in COLUMNS if column in self.mapping)


@dataclass(slots=True)
class Judged:
    """One row: as cleaned, what is wrong with it, what will become of it."""

    number: int
    row: Row
    faults: tuple[Fault, ...]
    outcome: Outcome = Outcome.NEW
    listing: Listing | None = None  # None: as it stands in the roll
    index: UUID | None = None
    mark: str = ""
    existing: Voter | None = None  # the row of the roll that has this id number
    changes: tuple[tuple[str, str, str], ...] = ()  # column, before, after
    checked: bool = False
    cleaned: tuple[str, ...] = ()  # columns that were tidied up: blanks, full-width, invisible characters
    before: list[Any] | None = None  # the row of the roll before it was changed, for undoing
    elsewhere: str = ""  # code of the village where the person is listed

    @property
    def decided(self) -> Listing:
        """What the rules said of a new row."""
        assert self.listing is not None
        return self.listing

    @property
    def known(self) -> Voter:
        """The row of the roll that is to be changed."""
        assert self.existing is not None
        return self.existing

    @property
    def refused(self) -> bool:
        return any(fault.level is Level.ERROR for fault in self.faults)

    @property
    def doubtful(self) -> bool:
        return any(fault.level is Level.CHECK for fault in self.faults)

    @property
    def under_age(self) -> bool:
        return any(fault.code == "UNDER_AGE" for fault in self.faults)


@dataclass
class Plan:
    """All rows of one file, judged against the roll as it is now."""

    election: Election
    columns: tuple[str, ...]
    rows: list[Judged]
    report: Report

    def with_outcome(self, *outcomes: Outcome) -> list[Judged]:
        return [each for each in self.rows if each.outcome in outcomes]
