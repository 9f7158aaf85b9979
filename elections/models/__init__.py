"""The records of the spine, cut by topic. Import them from here."""

from elections.models.acts import Act
from elections.models.areas import Area
from elections.models.bodies import PartyRecord, SupervisionMember, SupervisionRecord
from elections.models.cycles import Cycle, Election, Posting, Removal, StandingChange, Waiver
from elections.models.documents import Paper
from elections.models.handover import ArchiveItem, Handover, HandoverItem
from elections.models.jobs import Job
from elections.models.journal import JournalEntry, JournalHead
from elections.models.people import Appointment, Role, User
from elections.models.persons import Person, Tenure
from elections.models.preparation import (
    CommitteeMember,
    Kinship,
    Meeting,
    Survey,
    Talks,
    Training,
    WorkingBody,
)
from elections.models.summaries import Summary, SummaryDeadline, SummaryTask
from elections.models.teams import TeamList
from elections.models.voting import CountSheet, PollArrangement, ResultReport, Round, Seated, StaffMember

__all__ = [
    "Act",
    "Appointment",
    "ArchiveItem",
    "Area",
    "CommitteeMember",
    "CountSheet",
    "Cycle",
    "Election",
    "Handover",
    "HandoverItem",
    "Job",
    "JournalEntry",
    "JournalHead",
    "Kinship",
    "Meeting",
    "Paper",
    "PartyRecord",
    "Person",
    "PollArrangement",
    "Posting",
    "Removal",
    "ResultReport",
    "Role",
    "Round",
    "Seated",
    "StaffMember",
    "StandingChange",
    "Summary",
    "SummaryDeadline",
    "SummaryTask",
    "SupervisionMember",
    "SupervisionRecord",
    "Survey",
    "Talks",
    "TeamList",
    "Tenure",
    "Training",
    "User",
    "Waiver",
    "WorkingBody",
]
