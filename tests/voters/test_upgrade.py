"""A database of the first release with a published roll becomes today's: its rows as they were, its guards back."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.db import connection

from tests.servers import url_of

ROOT = Path(__file__).resolve().parents[2]
FRESH = "upgraded"


@contextmanager
def a_database(folder: Path) -> Iterator[str]:
    """The URL of an empty database on this engine."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'first.sqlite3'}"
        return
    name = f"{FRESH}_{os.getpid()}"
    _on_the_server(f"CREATE DATABASE {name}")
    try:
        yield url_of({**connection.settings_dict, "NAME": name})
    finally:
        _on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


def _on_the_server(statement: str) -> None:
    said = connection.settings_dict
    server = psycopg2.connect(
        host=said["HOST"], port=said["PORT"], user=said["USER"], password=said["PASSWORD"], dbname="postgres"
    )
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(statement)
    server.close()


@pytest.mark.slow
@pytest.mark.django_db
def test_a_published_roll_of_the_first_release_comes_through(tmp_path):
    with a_database(tmp_path) as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.voters.upgrade"],
            cwd=ROOT, env={**os.environ, "DATABASE_URL": url, "TEST_FOLDER": str(tmp_path)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["after"] == said["before"]
    assert [len(said["after"][name]) for name in ("Voter", "RollVersion", "RollChange")] == [3, 1, 0]
    assert said["refused"] == ["change", "remove", "add", "change the version", "remove the version"]
    assert said["allowed"] is True
