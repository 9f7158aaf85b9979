"""What was counted and confirmed is final, whoever asks the database."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from elections import append_only
from elections.models import CountSheet, Round, Seated
from tests.elections.make_rounds import Vote

SHEET, ROUND, SEATED = "elections_countsheet", "elections_round", "elections_seated"
SHEET_COLUMNS = "round_id, number, issued_in_person, issued_by_proxy, returned, invalid, blank, votes, write_ins, typed_by_id, typed_at"
EDITS = [
    f"UPDATE {SHEET} SET returned = 1",
    f"UPDATE {SHEET} SET number = 9",
    f"DELETE FROM {SHEET}",
    f"INSERT INTO {SHEET} ({SHEET_COLUMNS}) SELECT {SHEET_COLUMNS.replace('number', 'number + 1')} FROM {SHEET}",
    f"UPDATE {ROUND} SET outcome = '{{}}' WHERE confirmed_at IS NOT NULL",
    f"UPDATE {ROUND} SET confirmed_at = NULL WHERE confirmed_at IS NOT NULL",
    f"UPDATE {ROUND} SET registered = 1 WHERE confirmed_at IS NOT NULL",
    f"DELETE FROM {ROUND} WHERE confirmed_at IS NOT NULL",
    f"UPDATE {SEATED} SET name = '别人'",
    f"DELETE FROM {SEATED}",
    f"INSERT INTO {SEATED} (election_id, round_id, office, name, sex, votes, why) "
    f"SELECT election_id, round_id, 'member', '别人', 'M', 1, '' FROM {SEATED} LIMIT 1",
]
ON_POSTGRESQL = [f"TRUNCATE {each} CASCADE" for each in (SHEET, ROUND, SEATED)]
ON_SQLITE = [f"REPLACE INTO {each} SELECT * FROM {each}" for each in (SHEET, ROUND, SEATED)] + [
    f"UPDATE OR REPLACE {SHEET} SET number = 1",
    f"UPDATE OR REPLACE {ROUND} SET number = 1 WHERE confirmed_at IS NULL",
    f"UPDATE OR REPLACE {SEATED} SET name = 'A'",
]


def run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


def edits() -> list[str]:
    return EDITS + (ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE)


@pytest.fixture
def vote(db) -> Vote:
    """A confirmed first vote and a rerun that is still open."""
    vote = Vote(
        {"chair": 1, "deputy": 1, "member": 1},
        {"chair": "AB", "deputy": "CD", "member": "EF"},
        voters=120,
        women="C",
    )
    vote.poll(100, {"chair": {"A": 60}, "deputy": {"C": 60}, "member": {"E": 40, "F": 40}})
    vote.open("open_rerun")
    connection.check_constraints()  # PostgreSQL: a table with foreign keys still to be looked at cannot be truncated
    return vote


def everything() -> tuple[list, list, list]:
    return tuple(list(model.objects.order_by("pk").values()) for model in (Round, CountSheet, Seated))


def test_the_database_refuses_every_change_of_a_confirmed_result(vote):
    before = everything()
    for sql in edits():
        with pytest.raises(DatabaseError, match=append_only.FINAL), transaction.atomic():
            run(sql)
    assert everything() == before


def test_the_orm_is_refused_like_everybody(vote):
    confirmed, sheet, seated = Round.objects.first(), CountSheet.objects.get(), Seated.objects.first()
    confirmed.registered = 1
    for act in (confirmed.save, sheet.save, sheet.delete, seated.save, seated.delete):
        with pytest.raises(DatabaseError, match=append_only.FINAL), transaction.atomic():
            act()


def test_an_open_round_may_still_be_counted_and_confirmed(vote):
    vote.count(Round.objects.last(), 100, {"member": {"E": 40, "F": 20}})
    assert [name for _, name, _ in vote.seated] == ["A", "C", "E"]


def test_without_the_triggers_the_changes_go_through(vote):
    """What holds is the trigger and nothing else: taken away, the same edits are made."""
    append_only.remove(connection, "results")
    assert append_only.missing(connection) == [
        name for name in append_only.TRIGGERS[connection.vendor] if name.startswith("result_")
    ]
    for sql in EDITS[:2] + EDITS[4:5] + EDITS[8:9]:
        with transaction.atomic():
            sql = sql.replace("'别人'", "'别人' || id")
            assert run(sql) > 0


def test_removing_one_group_leaves_the_other(db):
    append_only.remove(connection, "results")
    assert not [name for name in append_only.missing(connection) if name.startswith("journal_")]
    append_only.install(connection, "results")
    assert append_only.missing(connection) == []
