"""SQLite as the settings open it: writers wait for each other instead of failing, references are kept."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from config import settings as site
from tests.servers import url_of

pytestmark = pytest.mark.sqlite

WRITERS, ROUNDS = 8, 40
WRITE = f"""
import django; django.setup()
from django.db import connection, transaction
for _ in range({ROUNDS}):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT number FROM counter")
        cursor.execute("UPDATE counter SET number = %s", [cursor.fetchone()[0] + 1])
"""


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 30_000)])
def test_how_it_is_opened(name, value):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        assert cursor.fetchone() == (value,)


def test_what_was_acknowledged_outlives_a_power_cut():
    assert "PRAGMA synchronous=FULL" in site.DATABASES["default"]["OPTIONS"]["init_command"]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_eight_writers_that_read_first_lose_nothing_and_are_never_locked_out():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE counter (number integer)")
        cursor.execute("INSERT INTO counter VALUES (0)")
    environment = {**os.environ, "DATABASE_URL": url_of(connection.settings_dict)}
    environment["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE], env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(WRITERS)
    ]
    said = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [text for text in said if "locked" in text] == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM counter")
        assert cursor.fetchone() == (WRITERS * ROUNDS,)
        cursor.execute("DROP TABLE counter")
