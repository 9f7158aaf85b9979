"""What the roll knows of its people, in the shape in which the register of persons takes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from elections.models import Election
from elections.rules.codes import nation_of, politics_of
from elections.rules.persons import Entry
from voters.models import Voter
from voters.sealing import open_column
from voters.selectors.finding import people_meant_by
from voters.selectors.roll import listed, roll_of


@dataclass(frozen=True)
class RollRow:
    """Somebody of the roll. ``number``: of the roll, once it is published; ``entry`` holds the id number in clear."""

    pk: UUID
    number: int | None
    listed: bool
    entry: Entry = field(repr=False)


def rows_meant(election: Election, texts: Iterable[str]) -> dict[str, list[RollRow]]:
    """Those of the roll meant by each name, initials or number of the roll, one more than are shown."""
    found = people_meant_by(election, texts)
    rows = {row.pk: row for row in _rows({voter.pk: voter for people in found.values() for voter in people}.values())}
    return {text: [rows[voter.pk] for voter in people] for text, people in found.items()}


def rows_called(election: Election, names: Iterable[str]) -> list[RollRow]:
    """Everybody on the list who has one of these names."""
    return _rows(listed(election).filter(name__in=names).order_by("number", "pk"))


def row_of_roll(election: Election, pk: UUID) -> RollRow | None:
    return next(iter(_rows(roll_of(election).filter(pk=pk))), None)


def rows_ending(election: Election, last: str) -> list[RollRow]:
    """Those whose id number ends so: all are opened. Whoever asks is counted and noted."""
    voters = list(roll_of(election).order_by("place", "name"))
    numbers = open_column("id_number", voters)
    return _rows([voter for voter, number in zip(voters, numbers, strict=True) if number.endswith(last)])


def _rows(found: Iterable[Voter]) -> list[RollRow]:
    voters = list(found)
    numbers, phones = open_column("id_number", voters), open_column("phone", voters)
    return [
        RollRow(voter.pk, voter.number, voter.listed, _entry(voter, number, phone))
        for voter, number, phone in zip(voters, numbers, phones, strict=True)
    ]


def _entry(voter: Voter, id_number: str, phone: str) -> Entry:
    return Entry(
        voter.name, voter.sex, voter.birth, voter.group, id_number=id_number, phone=phone,
        nation=nation_of(voter.ethnicity), politics=politics_of(voter.party),
    )  # fmt: skip
