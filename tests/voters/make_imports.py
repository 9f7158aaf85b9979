"""Files on their way into a roll, and what was made of them."""

from tests.voters.make_voters import (
    TODAY,
    a_clerk,
    table,
    xlsx,
)
from voters.importing.source import SourceTable
from voters.services import imports


def given(rows, name="名单.xlsx", **options):
    return SourceTable.read(xlsx(table(rows, **options)), name)


def figures(plan_or_report):
    report = getattr(plan_or_report, "report", plan_or_report)
    return report.figures()


def codes(report):
    return [(each.row, each.fault.code) for each in report.faults]


def load(election, rows, actor=None, **options):
    return imports.import_roll(
        election, given(rows, **options), actor=actor or a_clerk(election.village_id), today=TODAY
    )
