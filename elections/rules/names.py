"""按姓氏笔画为序: names in the order of GB 13000.1 字序 (SORT-01…07), from a table of mainland stroke codes.

Neither Unicode order nor a database collation gives this order (both put 张 before 李), hence the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

STROKES = Path(__file__).parent / "strokes"

CharacterKey = tuple[int, str, int]  # number of strokes, their kinds in writing order, place among equals

BLANK: CharacterKey = (0, "", 0)
UNKNOWN_STROKES = 99  # more than any character has, so that unknown characters come last
NOT_COMPARED = frozenset("·　 ")


class Mode(StrEnum):
    """The place of a name of two characters beside one of three (SORT-03)."""

    SURNAME = "surname"  # 姓氏笔画: a blank in the middle, 田富 before 田大利 (Party, CPPCC)
    FULLNAME = "fullname"  # 姓名笔画: no blank, 田大利 before 田富 (NPC)


@dataclass(frozen=True, slots=True)
class Ordered:
    """Names in order; the stroke codes each was ordered by; the characters the table does not have."""

    names: tuple[str, ...]
    keys: dict[str, list[str]]
    unknown: tuple[str, ...]


def order(names: Iterable[str], mode: str = Mode.SURNAME) -> Ordered:
    """Put names in order. Equal names keep the order they came in; people of one name are told apart by the caller's
    own second key (SORT-04): ``sorted(people, key=lambda p: (sort_key(p.name), p.birth, p.group))``."""
    given = list(names)
    unknown = sorted({char for name in given for char in letters(name) if stroke_code(char) is None})
    keys = {name: [stroke_code(char) or "" for char in letters(name)] for name in given}
    return Ordered(tuple(sorted(given, key=lambda name: sort_key(name, mode))), keys, tuple(unknown))


def sort_key(name: str, mode: str = Mode.SURNAME) -> tuple[CharacterKey, ...]:
    """What names are compared by: character by character, whatever the length of the surname (SORT-02)."""
    keys = tuple(map(_character_key, letters(name)))
    if len(keys) == 2 and Mode(mode) is Mode.SURNAME:
        return keys[0], BLANK, keys[1]
    return keys


def stroke_code(char: str) -> str | None:
    """Return the strokes in writing order, 横1 竖2 撇3 点4 折5, e.g. 王 → "1121"; None if the table lacks the character."""
    found = _table().get(char)
    return found[1] if found else None


def bare(label: str) -> str:
    """The name without what tells namesakes apart: 王伟（3组） → 王伟."""
    return label.partition("（")[0]


def letters(name: str) -> list[str]:
    """The characters compared: of 王伟（3组） those of the name alone."""
    return [char for char in bare(name) if char not in NOT_COMPARED]


def _character_key(char: str) -> CharacterKey:
    return _table().get(char) or (UNKNOWN_STROKES, "", ord(char))


@cache
def _table() -> dict[str, CharacterKey]:
    table: dict[str, CharacterKey] = {}
    for name in ("mainland", "rare"):
        for line in (STROKES / f"{name}.tsv").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                code, chars = line.split("\t")
                for char in chars:
                    table.setdefault(char, (len(code), code, len(table)))
    return table
