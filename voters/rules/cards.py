"""The serial number of roll, card and issue sheet, and the code a hand scanner types for it (VR-17).

Digits only: a Chinese input method swallows letters that a scanner types, but lets digits through. Eight digits of the
election, six of the number on the roll, two check digits (ISO 7064, MOD 97-10). Nothing of a person.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ELECTION, NUMBER, CHECK = 8, 6, 2  # digits
LENGTH = ELECTION + NUMBER + CHECK
IGNORED = str.maketrans("", "", " \u3000-")
UNREADABLE = "这不是选民证上的编码，也不是名单序号。请重新扫描选民证，或者输入名单序号；不要输入身份证号。"


class Unreadable(ValueError):
    """A text that is neither a card nor a number; ``str(error)`` is the sentence."""


@dataclass(frozen=True)
class Scan:
    """A scan: the number on the roll, and the election whose card it was; None for a number typed by hand."""

    number: int
    election: int | None = None


def code_of(election: int, number: int) -> str:
    """Return the code of one card."""
    digits = f"{election:0{ELECTION}d}{number:0{NUMBER}d}"
    return f"{digits}{98 - int(digits) * 100 % 97:02d}"


def spaced(code: str) -> str:
    """Space a code as people read it: 0000 0012 0003 4531"""
    return " ".join(code[place : place + 4] for place in range(0, LENGTH, 4))


def read(typed: str) -> Scan:
    """Return what a scanner or a person typed. Raises :class:`Unreadable`."""
    digits = unicodedata.normalize("NFKC", typed).translate(IGNORED)
    if not (digits.isascii() and digits.isdecimal()):
        raise Unreadable(UNREADABLE)
    if len(digits) <= NUMBER and int(digits):
        return Scan(int(digits))
    if len(digits) != LENGTH or int(digits) % 97 != 1:
        raise Unreadable(UNREADABLE)
    return Scan(int(digits[ELECTION:-CHECK]), int(digits[:ELECTION]))
