"""`make mutants`: the product made wrong in one small place at a time; do the tests notice?

Gates without one of their guards, rights for everybody or always, and a sample of flipped comparisons, forgotten
conditions, arguments and calls in rules and services. Each change is made in a forked child of a process that has
imported and collected everything, in a copy of the tree; what survives there, or cannot be made there, is tried once
more from a fresh start. The same tests must pass with nothing changed. Prints killed/tried for every family and each
survivor with its place. Ends with 1 when something survived.

    make mutants ARGS="--family gates permissions"     the two tables, whole
    make mutants ARGS="--family services --sample 300 --seed 7 --part voters/"

Which test calls which function is recorded in var/mutants/, file by file, so that a run broken off goes on where it
was: on the first run, later for files of tests that are new or changed; --record does it anew. For the two tables only
the files that import them are needed. Only tests that need neither PostgreSQL, a browser nor another process are asked.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))

from tests.mutation.changes import Change  # noqa: E402
from tests.mutation.families import EQUIVALENT, FAMILIES, Family, changes_of  # noqa: E402
from tests.mutation.seen import Seen, files_near  # noqa: E402
from tests.mutation.server import KILLED, NOT_IN_PLACE, OUT_OF_TIME, PATIENCE  # noqa: E402

RECORD = BASE / "var" / "mutants" / "seen.jsonl"
CONTROLS = 3  # of each family: lists of tests that are run with nothing changed


@dataclass
class Mutant:
    """One change, the tests that are asked about it, and what became of it."""

    number: int
    family: Family
    change: Change
    tests: list[str]
    seconds: float  # that the tests take when nothing is wrong
    survived: bool = True
    in_place: bool = True  # the change could be made in the process that runs
    spent: list[float] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="huanjie-mutants-", ignore_cleanup_errors=True) as folder:
        places = [a_copy(Path(folder) / str(number)) for number in range(options.jobs)]
        seen = recorded(places[0], options)
        mutants = list(chosen(places[0], seen, options))
        print(f"{len(mutants)} changes, seed {options.seed}", flush=True)
        in_place(places[0], mutants, options.jobs)
        again = [mutant for mutant in mutants if mutant.survived and mutant.tests]
        afresh(places, [mutant for mutant in again if not (options.quick and mutant.in_place)])
    report(mutants, time.monotonic() - began)
    return int(any(mutant.survived for mutant in mutants))


def parser() -> argparse.ArgumentParser:
    about = argparse.ArgumentParser(prog="make mutants", description=(__doc__ or "").partition("\n")[0])
    names = [family.name for family in FAMILIES]
    about.add_argument("--family", nargs="+", choices=names, default=names)
    about.add_argument("--sample", type=int, help="changes of each family; 0: all")
    about.add_argument("--seed", type=int, default=1)
    about.add_argument("--part", default="", help="only modules with this in their path")
    about.add_argument("--jobs", type=int, default=2)
    about.add_argument("--quick", action="store_true", help="do not try once more from a fresh start what survived")
    about.add_argument("--record", action="store_true", help="record anew which test calls what")
    return about


def a_copy(place: Path) -> Path:
    """The working tree without what git ignores."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=BASE,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listing.stdout.decode().split("\0")):
        if (BASE / name).is_file():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(BASE / name, place / name)
    return place.resolve()


# --- which tests can notice ------------------------------------------------------------------------------------


def recorded(root: Path, options: argparse.Namespace) -> Seen:
    """What is known of every file of tests that is needed; new and changed files are recorded first."""
    prints = {path: fingerprint(root / path) for path in files_of_tests(root)}
    known = [] if options.record else kept(prints)
    RECORD.parent.mkdir(parents=True, exist_ok=True)
    RECORD.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in known))
    missing = {path: prints[path] for path in needed(root, list(prints), options) - {line["file"] for line in known}}
    if missing:
        print(f"recording which function is called by the tests of {len(missing)} files …", flush=True)
        served(root, {"record": missing, "paths": sorted(missing)}, options.jobs, RECORD)
        known = kept(prints)
    seen = Seen(root)
    for line in known:
        if "test" in line:
            seen.add(line)
    return seen


def kept(prints: dict[str, str]) -> list[dict[str, Any]]:
    """The lines of the record that still hold: of files recorded to their end and not changed since."""
    lines = [json.loads(line) for line in RECORD.open()] if RECORD.exists() else []
    lines = [line for line in lines if line["print"] == prints.get(line["file"])]
    whole = {line["file"] for line in lines if "test" not in line}
    return [line for line in lines if line["file"] in whole]


def needed(root: Path, paths: list[str], options: argparse.Namespace) -> set[str]:
    """Files whose tests may be asked: for a table those that import it, otherwise any."""
    tables = [family.table for family in FAMILIES if family.name in options.family]
    return {path for table in tables for path in (files_near(root, paths, table) if table else paths)}


def files_of_tests(root: Path) -> list[str]:
    """All but those of this command, which hold the text of the tables against the tables."""
    paths = (str(path.relative_to(root)) for path in root.glob("tests/**/test_*.py"))
    return sorted(path for path in paths if not path.startswith("tests/mutation/"))


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def chosen(root: Path, seen: Seen, options: argparse.Namespace) -> Iterator[Mutant]:
    number = 0
    for family in FAMILIES:
        if family.name in options.family:
            for change in changes_of(family, root, options.seed, options.sample, options.part):
                tests = seen.tests_for(change, family.seconds, family.table)
                yield Mutant(number, family, change, tests, sum(seen.seconds[test] for test in tests))
                number += 1


# --- trying ----------------------------------------------------------------------------------------------------


def served(root: Path, orders: dict[str, Any], jobs: int, answers: Path) -> None:
    """Let a server (tests/mutation/server.py) in that tree append its answers to a file."""
    place = root.parent / "orders.json"
    place.write_text(json.dumps(orders, ensure_ascii=False))
    command = [sys.executable, "-m", "tests.mutation.server", str(root), str(place), str(answers), str(jobs)]
    log = root.parent / "server.log"
    with log.open("w") as out:
        done = subprocess.run(command, cwd=root, env=surroundings(root), stdout=out, stderr=out)
    if done.returncode:
        sys.exit(f"the server broke:\n{log.read_text()[-3000:]}")


def surroundings(root: Path) -> dict[str, str]:
    """SQLite, folders of its own, nothing written into the tree."""
    foreign = ("DATABASE_URL", "REDIS_URL", "TEST_FOLDER", "TEST_PROFILE")
    mine = {key: value for key, value in os.environ.items() if key not in foreign}
    (root.parent / "tmp").mkdir(exist_ok=True)
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TMPDIR": str(root.parent / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return mine | own


def in_place(root: Path, mutants: list[Mutant], jobs: int) -> None:
    """Make each change in a child of one server, after the same tests have passed with nothing changed."""
    asked = {mutant.number: mutant for mutant in mutants if mutant.tests}
    if not asked:
        return
    orders = [*controls(list(asked.values())), *map(an_order, asked.values())]
    paths = sorted({test.partition("::")[0] for mutant in asked.values() for test in mutant.tests})
    answers = root.parent / "answers.jsonl"
    served(root, {"changes": orders, "paths": paths}, jobs, answers)
    for answer in map(json.loads, answers.read_text().splitlines()):
        mutant = asked[answer["number"]]
        mutant.survived = answer["code"] not in (KILLED, OUT_OF_TIME)
        mutant.in_place = answer["code"] != NOT_IN_PLACE
        mutant.spent.append(answer["seconds"])


def an_order(mutant: Mutant) -> dict[str, Any]:
    return {
        "number": mutant.number, "family": mutant.family.name, "change": asdict(mutant.change),
        "tests": mutant.tests, "seconds": mutant.seconds,
    }  # fmt: skip


def controls(mutants: list[Mutant]) -> Iterator[dict[str, Any]]:
    """Some lists of tests of each family without a change: a test that fails there would count everything as killed."""
    for family in FAMILIES:
        lists = list({tuple(mutant.tests): mutant for mutant in mutants if mutant.family is family}.values())
        for mutant in lists[:: max(1, len(lists) // CONTROLS)][:CONTROLS]:
            yield an_order(mutant) | {"change": None}


def afresh(places: list[Path], mutants: list[Mutant]) -> None:
    """Try what survived once more with the file itself changed: tables made at import, caches, decorators."""
    free: SimpleQueue[Path] = SimpleQueue()
    for place in places:
        free.put(place)

    def one(mutant: Mutant) -> None:
        place = free.get()
        try:
            began = time.monotonic()
            mutant.survived = not noticed(place, mutant)
            mutant.spent.append(time.monotonic() - began)
        finally:
            free.put(place)

    with ThreadPoolExecutor(len(places)) as pool:
        list(pool.map(one, mutants))


def noticed(root: Path, mutant: Mutant) -> bool:
    """Whether a fresh pytest fails with the change in the file."""
    file = root / mutant.change.path
    source = file.read_bytes()
    file.write_bytes(mutant.change.made_in(source))
    try:
        code = fresh_run(root, mutant.tests, mutant.seconds)
        if code == pytest.ExitCode.USAGE_ERROR:  # the change renamed a test made out of a table: ask its whole file
            code = fresh_run(root, sorted({test.partition("::")[0] for test in mutant.tests}), mutant.seconds)
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_bytes(source)
    return code != pytest.ExitCode.OK


def fresh_run(root: Path, tests: list[str], seconds: float) -> int:
    names = root.parent / f"{root.name}.tests"
    names.write_text("\n".join(tests))
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", f"@{names}"]
    return subprocess.run(
        command, cwd=root, env=surroundings(root), capture_output=True, timeout=PATIENCE * (20 + seconds)
    ).returncode


# --- telling ---------------------------------------------------------------------------------------------------


def report(mutants: list[Mutant], seconds: float) -> None:
    tried, survived, spent = Counter(), Counter(), Counter()
    for mutant in mutants:
        tried[mutant.family.name] += 1
        survived[mutant.family.name] += mutant.survived
        spent[mutant.family.name] += sum(mutant.spent)
        if mutant.survived:
            unseen = "" if mutant.tests else "  (no test asked here calls it)"
            print(f"SURVIVED {mutant.family.name:<11} {mutant.change}{unseen}  [{mutant.change.scope}]")
    print()
    for name, count in tried.items():
        print(f"{name:<11} {count - survived[name]:>4}/{count:<4} killed  ({spent[name] / count:.1f} s each)")
    print(f"{'total':<11} {tried.total() - survived.total():>4}/{tried.total():<4} killed  ({seconds / 60:.0f} min)")
    if EQUIVALENT:
        print(
            f"{len(EQUIVALENT)} changes left out that nothing can tell from the original (tests/mutation/families.py)"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
