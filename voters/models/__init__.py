"""The voter roll (选民名单), cut by topic. Import the records from here."""

from voters.models.exports import RollExport, Tally
from voters.models.imports import Choices, Figures, RollImport
from voters.models.people import LISTING, Category, Evidence, Omission, Voter, Young
from voters.models.polling import CheckIn, HelpedVoter, ProxyVote, RovingVoter
from voters.models.published import RollChange, RollLine, RollObjection, RollVersion

__all__ = [
    "LISTING",
    "Category",
    "CheckIn",
    "Choices",
    "Evidence",
    "Figures",
    "HelpedVoter",
    "Omission",
    "ProxyVote",
    "RollChange",
    "RollExport",
    "RollImport",
    "RollLine",
    "RollObjection",
    "RollVersion",
    "RovingVoter",
    "Tally",
    "Voter",
    "Young",
]
