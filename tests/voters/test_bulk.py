"""Many rows at once: every kind of value arrives as it was sent, in the form of COPY and in the database."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.voters.make_voters import a_roll_election, a_voter
from voters.importing.bulk import _copy_text, insert_many, update_many
from voters.importing.storing import INSERTED
from voters.models import RollImport, Voter, Young

AWKWARD = "制表\t换行\n回车\r反斜杠\\N 引号'\"；"
KEY = UUID(int=10)


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        (["王芳", ""], "王芳\n\n"),
        ([AWKWARD, "平"], "制表\\t换行\\n回车\\r反斜杠\\\\N 引号'\"；\n平\n"),
        ([b"\x00\xff", b""], "\\\\x00ff\n\\\\x\n"),
        ([True, False], "t\nf\n"),
        ([KEY, None], "0000000000000000000000000000000a\n\\N\n"),
        ([None, KEY], "\\N\n00000000-0000-0000-0000-00000000000a\n"),
        ([date(2026, 12, 20), None], "2026-12-20\n\\N\n"),
        ([7, None], "7\n\\N\n"),
    ],
)
def test_each_kind_of_value_in_the_text_of_copy(values, lines):
    assert _copy_text([values]) == lines


def test_columns_stand_beside_each_other():
    assert _copy_text([["王芳", "李\t强"], [1, 2]]) == "王芳\t1\n李\\t强\t2\n"


@pytest.mark.django_db
def test_what_is_inserted_and_updated_is_read_back_as_it_was():
    election = a_roll_election()
    batch = RollImport.objects.create(
        election=election, file_name="x", file_hash="0" * 64, made_by=a_voter(election).last_change.made_by
    )
    key, index, mark = uuid4(), uuid4(), uuid4()
    row = {
        "id": key, "election_id": election.pk, "cycle_id": election.cycle_id, "source_id": batch.pk, "id_index": index,
        "row_mark": mark, "name": AWKWARD, "initials": "", "sex": "F", "birth": date(1990, 2, 28), "ethnicity": "",
        "group": "1组", "household": "", "place": "\x1f", "party": "", "category": "CAT1", "stated": True,
        "remark": AWKWARD, "listed": True, "omission": "", "checked": False, "id_sealed": b"\x00\\\xff\n",
        "phone_sealed": b"", "address_sealed": b"\t",
    }  # fmt: skip
    insert_many(connection, "voters_voter", INSERTED, [[[row[name]] for name in INSERTED]])
    stored = Voter.objects.get(pk=key)
    assert {name: _plain(getattr(stored, name)) for name in INSERTED} == row
    update_many(connection, Voter, ("row_mark", "number", "remark"), [(key, (None, 5, "\\N"))])
    stored.refresh_from_db()
    assert (stored.row_mark, stored.number, stored.remark) == (None, 5, "\\N")


@pytest.mark.django_db
def test_an_update_of_one_key_leaves_the_others():
    election = a_roll_election()
    first, second = a_voter(election, 1), a_voter(election, 2)
    update_many(connection, Voter, ("remark",), [(first.pk, ("改",))])
    assert [Voter.objects.get(pk=each.pk).remark for each in (first, second)] == ["改", ""]
    update_many(connection, Young, ("id_index",), [])


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value
