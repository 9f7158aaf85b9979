"""Columns under seal: texts into rows that have their UUID, and out again; the number and phone of persons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from elections import secrecy
from elections.models import Person

PERSON = "elections_person"
PURPOSE = "person:"  # one record for a number, over the whole site


def seal_texts(pairs: Sequence[tuple[UUID, str]], *, table: str, field: str) -> list[bytes]:
    """Seal ``(row, text)`` pairs of one field, in order; nothing stays nothing."""
    filled = [pair for pair in pairs if pair[1]]
    sealed = secrecy.seal_many(filled, table=table, field=field)
    if len(filled) == len(pairs):
        return sealed
    coming = iter(sealed)
    return [next(coming) if text else b"" for _, text in pairs]


def open_texts(rows: Sequence[Any], field: str, *, table: str) -> list[str]:
    """The texts of one sealed field of some rows, in order."""
    filled = [(row.pk, getattr(row, field)) for row in rows if getattr(row, field)]
    texts = iter(secrecy.unseal_many(filled, table=table, field=field))
    return [next(texts) if getattr(row, field) else "" for row in rows]


def person_index(number: str) -> UUID:
    """The blind index of a person's id number."""
    return secrecy.blind_index(PURPOSE, number)


def person_indexes(numbers: Iterable[str]) -> list[UUID]:
    return secrecy.blind_indexes(PURPOSE, numbers)


def seal_number(person: Person, number: str) -> None:
    """Put an id number, or none, into the record with its index."""
    person.id_sealed = seal_texts([(person.pk, number)], table=PERSON, field="id_sealed")[0]
    person.id_index = person_index(number) if number else None


def seal_phone(person: Person, phone: str) -> None:
    person.phone_sealed = seal_texts([(person.pk, phone)], table=PERSON, field="phone_sealed")[0]


def numbers_of(persons: Sequence[Person]) -> list[str]:
    """The full id numbers, in order; nothing where none is known."""
    return open_texts(persons, "id_sealed", table=PERSON)


def phones_of(persons: Sequence[Person]) -> list[str]:
    return open_texts(persons, "phone_sealed", table=PERSON)
