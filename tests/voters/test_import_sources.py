"""Where the rows of an import come from: the last roll, another sheet, known columns, a large file read in the background."""

import json
from datetime import date

import pytest

from tests.voters.make_imports import figures, load
from tests.voters.make_voters import (
    TODAY,
    a_clerk,
    a_roll_election,
    a_row,
    table,
    xlsx,
)
from voters.importing.source import SourceTable
from voters.importing.staging import sheet_of, work_of
from voters.models import RollImport, Voter
from voters.services import imports, repairs
from voters.services.listing import omit

pytestmark = pytest.mark.django_db


# --- where rows come from ------------------------------------------------------------------------------


def test_the_roll_of_the_last_term_is_a_table_like_any_other():
    from elections.models import Cycle
    from tests.make import a_cycle

    last = a_roll_election()
    load(last, [a_row(1, 住址="石门村12号"), a_row(2, 登记类型="户籍在本村不居住", 本人表示参加="是"), a_row(3)])
    gone = Voter.objects.get(name=a_row(3)["姓名"])
    omit(gone, "DIED", evidence="死亡证明", version=0, actor=a_clerk())
    cycle = a_cycle()
    now = Cycle.objects.create(
        county=cycle.county,
        name="下一届",
        term_no=13,
        starts_on=date(2031, 9, 1),
        ends_on=date(2032, 6, 30),
        pack=cycle.pack,
    )
    election = a_roll_election(poll_day=date(2031, 12, 20))
    election.cycle = now
    election.save()
    given_ = SourceTable.last_term(election)
    plan = imports.rehearse(election, given_, actor=a_clerk(), today=date(2031, 11, 1))
    assert figures(plan)["new"] == 2
    assert plan.report.not_listed == {"NO_STATEMENT": 1}
    first = plan.rows[0].row
    assert (first.id_number, first.address) == (a_row(1)["身份证号"], "石门村12号")
    with pytest.raises(LookupError):
        SourceTable.last_term(last)


def test_columns_pointed_out_once_are_known_for_the_next_file_of_that_shape():
    election, clerk = a_roll_election(), a_clerk()
    headings = ["甲", "身份证号", "性别"]

    def file(*serials):
        return SourceTable.read(
            xlsx([headings, *([a_row(n)["姓名"], a_row(n)["身份证号"], a_row(n)["性别"]] for n in serials)]), "x"
        )

    batch = imports.open_import(election, file(1), actor=clerk, today=TODAY)
    mapping = {"姓名": 0, "身份证号": 1, "性别": 2}
    batch = repairs.note_columns(batch, mapping, actor=clerk, today=TODAY, version=batch.version)
    imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    again = imports.open_import(election, file(1, 2), actor=clerk, today=TODAY)
    assert dict(work_of(again).mapping) == mapping
    assert json.loads(again.summary)["new"] == 1


def two_sheets() -> bytes:
    from io import BytesIO

    from openpyxl import Workbook

    book = Workbook()
    for title, serial in (("一组", 1), ("二组", 2)):
        sheet = book.create_sheet(title)
        for row in table([a_row(serial)]):
            sheet.append(row)
    del book["Sheet"]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_another_sheet_of_the_same_file_can_be_chosen():
    election, clerk = a_roll_election(), a_clerk()
    batch = imports.open_import(election, SourceTable.read(two_sheets(), "x"), actor=clerk, today=TODAY)
    assert sheet_of(batch).names == ("一组", "二组")
    batch = imports.choose_sheet(batch, "二组", actor=clerk, today=TODAY, version=batch.version)
    plan = imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    assert [each.row.name for each in plan.rows] == [a_row(2)["姓名"]]
    assert not RollImport.objects.get().file_sealed


def test_a_large_file_is_read_in_the_background_and_harmless_twice(django_capture_on_commit_callbacks):
    from elections.handlers import handler_of
    from elections.leases import Work
    from elections.models import Job

    election, clerk = a_roll_election(), a_clerk()
    batch = imports.queue_import(election, xlsx(table([a_row(1), a_row(2)])), "名单.xlsx", actor=clerk)
    assert a_row(1)["身份证号"] not in json.dumps(batch.job.args)
    for _ in range(2):
        work = Work.take(batch.job_id)
        if work:
            handler_of("roll_read").do(work)
    batch.refresh_from_db()
    assert (batch.state, batch.said.new, bytes(batch.file_sealed)) == ("open", 2, b"")
    assert Job.objects.get().state == Job.State.DONE
    assert imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version).report.new == 2


def test_a_large_file_that_is_no_table_fails_with_its_reason():
    from elections.handlers import handler_of
    from elections.leases import JobFailed, Work

    election, clerk = a_roll_election(), a_clerk()
    batch = imports.queue_import(election, b"%PDF-1.4", "名单.xlsx", actor=clerk)
    with pytest.raises(JobFailed, match="这个文件不是可以读取的表格"):
        handler_of("roll_read").do(Work.take(batch.job_id))
