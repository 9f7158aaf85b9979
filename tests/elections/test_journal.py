"""The journal: written once, chained, and no change goes unseen."""

import json
import random
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from elections import append_only, journal, secrecy
from elections.models import Area, JournalEntry, JournalHead, User
from elections.selectors import anchors
from elections.selectors.journal import verify
from tests.elections.forger import ENTRY, HEAD, TAMPERINGS, VILLAGES, Forger, run_sql


@pytest.fixture
def clerk(db) -> User:
    return User.objects.create_user("clerk", name="甲")


def write(code: str, actor: User | None, number: int = 1, act: str = "step.start_audit") -> JournalEntry:
    with transaction.atomic():
        return journal.record(code, act, actor=actor, role="township", obj=f"row:{number}", details={"n": number})


def a_world(actor: User, *, entries: int, seed: int = 1) -> None:
    """Entries of several villages, one after the other in no order."""
    chance = random.Random(seed)
    with transaction.atomic():
        for number in range(entries):
            journal.record(
                chance.choice(VILLAGES), chance.choice(["count", "publish"]), actor=actor, obj=f"row:{number}",
                details={"n": number},
            )  # fmt: skip


# --- Writing ----------------------------------------------------------------------------------------


def test_an_entry_says_who_did_what_to_what(clerk):
    entry = write(VILLAGES[0], clerk, 7)
    said = json.loads(JournalEntry.objects.get(pk=entry.pk).body)
    assert (entry.area_code, entry.seq, entry.act, entry.obj) == (VILLAGES[0], 1, "step.start_audit", "row:7")
    assert (said["actor"], said["role"], said["details"]) == (clerk.pk, "township", {"n": 7})
    assert datetime.fromisoformat(said["at"]).utcoffset() == timedelta(hours=8)
    assert entry.said == said
    assert abs(datetime.fromisoformat(said["db"]) - entry.at) < timedelta(seconds=5)


def test_each_area_has_its_own_chain_and_root_notes_its_opening(clerk):
    for code in ("990100101201", "990100101202", "990100101", "990100", "990100101201"):
        write(code, clerk)
    heads = dict(JournalHead.objects.values_list("area_code", "seq"))
    opened = JournalEntry.objects.filter(area_code=journal.ROOT).values_list("obj", flat=True)
    assert heads == {"990100101201": 2, "990100101202": 1, "990100101": 1, "990100": 1, journal.ROOT: 4}
    assert list(opened) == [f"chain:{code}" for code in ("990100101201", "990100101202", "990100101", "990100")]


def test_a_row_is_named_by_its_table_and_key(clerk):
    with transaction.atomic():
        entry = journal.record("990100", "account.open", actor=None, obj=clerk)
    assert entry.obj == f"elections.user:{clerk.pk}"
    assert entry.actor is None


def test_details_become_plain_json(clerk):
    details = {"day": date(2026, 12, 20), "when": datetime(2026, 12, 20, 1, tzinfo=UTC), "who": [1, None, True, "甲"]}
    with transaction.atomic():
        entry = journal.record("990100", "x", actor=clerk, details=details)
    assert entry.details == {"day": "2026-12-20", "when": "2026-12-20T01:00:00+00:00", "who": [1, None, True, "甲"]}


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        journal.record("990100", "x", actor=None)


def test_a_line_goes_with_its_act_or_not_at_all(clerk):
    save = transaction.savepoint()
    journal.record(VILLAGES[0], "x", actor=clerk)
    transaction.savepoint_rollback(save)
    assert JournalEntry.objects.count() == JournalHead.objects.count() == 0


@pytest.mark.parametrize("number", ["990100196001013016", "13800138000"])
def test_a_number_of_a_person_is_refused(clerk, number):
    with pytest.raises(secrecy.PersonalData), transaction.atomic():
        journal.record(VILLAGES[0], "x", actor=clerk, details={"note": f"号码{number}"})


def test_a_float_is_refused(clerk):
    with pytest.raises(TypeError, match="float"), transaction.atomic():
        journal.record(VILLAGES[0], "x", actor=clerk, details={"rate": 0.5})


@pytest.mark.parametrize("code", ["", "9901", "9901001012012", "99010010120X"])
def test_what_is_no_area_code_is_refused(clerk, code):
    with pytest.raises(ValueError, match="code of an area"), transaction.atomic():
        journal.record(code, "x", actor=clerk)


def test_a_clock_that_goes_back_is_flagged(clerk, time_machine):
    time_machine.move_to("2026-12-20 10:00:00+08:00")
    first = write(VILLAGES[0], clerk)
    time_machine.move_to("2026-12-20 09:00:00+08:00")
    second, third = write(VILLAGES[0], clerk), write(VILLAGES[0], clerk)
    assert ["clock_went_back" in entry.said for entry in (first, second, third)] == [False, True, False]
    assert 3600 <= second.said["clock_went_back"] <= 3601


def test_a_head_that_was_not_held_is_never_stepped(clerk, monkeypatch):
    """Whatever the lock does: the head moves on from what was read, or nothing is written."""
    write(VILLAGES[0], clerk)
    stale = JournalHead.objects.get(pk=VILLAGES[0])
    write(VILLAGES[0], clerk)
    monkeypatch.setattr(journal, "_locked_head", lambda _: (stale, timezone.now()))
    with pytest.raises(journal.ChainMoved):
        write(VILLAGES[0], clerk)
    assert JournalEntry.objects.filter(area_code=VILLAGES[0]).count() == 2


# --- Triggers ---------------------------------------------------------------------------------------

EDITS = [
    f"UPDATE {ENTRY} SET act = 'other'",
    f"DELETE FROM {ENTRY}",
    f"DELETE FROM {HEAD}",
    f"UPDATE {HEAD} SET seq = 0",
    f"UPDATE {HEAD} SET mac = 'x'",
    f"UPDATE {HEAD} SET area_code = '990100'",
]
ON_POSTGRESQL = [f"TRUNCATE {ENTRY}", f"TRUNCATE {HEAD}", f"TRUNCATE elections_user, {ENTRY} CASCADE"]
ON_SQLITE = [
    f"REPLACE INTO {ENTRY} SELECT * FROM {ENTRY}",
    f"INSERT OR REPLACE INTO {ENTRY} (id, area_code, seq, at, act, obj, body, mac) "
    f"SELECT id + 100, area_code, seq, at, act, obj, body, mac FROM {ENTRY}",
    f"REPLACE INTO {HEAD} SELECT * FROM {HEAD}",
    f"UPDATE OR REPLACE {ENTRY} SET seq = 1",
]


def _edits() -> list[str]:
    return EDITS + (ON_POSTGRESQL if connection.vendor == "postgresql" else ON_SQLITE)


def test_the_database_refuses_every_change(clerk):
    """UPDATE, DELETE, TRUNCATE, REPLACE."""
    write(VILLAGES[0], clerk)
    write(VILLAGES[0], clerk)
    before = list(JournalEntry.objects.values()), list(JournalHead.objects.values())
    connection.check_constraints()  # PostgreSQL: a table with foreign keys still to be looked at cannot be truncated
    for sql in _edits():
        with pytest.raises(DatabaseError, match=append_only.REFUSAL), transaction.atomic():
            run_sql(sql)
    assert (list(JournalEntry.objects.values()), list(JournalHead.objects.values())) == before


def test_a_missing_trigger_is_named(db):
    assert append_only.missing(connection) == []
    append_only.remove(connection)
    assert append_only.missing(connection) == list(append_only.TRIGGERS[connection.vendor])


@pytest.mark.postgres
def test_a_trigger_that_is_switched_off_counts_as_missing(db):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {ENTRY} DISABLE TRIGGER journal_entry_rows")
    assert append_only.missing(connection) == ["journal_entry_rows"]


# --- Verifying --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_a_clean_world_raises_no_alarm(clerk, seed):
    a_world(clerk, entries=seed * 3, seed=seed)
    assert verify() == []
    assert [verify(code) for code in VILLAGES] == [[]] * len(VILLAGES)


def test_a_hundred_random_tamperings_are_found_and_their_village_named(clerk):
    """With the triggers dropped, 100 of 100; every kind at least five times; no innocent village accused."""
    a_world(clerk, entries=150)
    append_only.remove(connection)
    for seed in range(100):
        save = transaction.savepoint()
        touched = getattr(Forger(seed), TAMPERINGS[seed % len(TAMPERINGS)])()
        named = {broken.area_code for broken in verify()}
        transaction.savepoint_rollback(save)
        assert named == touched, (seed, TAMPERINGS[seed % len(TAMPERINGS)])
    assert verify() == []


def test_the_first_bad_entry_of_each_broken_chain_is_told(clerk):
    for number in range(5):
        write(VILLAGES[0], clerk, number)
        write(VILLAGES[1], clerk, number)
    append_only.remove(connection)
    run_sql(f"UPDATE {ENTRY} SET act = 'x' WHERE seq IN (2, 4) AND area_code = %s", VILLAGES[0])
    run_sql(f"DELETE FROM {ENTRY} WHERE seq = 3 AND area_code = %s", VILLAGES[1])
    assert [(broken.area_code, broken.seq) for broken in verify()] == [(VILLAGES[0], 2), (VILLAGES[1], 3)]
    assert [broken.seq for broken in verify(VILLAGES[1])] == [3]


def test_a_whole_consistent_past_put_back_is_told_by_an_anchor(clerk):
    """Rows and head as they were yesterday, seal and all."""
    write(VILLAGES[0], clerk)
    yesterday = JournalHead.objects.filter(pk=VILLAGES[0]).values().get()
    write(VILLAGES[0], clerk)
    kept = anchors.from_text(anchors.as_text(anchors.anchors()))
    append_only.remove(connection)
    JournalEntry.objects.filter(area_code=VILLAGES[0], seq=2).delete()
    JournalHead.objects.filter(pk=VILLAGES[0]).update(**yesterday)
    assert verify() == []
    assert [(broken.area_code, broken.seq) for broken in anchors.against(kept)] == [(VILLAGES[0], 2)]


def test_an_anchor_file_that_was_changed_is_refused(clerk):
    write(VILLAGES[0], clerk)
    text = anchors.as_text(anchors.anchors())
    assert anchors.against(anchors.from_text(text)) == []
    with pytest.raises(ValueError, match="总校验"):
        anchors.from_text(text.replace(f"{VILLAGES[0]} 1", f"{VILLAGES[0]} 2"))


def test_a_new_key_version_goes_on_with_the_chain(clerk, settings):
    write(VILLAGES[0], clerk)
    settings.ID_KEYS = {**settings.ID_KEYS, "journal": {**settings.ID_KEYS["journal"], 2: b"k" * 32}}
    settings.CRYPTO_PROFILE = "guomi"
    write(VILLAGES[0], clerk)
    assert verify() == []
    settings.ID_KEYS = {**settings.ID_KEYS, "journal": {2: b"k" * 32}}
    assert [(broken.seq, broken.reason) for broken in verify(VILLAGES[0])] == [(1, "所用的密钥不在本机")]


# --- Commands ---------------------------------------------------------------------------------------


def test_the_commands_print_what_people_and_programs_need(clerk, capsys, tmp_path):
    Area.objects.create(code=VILLAGES[0], name="石门村", kind="village")
    write(VILLAGES[0], clerk)
    call_command("verify_journal")
    assert capsys.readouterr().out == "操作记录全部核验无误。\n"
    call_command("anchor_journal")
    (tmp_path / "anchors").write_text(capsys.readouterr().out)
    append_only.remove(connection)
    run_sql(f"UPDATE {ENTRY} SET act = 'x' WHERE area_code = %s", VILLAGES[0])
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_journal", json=True, anchors=tmp_path / "anchors")
    broken = [{"area": VILLAGES[0], "name": "石门村", "seq": 1, "reason": "检索栏与正文不符"}]
    assert json.loads(capsys.readouterr().out) == {"ok": False, "broken": broken}
    with pytest.raises(SystemExit, match="1"):
        call_command("verify_journal")
    assert capsys.readouterr().out.splitlines()[0] == f"{VILLAGES[0]} 石门村 第1条：检索栏与正文不符"


def test_a_file_that_is_no_anchor_file_is_told_plainly(db, tmp_path):
    (tmp_path / "x").write_text("hello")
    with pytest.raises(CommandError, match="这不是锚定文件"):
        call_command("verify_journal", anchors=tmp_path / "x")


# --- At the same time -------------------------------------------------------------------------------


def _writers(count: int, entries: int) -> list[BaseException]:
    """Threads that write to the same few chains at once; return what went wrong."""
    faults: list[BaseException] = []
    start = threading.Barrier(count)

    def work(seed: int) -> None:
        chance = random.Random(seed)
        try:
            start.wait(30)
            for number in range(entries):
                write(chance.choice(VILLAGES[:2]), None, number)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(count)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert verify() == []  # nor does verifying at the same moment raise an alarm
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.django_db(transaction=True)
def test_eight_writers_at_once_make_one_chain():
    """Also the first entry of a chain, which all eight want to write; no lock error on SQLite."""
    assert _writers(8, 15) == []
    counts = dict(JournalHead.objects.values_list("area_code", "seq"))
    assert counts[VILLAGES[0]] + counts[VILLAGES[1]] == 8 * 15
    assert counts[journal.ROOT] == 2
    assert verify() == []
