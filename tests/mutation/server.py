"""One process that has imported and collected everything, and forks a child for every change.

A plugin of pytest: it takes over after the collection, so that a child starts with the tests in its memory, changes
the code (tests/mutation/code.py) and runs what can notice it. Orders come in a file, answers go to one.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connection, connections
from hypothesis import Phase, settings

from tests.mutation.changes import Change
from tests.mutation.code import Loaded, NotInPlace

SURVIVED, KILLED, NOT_IN_PLACE, BROKEN = 0, 1, 2, 3  # how a child ends; below zero: by which signal
OUT_OF_TIME = -signal.SIGXCPU  # of the processor: an endless loop is noticed
PATIENCE = 30  # times longer than its tests a child may wait: a busy machine proves nothing, the next try does
LONGEST = 15  # seconds of processor time; a test that takes more is not asked
LIVE = {"transactional_db", "live_server", "database_url"}  # what other processes see or what empties every table


@dataclass
class Elsewhere:
    """The test that always comes next: it shares nothing but the fixtures of the session with the one before."""

    chain: list[Any]

    def listchain(self) -> list[Any]:
        return self.chain


class Server:
    """Records which test calls which function, or tries changes."""

    def __init__(self, root: Path, orders: Path, answers: Path, children: int) -> None:
        self.root, self.children = root, children
        self.answers = os.open(answers, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.log = os.dup(2)  # pytest takes the other one for what tests print
        self.orders: dict[str, Any] = json.loads(orders.read_text())
        self.running: dict[int, tuple[dict[str, Any], float]] = {}
        self.noticed: Counter[str] = Counter()  # test → how many changes it has noticed so far

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        """The same examples every time; a failure need not be made small."""
        phases = (Phase.explicit, Phase.generate)
        settings.register_profile(
            "mutants", settings.get_profile("suite"), derandomize=True, database=None, phases=phases
        )
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items if not _lives(item)}
        chain = session.items[0].listchain() if session.items else []
        self.after = Elsewhere([node for node in chain if node.path in (self.root, self.root / "tests")])
        self._open_database()
        self.loaded = Loaded(self.root)
        gc.collect()
        gc.freeze()
        if "record" in self.orders:
            self._record(self.orders["record"])
        else:
            self._try_all(self.orders["changes"])
        return True

    def _open_database(self) -> None:
        """Let one test make the database of the session; every child gets a copy of it."""
        asking = (item for item in self.items.values() if item.get_closest_marker("django_db"))
        if any(self._passes(item, self.after) for item in asking):
            connections.close_all()

    def first_to_fail(self, tests: list[str]) -> str | None:
        """Ask those first that have noticed most."""
        asked = sorted(filter(self.items.get, tests), key=lambda test: -self.noticed[test])
        pairs = pairwise([*(self.items[test] for test in asked), self.after])
        return next((item.nodeid for item, after in pairs if not self._passes(item, after)), None)

    def _passes(self, item: pytest.Item, after: Any) -> bool:
        reports = runtestprotocol(item, log=False, nextitem=after)
        self.complaint = next((report.longreprtext or "failed" for report in reports if report.failed), "")
        return not self.complaint

    # --- which test calls what --------------------------------------------------------------------------------

    def _record(self, prints: dict[str, str]) -> None:
        of_file: dict[str, list[pytest.Item]] = {path: [] for path in prints}
        for name, item in self.items.items():
            of_file[name.partition("::")[0]].append(item)
        for place in range(self.children):
            share = dict(list(of_file.items())[place :: self.children])
            self._fork({}, lambda share=share: self._watch(share, prints))
        while self.running:
            self._reap()

    def _watch(self, share: dict[str, list[pytest.Item]], prints: dict[str, str]) -> int:
        """One line for every test that passes; one for its file when all of them are known."""
        seen: set[int] = set()
        names = self.loaded.watch(seen)
        signal.signal(signal.SIGPROF, _too_long)
        for path, items in share.items():
            file = {"file": path, "print": prints[path]}
            for item, after in pairwise([*items, self.after]):
                seen.clear()
                began = time.process_time()
                signal.setitimer(signal.ITIMER_PROF, LONGEST)
                if self._passes(item, after):
                    spent = round(time.process_time() - began, 3)
                    calls = sorted(names[each] for each in seen)
                    self._answer(file | {"test": item.nodeid, "seconds": spent, "calls": calls})
                else:
                    self._log(f"not asked: {item.nodeid}")
            self._answer(file)
        return SURVIVED

    # --- trying changes ---------------------------------------------------------------------------------------

    def _try_all(self, changes: list[dict[str, Any]]) -> None:
        for order in changes:
            while len(self.running) >= self.children:
                self._reap()
            self._fork(order if order["change"] else {}, lambda order=order: self._try(order))
        while self.running:
            self._reap()

    def _try(self, order: dict[str, Any]) -> int:
        seconds = order["seconds"]
        resource.setrlimit(resource.RLIMIT_CPU, (int(10 + 3 * seconds), int(12 + 3 * seconds)))
        signal.alarm(int(PATIENCE * (10 + seconds)))
        self.loaded.forget()
        try:
            if order["change"]:
                self.loaded.change(Change(**order["change"]), order["family"])
        except NotInPlace:
            return NOT_IN_PLACE
        failed = self.first_to_fail(order["tests"])
        if failed is None:
            return SURVIVED
        self._note_of(os.getpid()).write_text(failed)
        if not order["change"]:
            self._log(f"fails with nothing changed: {failed}")
        return KILLED

    def _fork(self, order: dict[str, Any], work: Callable[[], int]) -> None:
        began = time.monotonic()
        pid = os.fork()
        if pid:
            self.running[pid] = order, began
            return
        code = BROKEN
        try:
            mine = self._own_database()
            code = work()
            mine.unlink(missing_ok=True)
        finally:
            os._exit(code)

    def _own_database(self) -> Path:
        name = Path(connection.settings_dict["NAME"])
        mine = name.with_name(f"{name.name}.{os.getpid()}")
        if name.exists():
            shutil.copyfile(name, mine)
        connection.settings_dict["NAME"] = str(mine)
        return mine

    def _reap(self) -> None:
        pid, status = os.wait()
        if pid not in self.running:
            return  # a child of a test
        order, began = self.running.pop(pid)
        code = os.waitstatus_to_exitcode(status)
        note = self._note_of(pid)
        if note.exists():
            self.noticed[note.read_text()] += 1
            note.unlink()
        if order:
            self._answer({"number": order["number"], "code": code, "seconds": round(time.monotonic() - began, 2)})
        elif code:
            raise RuntimeError(f"a child that changes nothing ended with {code}")

    def _note_of(self, pid: int) -> Path:
        """Where a child writes which test noticed its change."""
        return self.root.parent / f"noticed.{pid}"

    def _log(self, words: str) -> None:
        os.write(self.log, f"{words}\n{self.complaint}\n".encode())

    def _answer(self, line: dict[str, Any]) -> None:
        os.write(self.answers, (json.dumps(line, ensure_ascii=False) + "\n").encode())  # at once: children share it


def _too_long(*_: object) -> None:
    raise TimeoutError(f"more than {LONGEST} s of processor time")


def _lives(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(LIVE.intersection(getattr(item, "fixturenames", ()))) or bool(mark and mark.kwargs.get("transaction"))


def serve(root: Path, orders: Path, answers: Path, children: int) -> int:
    """Run in a process of its own, inside the copied tree."""
    server = Server(root, orders, answers, children)
    marks = "not browser and not postgres and not slow"
    command = ["-q", "--tb=native", "-p", "no:cacheprovider", "-m", marks, *server.orders["paths"]]
    code = pytest.main(command, plugins=[server])
    return 0 if code == pytest.ExitCode.NO_TESTS_COLLECTED else int(code)


if __name__ == "__main__":
    root, orders, answers = (Path(each) for each in sys.argv[1:4])
    sys.exit(serve(root, orders, answers, int(sys.argv[4])))
