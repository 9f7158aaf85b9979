"""Every test has an engine to run on, and a run of one engine takes its share and nothing else."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines import CHROMIUM, COLLECTED, ENGINES, JOURNEYS, POSTGRESQL, SQLITE, engines_of
from tests.run import WITHOUT, Outcome, count, never_ran, verdict

ROOT = Path(__file__).resolve().parent.parent
# One file of each kind, and the engines of all its tests.
KINDS = {
    "tests/elections/rules/counting/test_majority.py": {SQLITE},
    "tests/config/test_sqlite.py": {SQLITE},
    "tests/elections/test_pages_count.py": {POSTGRESQL},
    "tests/voters/test_proxy_races.py": {POSTGRESQL},
    "tests/elections/test_acts.py": {SQLITE, POSTGRESQL},
    "tests/elections/test_final_results.py": {SQLITE, POSTGRESQL},
    "tests/elections/test_rounds.py": {SQLITE, POSTGRESQL},
    "tests/voters/pages/test_import_steps.py": {SQLITE, POSTGRESQL},
    "tests/journeys/browser/test_whole_election.py": {CHROMIUM},
}
NOWHERE = "postgres://nobody@127.0.0.1:1/none"  # collecting asks no database


def test_every_test_has_an_engine(request):
    """Of the tests of this run: all of them when the whole suite runs."""
    found = {item.nodeid: engines_of(item) for item in request.config.stash[COLLECTED]}
    assert found
    assert [name for name, engines in found.items() if not engines or not engines <= ENGINES.keys()] == []


def test_no_test_is_skipped_where_it_alone_would_run(request):
    """A mark for one engine and a place on another would leave a test without a run."""
    wrong = []
    for item in request.config.stash[COLLECTED]:
        marks = {mark.name for mark in item.iter_markers()}
        if marks >= {"sqlite", "postgres"} or (marks & {"sqlite", "postgres"} and "browser" in marks):
            wrong.append(item.nodeid)
    assert wrong == []


def test_every_browser_is_where_chromium_looks(request):
    astray = [
        item.nodeid
        for item in request.config.stash[COLLECTED]
        if item.get_closest_marker("browser") and not item.nodeid.startswith(f"{JOURNEYS}/")
    ]
    assert astray == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", [SQLITE, POSTGRESQL, CHROMIUM])
def test_a_run_takes_the_share_of_its_engine(engine):
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", "--share", "-p", "no:cacheprovider"]
    environment = {**os.environ, "DATABASE_URL": NOWHERE}
    if engine == SQLITE:
        del environment["DATABASE_URL"]
    done = subprocess.run(
        [*command, "-m", ENGINES[engine], *KINDS], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    taken = {line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line}
    assert taken == {path for path, engines in KINDS.items() if engine in engines}


def test_what_every_engine_left_to_another_is_told(tmp_path):
    """`make test` reads it from the reports, so a `skip` inside a test is seen too."""
    skipped = '<testcase classname="t" name="a"><skipped/></testcase>'
    ran = '<testcase classname="t" name="a"/>'
    one, other, third = Outcome("one"), Outcome("other"), Outcome("third")
    for outcome, case in ((one, skipped), (other, skipped), (third, ran)):
        report = tmp_path / f"{outcome.engine}.xml"
        report.write_text(f'<testsuites><testsuite tests="1" skipped="0">{case}</testsuite></testsuites>')
        count(report, outcome)
    assert never_ran([one, other]) == ["t::a"]
    assert never_ran([one, other, third]) == []


def test_only_what_a_machine_may_lack_may_run_nowhere():
    well, ill = Outcome("one", well=True), Outcome("other")
    assert verdict([well], []) == verdict([well], list(WITHOUT)) == 0
    assert verdict([well], ["t::a"]) == verdict([well], [*WITHOUT, "t::a"]) == verdict([well, ill], []) == 1
    for test in WITHOUT:
        module, _, name = test.partition("::")
        assert callable(getattr(importlib.import_module(module), name))
