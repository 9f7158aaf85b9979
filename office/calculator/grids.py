"""Tables of rows in a question. The fields of a row are `people-0-name`; the hidden `rows-people` counts the rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from office.calculator import fields
from office.calculator.reading import Json

SPARE_ROWS, MORE_ROWS, MOST_ROWS = 2, 5, 60


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of rows of one kind. A row that has anything must have its `needed` columns. `folded`: seldom used.

    `to_json` makes an entry of the question of a row, `to_rows` makes rows of all entries."""

    key: str
    title: str
    columns: Mapping[str, forms.Field]
    needed: tuple[str, ...]
    more: str
    hint: str = ""
    folded: bool = False
    to_json: Callable[[Json], Any] = dict
    to_rows: Callable[[Sequence[Any]], Iterable[Json]] = list

    def count(self, typed: Mapping[str, Any]) -> int:
        """Return how many rows a page with these values has."""
        said = _number(typed, self.key)
        return SPARE_ROWS if said is None else min(max(said, 1), MOST_ROWS)


@dataclass(frozen=True, slots=True)
class Table:
    """A grid on the page: `rows` of bound fields; `is_open` when it is not folded or something stands in it."""

    grid: Grid
    rows: list[list[BoundField]]
    is_open: bool

    @property
    def may_grow(self) -> bool:
        return len(self.rows) < MOST_ROWS


def spread_rows(key: str, rows: Iterable[Mapping[str, Any]]) -> Json:
    """Return rows of one table as initial values, with some to spare."""
    rows = list(rows)
    cells = {f"{key}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return cells | {f"rows-{key}": len(rows) + SPARE_ROWS}


def by_name(columns: Mapping[str, Mapping[str, int]]) -> dict[str, Json]:
    """Return votes by column and name as rows by name."""
    rows: dict[str, Json] = {}
    for column, votes in columns.items():
        for name, number in votes.items():
            rows.setdefault(name, {"name": name})[column] = number
    return rows


def with_more_rows(data: Mapping[str, Any], key: str) -> Json:
    """Return what was typed, as initial values of a page with more rows in one table."""
    return dict(data.items()) | {f"rows-{key}": min((_number(data, key) or 0) + MORE_ROWS, MOST_ROWS)}


def _number(typed: Mapping[str, Any], key: str) -> int | None:
    said = str(typed.get(f"rows-{key}", ""))
    return int(said) if said.isdecimal() and len(said) < 4 else None


KIN = Grid(
    "kin", "近亲属",
    {"one": fields.person("一人"), "other": fields.person("另一人"), "relation": fields.relation("近亲属")},
    ("one", "other"), "增加近亲属", "两人之间有亲属关系的填写，按回避的规定计算", folded=True,
    to_json=lambda row: [row["one"], row["other"], *filter(None, [row["relation"]])],
    to_rows=lambda pairs: [dict(zip(("one", "other", "relation"), each, strict=False)) for each in pairs],
)  # fmt: skip
