"""What is changed: which modules, which kinds of change, how many, and what cannot be noticed and why."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.mutation import tables
from tests.mutation.changes import Change, Finder


def everywhere(root: Path, path: str) -> Iterator[Change]:
    return Finder(root, path).everywhere()


@dataclass(frozen=True)
class Family:
    """One kind of change, where it is made, and how many are tried unless told otherwise (0: all)."""

    name: str
    finds: Callable[[Path, str], Iterator[Change]]
    modules: tuple[str, ...]
    sample: int
    seconds: float  # of processor time that the tests asked may take, after the quickest first
    table: str = ""  # the module whose readers are asked first


# fmt: off
FAMILIES = (
    Family("gates",       tables.gates,       ("elections/rules/guards/*.py", "elections/rules/stages.py"),  0, 6, "elections.rules.stages"),
    Family("permissions", tables.permissions, ("elections/permissions.py",),                                 0, 6, "elections.permissions"),
    Family("rules",       everywhere,         ("elections/rules/**/*.py", "elections/permissions.py", "voters/rules/*.py",
                                               "candidates/rules/*.py", "audits/rules.py"),                100, 10),
    Family("services",    everywhere,         ("*/services/*.py", "audits/services.py", "voters/importing/*.py",
                                               "voters/assisting.py", "voters/hourly_limits.py", "office/papers/making.py"),                100, 30),
)
# fmt: on

# A change no test can notice, because nothing that can be seen differs: its key (as printed) → why.
EQUIVALENT: dict[str, str] = {
    "voters/importing/checking.py _compare_rows: not each.faults → False": (
        "a row without a fault is neither refused nor too young; the look at its faults only saves asking"
    ),
}


def changes_of(family: Family, root: Path, seed: int, sample: int | None, part: str = "") -> list[Change]:
    """The changes to try, in the order of their places: the same ones for the same seed and the same text."""
    paths = sorted({path for pattern in family.modules for path in root.glob(pattern)})
    found = [change for path in paths for change in family.finds(root, str(path.relative_to(root)))]
    found = [change for change in found if part in change.path and change.key not in EQUIVALENT]
    wanted = family.sample if sample is None else sample
    if wanted and wanted < len(found):
        found = random.Random(f"{seed} {family.name}").sample(found, wanted)
    found = [change for change in found if _valid(root, change)]
    return sorted(found, key=lambda change: (change.path, change.line, change.start, change.what))


def _valid(root: Path, change: Change) -> bool:
    """A pattern of `match` cannot hold every expression."""
    try:
        compile(change.made_in((root / change.path).read_bytes()), change.path, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True
