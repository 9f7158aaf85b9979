"""Citizen id numbers: length, check digit and birth date; never the region, whose codes were changed (ID-01…05)."""

import math
import re
import unicodedata
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from elections.rules import wording
from elections.rules.naming import visible

LENGTH = 18
EXCEL_DIGITS = 15  # a spreadsheet keeps so many digits of a number and writes zeros for the rest
SHAPE = re.compile(r"[0-9]{17}[0-9X]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
SEPARATORS = str.maketrans("", "", " -'’‘`")


class IdFault(StrEnum):
    MISSING = "ID_MISSING"
    LENGTH = "ID_LENGTH"
    CHECKSUM = "ID_CHECKSUM"
    EXCEL_ROUNDED = "ID_EXCEL_ROUNDED"
    IS_NUMBER = "ID_IS_NUMBER"
    BIRTH = "BIRTH_IMPOSSIBLE"


class Identity(NamedTuple):
    """The contents of an id number. `number` is normalised; `birth` and `sex` ("M" or "F") are there if they can be
    read."""

    number: str
    fault: IdFault | None
    birth: date | None = None
    sex: str | None = None

    @property
    def valid(self) -> bool:
        return self.fault is None


def read(raw: Any, today: date) -> Identity:
    """Judge one id number as it stands in a cell or a form."""
    if isinstance(raw, int | float) or _is_scientific(raw):
        return Identity(_digits(raw), IdFault.IS_NUMBER)
    number = raw if type(raw) is str and SHAPE.fullmatch(raw) else normalise(raw)
    if not number:
        return Identity("", IdFault.MISSING)
    if not SHAPE.fullmatch(number):
        return Identity(number, IdFault.LENGTH)
    birth, sex = birth_of(number), "M" if int(number[16]) % 2 else "F"
    right = check_digit(number) == number[-1]
    if not right and ends_like_rounded(number):
        return Identity(number, IdFault.EXCEL_ROUNDED)
    if birth is None or birth > today:
        return Identity(number, IdFault.BIRTH)
    return Identity(number, None if right else IdFault.CHECKSUM, birth, sex)


def check_digit(number: str) -> str:
    """Return the 18th character that belongs to the first 17 (ID-02), as stdnum's; parts that many numbers share are
    weighed once, for a roll has hundreds of thousands."""
    total = _weighed(0, number[:6]) + _weighed(6, number[6:14]) + _weighed(14, number[14:17])
    return CHECK_CHARACTERS[total % 11]


@lru_cache(maxsize=131_072)
def _weighed(place: int, digits: str) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS[place:], strict=False))


def normalise(raw: Any) -> str:
    """Write a number half-width, without blanks, hyphens or apostrophes, X in upper case."""
    text = unicodedata.normalize("NFKC", visible(str(raw or "")))
    return "".join(text.split()).translate(SEPARATORS).upper()


def birth_of(number: str) -> date | None:
    """Return the birth date written in a number of 18 characters; `None` if there is no such day."""
    return _day(number[6:14])


@lru_cache(maxsize=65_536)
def _day(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def ends_like_rounded(number: str) -> bool:
    """Return whether a spreadsheet may have replaced the end by zeros. One such number in eleven passes the check
    digit."""
    return number[EXCEL_DIGITS:] == "0" * (LENGTH - EXCEL_DIGITS)


def masked(number: str, *, outer: bool = False) -> str:
    """990100********4000 for those who work on the record; 990************000 for everybody else."""
    if len(number) < 8:
        return wording.masked(number, 8, 0)
    return wording.masked(number, *(3, 3) if outer else (6, 4) if len(number) >= 15 else (2, 2))


def grouped(number: str) -> str:
    """990100 19900101 4000"""
    return f"{number[:6]} {number[6:14]} {number[14:]}"


def _is_scientific(raw: Any) -> bool:
    return isinstance(raw, str) and bool(re.fullmatch(r"\s*\d[.．]\d+[eE]\+?\d+\s*", raw))


def _digits(raw: Any) -> str:
    number = float(raw) if isinstance(raw, str) else raw
    return str(int(number)) if math.isfinite(number) else ""
