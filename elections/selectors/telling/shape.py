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
    """`numbers`: the places of columns that hold figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    numbers: tuple[int, ...] = ()

    @property
    def cells(self) -> list[list[tuple[str, Any, bool]]]:
        """Each row as (head, cell, whether it is a figure), as cards on a phone need it."""
        places = range(len(self.heads))
        return [[(self.heads[n], row[n], n in self.numbers) for n in places] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Told:
    """`count`: an outcome in the shape of selectors.rounds.told, which pages of a count show in their own way."""

    word: str
    tone: Tone
    lines: tuple[Line, ...] = ()
    tables: tuple[Table, ...] = ()
    count: Json | None = None
