"""Triggers by which the database itself refuses a change: to make, to drop, and to look for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

PRESENT = {  # vendor → the triggers that are there and switched on
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}


@dataclass(frozen=True)
class Triggers:
    """One matter that is guarded. ``postgresql``: functions and triggers as one text; ``sqlite``: name → when."""

    refusal: str
    postgresql: str
    sqlite: Mapping[str, str]

    def tables(self, vendor: str) -> dict[str, str]:
        """Return the table of each trigger."""
        if vendor == "postgresql":
            return dict(re.findall(r"TRIGGER (\w+) (?:BEFORE|AFTER) .*? ON (\w+)", self.postgresql))
        return {name: re.findall(r" ON (\w+)", when)[0] for name, when in self.sqlite.items()}

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Create the triggers; the tables exist and have none."""
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(self.postgresql)
                return
            for name, when in self.sqlite.items():
                cursor.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{self.refusal}'); END")

    def remove(self, connection: BaseDatabaseWrapper) -> None:
        """Drop them: when a migration is undone, and in tests that tamper or empty the tables."""
        with connection.cursor() as cursor:
            for name, table in self.tables(connection.vendor).items():
                place = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")

    def missing(self, connection: BaseDatabaseWrapper) -> list[str]:
        """Return the names of those that are not there or switched off, for the deployment check."""
        with connection.cursor() as cursor:
            cursor.execute(PRESENT[connection.vendor])
            present = {name for (name,) in cursor.fetchall()}
        return [name for name in self.tables(connection.vendor) if name not in present]
