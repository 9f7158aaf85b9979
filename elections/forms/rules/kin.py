"""The table of near relatives that two questions share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from elections.forms.rules import cells
from elections.forms.rules.asking import Grid, Json

KIN = Grid(
    "kin",
    "近亲属",
    {"one": cells.person("一人"), "other": cells.person("另一人"), "relation": cells.relation("近亲属")},
    ("one", "other"),
    "增加近亲属",
    "两人之间有亲属关系的填写，按回避的规定计算",
    folded=True,
)


def pairs(rows: Iterable[Json]) -> list[list[str]]:
    """One, the other, and what the other is to the one where it was said."""
    return [[row["one"], row["other"], *filter(None, [row["relation"]])] for row in rows]


def spread_pairs(kin: Iterable[Sequence[str]]) -> list[Json]:
    return [dict(zip(("one", "other", "relation"), each, strict=False)) for each in kin]
