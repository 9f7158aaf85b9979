"""Persons for tests of the register."""

from __future__ import annotations

from datetime import date

from elections.rules.persons import Entry


def an_entry(name: str = "王伟", group: str = "3组", year: int = 1975, sex: str = "M", **more) -> Entry:
    """What a clerk enters of one person, born on the sixth of May."""
    return Entry(name, sex, date(year, 5, 6), group, **more)
