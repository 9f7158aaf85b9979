"""The journal: 20,000 entries of 100 villages verified, and entries written one by one, on SQLite.

Peer: verifying through model instances, one query a village, the first thing one would write. Floor: the same texts
already in memory, only hashed. The second line is writing: one entry a transaction, against bare inserts of the same text.
"""

import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))
FOLDER = tempfile.TemporaryDirectory(prefix="huanjie-bench-")
os.environ.update(TEST_FOLDER=FOLDER.name, DJANGO_SETTINGS_MODULE="tests.settings", LOG_LEVEL="ERROR")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from elections import journal  # noqa: E402
from elections.models import JournalEntry, JournalHead  # noqa: E402
from elections.selectors.journal import verify  # noqa: E402

VILLAGES = [f"990100101{number:03d}" for number in range(201, 301)]
ENTRIES = 20_000
WRITES = 1_000
ROUNDS = 3


def fill() -> None:
    """Acts as long as a typical step of the table, in one transaction to save time."""
    with transaction.atomic():
        for number in range(ENTRIES):
            details = {"body": "committee", "from": "registration", "to": "nomination", "version": number}
            journal.record(
                VILLAGES[number % len(VILLAGES)], "step.open_nomination", actor=None, role="township",
                obj=f"elections.election:{number}", details=details,
            )  # fmt: skip


def by_instances() -> None:
    for head in JournalHead.objects.all():
        prev = journal.GENESIS
        for entry in JournalEntry.objects.filter(area_code=head.area_code).order_by("seq"):
            assert entry.mac == journal.mac(prev, entry.body, entry.said["key"], entry.said["hash"])
            prev = entry.mac
        assert prev == head.mac


def write() -> None:
    for number in range(WRITES):
        with transaction.atomic():
            journal.record(VILLAGES[number % len(VILLAGES)], "count", actor=None, details={"version": number})


def write_bare() -> None:
    text = "x" * 400
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, body TEXT)")
        for _ in range(WRITES):
            with transaction.atomic():
                cursor.execute("INSERT INTO bare (body) VALUES (%s)", [text])


def best(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return min(times)


def report(name: str, n: int, seconds: float, peer: float | None, floor: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "name": name, "n": n, "seconds": round(seconds, 3), "peer_seconds": peer and round(peer, 3),
        "floor_seconds": round(floor, 3), "ratio_to_peer": peer and round(peer / seconds, 2),
        "ratio_to_floor": round(seconds / floor, 1), "peak_mib": round(peak, 1),
    }  # fmt: skip
    print(json.dumps(figures))


def main() -> None:
    call_command("migrate", verbosity=0)
    fill()
    texts = list(JournalEntry.objects.values_list("body", "mac"))

    def hash_only() -> None:
        for body, mac in texts:
            journal.mac(mac, body, 1, "sha256")

    assert verify() == []
    report("journal_verify", len(texts), best(verify), best(by_instances), best(hash_only))
    report("journal_write", WRITES, best(write, 1), None, best(write_bare, 1))


if __name__ == "__main__":
    main()
