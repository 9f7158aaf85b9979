"""`make test`: every test on the engines it is for (tests/engines.py), one pass/fail line each.

SQLite     the rules, and what lies between them and the pages, on an SQLite file
PostgreSQL all that needs a database, on a throwaway PostgreSQL with a throwaway Redis (or DATABASE_URL, REDIS_URL if given)
Chromium   the journeys in a real browser, on that PostgreSQL, beside the two others

ENGINE=sqlite|postgresql|chromium runs one of them. Further arguments go to pytest, and what they name runs on every
engine: `make test ARGS="-k journal"`. TEST_PROFILE=night takes more rounds and examples (tests/pace.py).
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))

from tests.engines import CHROMIUM, ENGINES, JOURNEYS, SQLITE  # noqa: E402
from tests.pace import NIGHT  # noqa: E402
from tests.servers import Postgres, Redis  # noqa: E402

LONGEST = (240 if NIGHT else 40) * 60  # seconds for one engine; a hanging test must not hang the build
# Two at a time; a journey waits more than it works, so two of them share the machine well. Each takes one half in
# order, so that a module's fixtures are made once, and who is done takes over from the end of the other's half.
PARALLEL = ["-n", os.environ.get("TEST_PROCESSES", "2"), "--dist", "worksteal"]

# SourceTable to no engine: an address of one's own servers, and the wish to keep no bytecode. Some 400 processes read the same
# modules; where each compiles them again, the run takes half as long again.
UNWANTED = ("DATABASE_URL", "REDIS_URL", "PYTHONDONTWRITEBYTECODE")

# Tests that a machine may be unable to run, and why it need not: whatever else ran nowhere fails the run.
WITHOUT = {
    "tests.test_static::test_built_files_are_what_their_sources_give": (
        "Node and its locked packages stand on a developer's computer only; see deploy/build_static.sh"
    ),
}


@dataclass
class Outcome:
    """What one engine said: figures of its report and whether all was well."""

    engine: str
    seconds: float = 0.0
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    well: bool = False
    ran: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        figures = f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        minutes, seconds = divmod(round(self.seconds), 60)
        return f"{self.engine:<11} {'PASS' if self.well else 'FAIL'}  {figures}  ({minutes} min {seconds:02d} s)"


def main(arguments: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    wanted = os.environ.get("ENGINE", "").casefold()
    engines = [name for name in ENGINES if wanted in ("", name.casefold())]
    if not engines:
        sys.exit(f"ENGINE is one of {', '.join(ENGINES)}")
    with servers(engines) as urls:
        outcomes = run_all(engines, urls, arguments)
    print("\n" + "\n".join(map(str, outcomes)))
    total = {key: sum(getattr(outcome, key) for outcome in outcomes) for key in ("passed", "failed", "skipped")}
    print("{passed} passed, {failed} failed, {skipped} skipped".format(**total))
    whole = not arguments and len(engines) == len(ENGINES)
    never = never_ran(outcomes) if whole else []
    for test in never:
        print(f"ran on no engine: {test}{f' ({WITHOUT[test]})' if test in WITHOUT else ''}")
    return verdict(outcomes, never)


def run_all(engines: list[str], urls: dict[str, str], arguments: list[str]) -> list[Outcome]:
    """One engine after another; the browser, who waits more than he works, beside them from the beginning."""
    with contextlib.ExitStack() as stack:
        aside = CHROMIUM in engines and len(engines) > 1
        browser = stack.enter_context(running(CHROMIUM, urls, arguments, beside=True)) if aside else None
        outcomes = []
        for engine in engines:
            if browser and engine == CHROMIUM:
                outcomes.append(browser())
                continue
            with running(engine, urls, arguments, beside=False) as outcome:
                outcomes.append(outcome())
        return outcomes


def verdict(outcomes: list[Outcome], never: list[str]) -> int:
    """How the run ends: 0 when all was well and only what :data:`WITHOUT` names ran nowhere."""
    return 0 if all(outcome.well for outcome in outcomes) and WITHOUT.keys() >= set(never) else 1


def never_ran(outcomes: list[Outcome]) -> list[str]:
    """Tests that every engine left to another one."""
    ran = set().union(*(outcome.ran for outcome in outcomes))
    return sorted(set().union(*(outcome.left_out for outcome in outcomes)) - ran)


@contextlib.contextmanager
def servers(engines: list[str]) -> Iterator[dict[str, str]]:
    """Yield DATABASE_URL and REDIS_URL: those given, or of throwaway servers stopped afterwards."""
    urls = {key: os.environ[key] for key in ("DATABASE_URL", "REDIS_URL") if os.environ.get(key)}
    with contextlib.ExitStack() as stack:
        if engines != [SQLITE]:
            for key, kind in (("DATABASE_URL", Postgres), ("REDIS_URL", Redis)):
                if key not in urls:
                    urls[key] = stack.enter_context(kind()).url
        yield urls


@contextlib.contextmanager
def running(
    engine: str, urls: dict[str, str], arguments: list[str], *, beside: bool
) -> Iterator[Callable[[], Outcome]]:
    """Run pytest for one engine from now on; yield what waits for its outcome. ``beside``: its words come at the end."""
    with tempfile.TemporaryDirectory(prefix="huanjie-report-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        report, words = folder / "report.xml", folder / "words"
        command = [sys.executable, "-m", "pytest", "-q", "--durations=10", "--durations-min=5", "-m", ENGINES[engine]]
        command += [f"--junitxml={report}", *PARALLEL, *(arguments or share(engine))]
        environment = {key: value for key, value in os.environ.items() if key not in UNWANTED}
        environment |= own_folders(folder) | own_urls(engine, urls)
        began = time.time()
        with group(command, environment, words if beside else None) as process:

            def outcome() -> Outcome:
                print(f"\n=== {engine} ===", flush=True)
                code = result(process, began + LONGEST)
                if beside:
                    print(words.read_text(errors="replace"), flush=True)
                return judged(engine, code, report, began)

            yield outcome


def judged(engine: str, code: int, report: Path, began: float) -> Outcome:
    """What the report says, which is the last that a run writes."""
    outcome = Outcome(engine, (report.stat().st_mtime if report.exists() else time.time()) - began)
    if report.exists():
        count(report, outcome)
    outcome.well = code == 0 and outcome.passed > 0
    if code and not outcome.failed:
        outcome.failed = 1  # the run itself broke: no report, a time limit, or no test found
    return outcome


def own_urls(engine: str, urls: dict[str, str]) -> dict[str, str]:
    """The servers of an engine. The browser's test databases have other names, for it runs beside PostgreSQL."""
    if engine == SQLITE:
        return {}
    if engine != CHROMIUM:
        return urls
    database = urlsplit(urls["DATABASE_URL"])
    return urls | {"DATABASE_URL": database._replace(path=f"{database.path}_browser").geturl()}


def share(engine: str) -> list[str]:
    """What pytest is told to run of the whole suite; the thousands of others need not be read for thirty journeys."""
    return ["--share", JOURNEYS] if engine == CHROMIUM else ["--share"]


def own_folders(folder: Path) -> dict[str, str]:
    """Everything a killed process may leave behind lies here; PostgreSQL's own account must be able to pass."""
    folder.chmod(0o711)
    (folder / "tmp").mkdir()
    (folder / "tmp").chmod(0o1777)
    return {"TEST_FOLDER": str(folder / "site"), "TMPDIR": str(folder / "tmp")}


@contextlib.contextmanager
def group(command: list[str], environment: dict[str, str], words: Path | None) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own, all of which is ended afterwards and when we are stopped."""
    with words.open("wb") if words else contextlib.nullcontext() as out:
        process = subprocess.Popen(
            command, cwd=BASE, env=environment, start_new_session=True, stdout=out, stderr=out and subprocess.STDOUT
        )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(10)
            os.killpg(process.pid, signal.SIGKILL)


def result(process: subprocess.Popen[bytes], until: float) -> int:
    """How it ended; not well when it has not ended by then."""
    try:
        return process.wait(max(0.0, until - time.time()))
    except subprocess.TimeoutExpired:
        print(f"not done within {LONGEST} s: ended", file=sys.stderr)
        return 1


def count(report: Path, outcome: Outcome) -> None:
    """Add up a JUnit report; errors in a fixture count as failures."""
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        outcome.failed += bad
        outcome.skipped += skipped
        outcome.passed += int(suite.get("tests", 0)) - bad - skipped
        for test in suite.iter("testcase"):
            place = outcome.ran if test.find("skipped") is None else outcome.left_out
            place.add(f"{test.get('classname')}::{test.get('name')}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
