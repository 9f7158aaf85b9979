"""An answer of 规则演算 for people: one sentence first, then the arithmetic with its article, then tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Json = Mapping[str, Any]
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
    rows: tuple[tuple[Any, ...], ...]
    numbers: tuple[int, ...] = ()
    short: tuple[int, ...] = ()

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Each head with the class of its column."""
        looks = dict.fromkeys(self.short, "nowrap") | dict.fromkeys(self.numbers, "num")
        return [(head, looks.get(n, "")) for n, head in enumerate(self.heads)]

    @property
    def cells(self) -> list[list[tuple[str, str, Any]]]:
        """Each row as (head, class, cell), as cards on a phone need it."""
        columns = self.columns
        return [[(*columns[n], cell) for n, cell in enumerate(row)] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Told:
    """`count`: an outcome in the shape of selectors.rounds.told, which pages of a count show in their own way."""

    word: str
    tone: Tone
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    count: Json | None = None
