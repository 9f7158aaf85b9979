"""Many rows at once, each engine in its quickest way. No row is looked at, none is half written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg2.extras import execute_values

ROWS_A_PIECE = 2_000
READ_AT_ONCE = 256 * 1024  # bytes
BREAK = "\x00"  # in no text that PostgreSQL takes
ESCAPED = ("\\", "\t", "\n", "\r")
ESCAPES = str.maketrans(dict(zip(ESCAPED, ("\\\\", "\\t", "\\n", "\\r"), strict=True)))

Columns = Sequence[Sequence[Any]]  # one list of values for each column, all of one length


def insert_many(connection: BaseDatabaseWrapper, table: str, names: Sequence[str], pieces: Iterable[Columns]) -> None:
    """Insert pieces of rows, given by column: text, numbers, dates, UUIDs, bytes, booleans.

    PostgreSQL takes them by COPY, made into text a column at a time while they are sent.
    """
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f'COPY "{table}" ({quoted}) FROM STDIN', _Stream(map(_copy_text, pieces)), READ_AT_ONCE)
            return
        places = ", ".join("?" * len(names))
        statement = f'INSERT INTO "{table}" ({quoted}) VALUES ({places})'  # noqa: S608  our own names
        for columns in pieces:
            cursor.connection.executemany(statement, zip(*map(_sqlite_column, columns), strict=True))


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
    """Pieces of text as a file that COPY reads."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces = pieces
        self.piece = BytesIO()

    def read(self, size: int = -1) -> bytes:
        found = self.piece.read(size)
        while not found:
            text = next(self.pieces, None)
            if text is None:
                return b""
            self.piece = BytesIO(text.encode())
            found = self.piece.read(size)
        return found


def _copy_text(columns: Columns) -> str:
    """Return a piece of rows in the text form of COPY."""
    lines = map("\t".join, zip(*map(_copy_column, columns), strict=True))
    return "".join(f"{line}\n" for line in lines)


def _copy_column(values: Sequence[Any]) -> Iterable[str]:
    """Return all values of one column at once: what is the same for all is done once."""
    kind = type(values[0])
    if kind is str:
        together = BREAK.join(values)
        return together.translate(ESCAPES).split(BREAK) if any(map(together.__contains__, ESCAPED)) else values
    if kind is bytes:
        return ["\\\\x" + value.hex() for value in values]
    if kind is bool:
        return ["t" if value else "f" for value in values]
    if kind is UUID:
        return ["\\N" if value is None else f"{value.int:032x}" for value in values]
    return ["\\N" if value is None else str(value) for value in values]


def _adapted(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return bytes(value) if isinstance(value, memoryview) else value


def _sqlite_column(values: Sequence[Any]) -> Iterable[Any]:
    return values if type(values[0]) in (str, int, bool, bytes) else map(_sqlite, values)


def _sqlite(value: Any) -> Any:
    """Write a value as Django stores it in SQLite."""
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, date | datetime):
        return value.isoformat()
    return bytes(value) if isinstance(value, memoryview) else value
