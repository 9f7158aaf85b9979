"""Citizen id numbers: length, check digit and birth date; never the region, whose codes were changed (ID-01…05)."""

import math
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from stdnum.cn import ric

from voters.naming import visible

LENGTH = 18
EXCEL_DIGITS = 15  # a spreadsheet keeps so many digits of a number and writes zeros for the rest
SHAPE = re.compile(r"\d{17}[\dX]")
SEPARATORS = str.maketrans("", "", " -'’‘`")


class IdFault(StrEnum):
    MISSING = "ID_MISSING"
    LENGTH = "ID_LENGTH"
    CHECKSUM = "ID_CHECKSUM"
    EXCEL_ROUNDED = "ID_EXCEL_ROUNDED"
    IS_NUMBER = "ID_IS_NUMBER"
    BIRTH = "BIRTH_IMPOSSIBLE"


@dataclass(frozen=True, slots=True)
class Identity:
    """What an id number says. `number` is normalised; `birth` and `sex` ("M" or "F") are there if they can be read."""

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
    number = normalise(raw)
    if not number:
        return Identity("", IdFault.MISSING)
    if not SHAPE.fullmatch(number):
        return Identity(number, IdFault.LENGTH)
    birth, sex = birth_of(number), "M" if int(number[16]) % 2 else "F"
    right = ric.calc_check_digit(number) == number[-1]
    if not right and ends_like_rounded(number):
        return Identity(number, IdFault.EXCEL_ROUNDED)
    if birth is None or birth > today:
        return Identity(number, IdFault.BIRTH)
    return Identity(number, None if right else IdFault.CHECKSUM, birth, sex)


def normalise(raw: Any) -> str:
    """Half-width, no blanks, hyphens or apostrophes, X in upper case."""
    text = unicodedata.normalize("NFKC", visible(str(raw or "")))
    return "".join(text.split()).translate(SEPARATORS).upper()


def birth_of(number: str) -> date | None:
    """The birth date written in a number of 18 characters; `None` if there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def ends_like_rounded(number: str) -> bool:
    """Whether a spreadsheet may have replaced the end by zeros. One such number in eleven passes the check digit."""
    return number[EXCEL_DIGITS:] == "0" * (LENGTH - EXCEL_DIGITS)


def masked(number: str, *, outer: bool = False) -> str:
    """990100********4000 for those who work on the record; 990************000 for everybody else."""
    if len(number) < 8:
        return "*" * len(number)
    head, tail = (3, 3) if outer else (6, 4) if len(number) >= 15 else (2, 2)
    return f"{number[:head]}{'*' * (len(number) - head - tail)}{number[-tail:]}"


def grouped(number: str) -> str:
    """990100 19900101 4000"""
    return f"{number[:6]} {number[6:14]} {number[14:]}"


def _is_scientific(raw: Any) -> bool:
    return isinstance(raw, str) and bool(re.fullmatch(r"\s*\d[.．]\d+[eE]\+?\d+\s*", raw))


def _digits(raw: Any) -> str:
    number = float(raw) if isinstance(raw, str) else raw
    return str(int(number)) if math.isfinite(number) else ""
