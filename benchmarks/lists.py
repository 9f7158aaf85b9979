"""The lists of a county of 600 villages on PostgreSQL: making them anew, and one look at each page, one line each.

First everything is worked out and written for the first time, then once more as on a new day. A page is asked for by the
county's office: p50 of the whole answer in milliseconds, the statements of the whole request, its size. Argument: villages.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.rolls import BASE, database, report

VILLAGES = int(sys.argv[1]) if len(sys.argv) > 1 else 600
TIMES = 20
PAGES = ("desk", "overview", "villages", "schedule")
MOST_SECONDS, MOST_STATEMENTS, MOST_KB = 2.0, 8, 60


def main() -> None:
    with database("postgresql"):
        command = [sys.executable, "manage.py", "load_synthetic", "-v0"]
        figures = ["--villages", str(VILLAGES), "--voters", str(VILLAGES)]
        subprocess.run([*command, *figures], cwd=BASE, env=dict(os.environ), check=True, stdout=subprocess.DEVNULL)
        from django.utils import timezone

        today = timezone.localdate()
        spread(today)
        refreshed("lists_made", today)
        for days in (1, 2, 3):
            refreshed("lists_on_a_new_day", today + timedelta(days=days))
        refreshed("lists_back_to_today", today)
        browser = a_county_office()
        for page in PAGES:
            looked_at(browser, f"/{page}/")


def spread(today: Any) -> None:
    """The villages stand in different stages and vote on different days; some are late."""
    from elections.models import Election
    from elections.rules.kinds import Stage

    elections = list(Election.objects.order_by("village_id"))
    stages = list(Stage)[:-1]
    for place, election in enumerate(elections):
        election.stage = stages[place % len(stages)]
        election.poll_day = today + timedelta(days=place % 40 - 5)
    Election.objects.bulk_update(elections, ["stage", "poll_day"])


def refreshed(name: str, day: Any) -> None:
    """Every summary worked out for another day, as the clock does it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from elections.services import summaries

    with CaptureQueriesContext(connection) as asked:
        began, worked = time.perf_counter(), time.process_time()
        assert summaries.refresh_all(day) == VILLAGES
        spent, cpu = time.perf_counter() - began, time.process_time() - worked
    report(
        name, VILLAGES, spent, None, None,
        own_cpu_seconds=round(cpu, 3), statements=len(asked), reach=MOST_SECONDS, well=spent <= MOST_SECONDS,
    )  # fmt: skip


def a_county_office() -> Any:
    from django.test import Client

    from elections.models import Area, Role, User
    from elections.services.accounts import appoint

    user = User.objects.get(username="synthetic")
    appoint(user, Role.COUNTY, Area.objects.get(code="990100"), actor=None)
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def looked_at(browser: Any, address: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(address)  # templates are compiled once
    spent, worked = [], time.process_time()
    for _ in range(TIMES):
        began = time.perf_counter()
        browser.get(address)
        spent.append(time.perf_counter() - began)
    cpu = (time.process_time() - worked) / TIMES
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    assert answer.status_code == 200
    statements, size = len(asked), len(answer.content) / 1024
    report(
        f"look_at{address.replace('/', '_').rstrip('_')}", VILLAGES, median(spent), None, None,
        p50_ms=round(median(spent) * 1000, 1), own_cpu_ms=round(cpu * 1000, 1), statements=statements, kb=round(size, 1),
        well=statements <= MOST_STATEMENTS and size <= MOST_KB,
    )  # fmt: skip


if __name__ == "__main__":
    main()
