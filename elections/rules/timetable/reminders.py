"""Reminders of a deadline: to whom, and when — 7, 3, 1 days before and on the day, then daily."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elections.rules.timetable.items import Kind
from elections.rules.wording import days_left

LADDER = (7, 3, 1, 0)  # days before the deadline
TO_COUNTY_AFTER = 2  # days overdue


class Reader(StrEnum):
    OWNER = "owner"
    TOWNSHIP = "township"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line of a digest. A legal deadline cannot be muted, a local one can."""

    words: str
    readers: tuple[Reader, ...]
    may_be_muted: bool


def reminder(latest: date, kind: Kind, today: date) -> Reminder | None:
    """Return the reminder that is due today for a task not yet done, or `None`."""
    days = (latest - today).days
    if days >= 0 and days not in LADDER:
        return None
    readers = (Reader.OWNER,) if days >= 0 else (Reader.OWNER, Reader.TOWNSHIP)
    if -days >= TO_COUNTY_AFTER:
        readers = (*readers, Reader.COUNTY)
    return Reminder(days_left(latest, today), readers, kind is Kind.LOCAL)
