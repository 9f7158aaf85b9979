"""The rules about one person and one row of the roll, in one place to look: who he is, whether he is listed and why,
what is wrong with his row, how long he may object. The files behind it hold one matter each."""

from voters.clocks import ObjectionClock, answer_status, objection_clock
from voters.eligibility import (
    Category,
    Listing,
    Omission,
    Person,
    Setting,
    age_on,
    anniversary,
    classify,
    months_later,
    old_enough,
)
from voters.faults import Fault, Level
from voters.identity import Identity, IdFault, grouped, masked, normalise
from voters.identity import read as read_id
from voters.naming import clean_name, rare_characters
from voters.rows import CATEGORY_WORDS, Reader, Reading, Row, category_of, cells_of, read_row, repeated

__all__ = [
    "CATEGORY_WORDS",
    "Category",
    "Fault",
    "IdFault",
    "Identity",
    "Level",
    "Listing",
    "ObjectionClock",
    "Omission",
    "Person",
    "Reader",
    "Reading",
    "Row",
    "Setting",
    "age_on",
    "anniversary",
    "answer_status",
    "category_of",
    "cells_of",
    "classify",
    "clean_name",
    "grouped",
    "masked",
    "months_later",
    "normalise",
    "objection_clock",
    "old_enough",
    "rare_characters",
    "read_id",
    "read_row",
    "repeated",
]
