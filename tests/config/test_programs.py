"""Web and worker as real processes: they come up, outlive the loss of a child, and refuse an unsafe site."""

import os
import signal
import subprocess
import sys
import urllib.request

import pytest

from config.keys import generate
from tests.servers import Worker, wait_for

pytestmark = pytest.mark.slow


def healthy(url: str) -> bool:
    with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
        return answer.status == 200


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in listed.stdout.split()]


@pytest.mark.django_db(transaction=True)
def test_the_site_answers_after_one_of_its_processes_was_killed(web):
    assert healthy(web.url)
    wait_for(lambda: len(children(web.process.pid)) == 2)
    lost = children(web.process.pid)[0]
    os.kill(lost, signal.SIGKILL)
    wait_for(lambda: len(children(web.process.pid)) == 2 and lost not in children(web.process.pid))
    assert healthy(web.url)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["files", "redis"])
def test_a_worker_comes_up_with_its_clock_and_ends_when_asked(kind, database_url, redis_server, start):
    broker = redis_server.url if kind == "redis" else None
    worker = start(Worker(database_url, broker, beat=True))
    worker.stop()
    assert worker.process.returncode == 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, ""),
        ({"SECRET_KEY": "short"}, "site.E002"),
        ({"ALLOWED_HOSTS": "*", "DEBUG": "1"}, "site.E003"),
        ({"ID_KEYS": ""}, "ID_KEYS: no key for encrypt, index, journal"),
    ],
)
def test_an_unsafe_production_site_does_not_start(tmp_path, change, message):
    good = {
        "SECRET_KEY": "kR7vQ2mX9cL4nB8wZ1tY6hJ3gF5dS0aPuEiOyTrWqLkMjNhBvC",
        "ID_KEYS": generate().replace("\n", ","),
        "ALLOWED_HOSTS": "huanjie.example.gov.cn",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PATH": os.environ["PATH"],
    }
    start = [sys.executable, "-c", "import config.wsgi"]
    done = subprocess.run(start, env=good | change, capture_output=True, text=True)
    assert done.returncode == (1 if change else 0)
    assert message in done.stderr
