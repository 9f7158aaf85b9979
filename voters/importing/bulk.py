"""Many rows at once, each engine in its quickest way. No row is looked at, none is half written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.extras import execute_values

ROWS_A_PIECE = 2_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_in(connection: BaseDatabaseWrapper, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of plain values: text, numbers, dates, UUIDs, bytes, booleans, ``None``."""
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN', _Stream(rows))
        else:
            places = ", ".join("?" * len(columns))
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608  our own names
            cursor.connection.executemany(statement, (tuple(map(_sqlite, row)) for row in rows))


def update_many(
    connection: BaseDatabaseWrapper,
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[tuple[Any, Sequence[Any]]],
) -> None:
    """Update rows by primary key: ``(key, values)`` pairs."""
    table = model._meta.db_table
    fields = {field.attname: field for field in model._meta.concrete_fields}
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            kinds = [fields[name].db_type(connection) for name in ("id", *columns)]
            sets = ", ".join(f'"{name}" = given."{name}"' for name in columns)
            names = ", ".join(f'"{name}"' for name in ("id", *columns))
            statement = (
                f'UPDATE "{table}" AS old SET {sets} FROM (VALUES %s) AS given ({names}) WHERE old.id = given.id'  # noqa: S608
            )
            template = "(" + ", ".join(f"%s::{kind}" for kind in kinds) + ")"
            values = [tuple(map(_adapted, (key, *row))) for key, row in rows]
            execute_values(cursor.cursor, statement, values, template, page_size=ROWS_A_PIECE)
        else:
            sets = ", ".join(f'"{name}" = ?' for name in columns)
            statement = f'UPDATE "{table}" SET {sets} WHERE id = ?'  # noqa: S608
            cursor.connection.executemany(statement, (tuple(map(_sqlite, (*row, key))) for key, row in rows))


class _Stream:
    """Rows in the text form of COPY, made while they are sent."""

    def __init__(self, rows: Iterable[Sequence[Any]]) -> None:
        self.lines = ("\t".join(map(_copied, row)) + "\n" for row in rows)
        self.waiting = b""

    def read(self, size: int = -1) -> bytes:
        pieces, length = [self.waiting], len(self.waiting)
        for line in self.lines:
            pieces.append(line.encode())
            length += len(pieces[-1])
            if 0 <= size <= length:
                break
        whole = b"".join(pieces)
        if size < 0:
            self.waiting = b""
            return whole
        self.waiting = whole[size:]
        return whole[:size]


def _copied(value: Any) -> str:
    if value is None:
        return "\\N"
    kind = type(value)
    if kind is str:
        return value.translate(ESCAPES) if not value.isalnum() else value
    if kind is bool:
        return "t" if value else "f"
    if kind is bytes or kind is memoryview:
        return f"\\\\x{bytes(value).hex()}"
    return str(value)


def _adapted(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return bytes(value) if isinstance(value, memoryview) else value


def _sqlite(value: Any) -> Any:
    """As Django stores it in SQLite."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, date | datetime):
        return value.isoformat()
    return bytes(value) if isinstance(value, memoryview) else value
