"""An answer as the page shows it: one sentence first, then the arithmetic with its article, then tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Tone = Literal["done", "warn", "bad", "info"]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the arithmetic, or one reason, and what it rests on."""

    text: str
    cite: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`numbers`: the places of columns that hold figures; `short`: of those that are not broken."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str | int, ...]]
    short: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Each head with the class of its column."""
        looks = dict.fromkeys(self.short, "nowrap") | dict.fromkeys(self.numbers, "num")
        return [(head, looks.get(n, "")) for n, head in enumerate(self.heads)]

    @property
    def cells(self) -> list[list[tuple[str, str, str | int]]]:
        """Each row as (head, class, cell), as cards on a phone need it."""
        return [[(*column, cell) for column, cell in zip(self.columns, row, strict=True)] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`count`: the outcome of a round in the shape that pages of a count show in their own way."""

    word: str
    tone: Tone
    lines: Sequence[Line] = ()
    tables: Sequence[Table] = ()
    count: Mapping[str, Any] | None = None


def filled(*tables: Table) -> list[Table]:
    """Return those that have rows."""
    return [each for each in tables if each.rows]
