"""Reading a roll file into an election: every row judged, all faults gathered, nothing half saved (C54–C56).

    plan = check(election, Work.of(sheet), today=today, names_villages=False)
    plan.report.as_json()      # figures and masked faults, for the page, the command and the journal
    store(plan, batch)         # inside the transaction of the act: new and changed rows in bulk

``services.imports`` holds the acts that use it.
"""

from voters.importing.checking import check
from voters.importing.grid import grid_row, has_required, listed_more, with_original, words_for_omissions
from voters.importing.groups import BY_KEY, Act, Group, can_tick, groups, troubled
from voters.importing.plan import Judged, Outcome, Plan, Work
from voters.importing.report import Report, RowFault
from voters.importing.returned import returned
from voters.importing.source import Given, file_of, keep_file, keep_given, safe_name
from voters.importing.staging import keep_choices, keep_repairs, keep_sheet, sheet_of, work_of
from voters.importing.storing import store
from voters.importing.tally import met_in, note_file
from voters.importing.undoing import picture_before, put_back

__all__ = [
    "BY_KEY",
    "Act",
    "Given",
    "Group",
    "Judged",
    "Outcome",
    "Plan",
    "Report",
    "RowFault",
    "Work",
    "can_tick",
    "check",
    "file_of",
    "grid_row",
    "groups",
    "has_required",
    "keep_choices",
    "keep_file",
    "keep_given",
    "keep_repairs",
    "keep_sheet",
    "listed_more",
    "met_in",
    "note_file",
    "picture_before",
    "put_back",
    "returned",
    "safe_name",
    "sheet_of",
    "store",
    "troubled",
    "with_original",
    "words_for_omissions",
    "work_of",
]
