"""Columns that were pointed out once: known for the next file of that shape in this village, once it was imported."""

import pytest

from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, a_row, xlsx
from voters.importing.source import SourceTable
from voters.importing.staging import sheet_of, work_of
from voters.services import imports, repairs
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db
HERE, THERE = "990100101201", "990100101202"
POINTED_OUT = {"姓名": 0, "身份证号": 1, "性别": 2}
GUESSED = {"身份证号": 1, "性别": 2}


def file(serial):
    row = a_row(serial)
    return SourceTable.read(xlsx([["甲", "身份证号", "性别"], [row["姓名"], row["身份证号"], row["性别"]]]), "x")


def opened(election, serial, clerk):
    return imports.open_import(election, file(serial), actor=clerk, today=TODAY)


def pointed_out(election, serial, clerk):
    batch = opened(election, serial, clerk)
    return repairs.note_columns(batch, POINTED_OUT, actor=clerk, today=TODAY, version=batch.version)


def mapping(batch):
    return dict(work_of(batch).mapping)


def test_an_import_that_was_given_up_teaches_nothing():
    election, clerk = a_roll_election(HERE), a_clerk(HERE)
    pointed_out(election, 1, clerk)
    assert mapping(opened(election, 2, clerk)) == GUESSED


def test_another_village_teaches_nothing():
    there, other = a_roll_election(THERE), a_clerk(THERE)
    batch = pointed_out(there, 1, other)
    imports.commit_import(batch, actor=other, today=TODAY, version=batch.version)
    assert mapping(opened(a_roll_election(HERE), 2, a_clerk(HERE))) == GUESSED
    assert mapping(opened(there, 3, other)) == POINTED_OUT


def test_once_the_roll_is_published_the_table_of_an_import_is_gone():
    election, clerk = a_roll_election(HERE), a_clerk(HERE)
    batch = pointed_out(election, 1, clerk)
    imports.commit_import(batch, actor=clerk, today=TODAY, version=batch.version)
    publish_roll(election, place="公开栏", posted_by="某人", actor=clerk, today=TODAY)
    batch.refresh_from_db()
    with pytest.raises(LookupError):
        sheet_of(batch)
