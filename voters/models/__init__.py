"""The voter roll (选民名单), cut by topic. Import the records from here."""

from voters.models.exports import RollExport, Tally
from voters.models.imports import RollImport
from voters.models.people import LISTING, Category, Evidence, Omission, Voter, Young
from voters.models.published import RollChange, RollObjection, RollVersion

__all__ = [
    "LISTING",
    "Category",
    "Evidence",
    "Omission",
    "RollChange",
    "RollExport",
    "RollImport",
    "RollObjection",
    "RollVersion",
    "Tally",
    "Voter",
    "Young",
]
