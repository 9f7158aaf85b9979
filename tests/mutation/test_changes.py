"""Changes stand where they are said to be, keep the lines, and leave nothing of the two tables out."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path

import pytest

from elections import permissions
from elections.models import Role
from elections.permissions import RULES, TABLE
from elections.rules.guards import supervision
from elections.rules.stages import CLOSING, STANDING_MOVES, TABLES, find
from tests.mutation import tables
from tests.mutation.changes import Finder
from tests.mutation.code import Loaded, change_gate, change_rule
from tests.mutation.families import FAMILIES, changes_of

ROOT = Path(__file__).resolve().parents[2]
GATES = next(family for family in FAMILIES if family.name == "gates")


def changed(tmp_path: Path, text: str) -> set[str]:
    """Every wrong version of a function body of one line."""
    (tmp_path / "a.py").write_text(f"def f():\n    {text}\n")
    finder = Finder(tmp_path, "a.py")
    found = [change.made_in(finder.source).decode().splitlines() for change in finder.everywhere()]
    assert all(len(lines) == len(finder.source.splitlines()) for lines in found)
    return {"\n".join(line.strip() for line in lines[1:]) for lines in found}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("x = a < b", {"x = (a <= b)"}),
        ("x = a not in b", {"x = (a in b)"}),
        ("x = a and b", {"x = (a or b)", "x = (b)", "x = (a)"}),
        ("x = a or b or c", {"x = (a and b and c)", "x = (b or c)", "x = (a or c)", "x = (a or b)"}),
        ("x = a if b else c", {"x = (a)", "x = (c)"}),
        ("x = [y for y in a if y]", {"x = [y for y in a if (True)]", "x = [y for y in a if (False)]"}),
        ("x = 7", {"x = (8)", "x = (7 - 1)"}),
        ("x = True", set()),
        ("x = a.filter(b, c=d)", {"x = (a.filter(c=d))", "x = (a.filter(b))"}),
        ("x = a.get(b)", set()),
        ("x = a.exclude(b)", {"x = (a.exclude())", "x = (a)"}),
        ("a(b)", {"(None)"}),
        ("return a", {"return (None)"}),
        ("return None", set()),
        ("return not a", {"return (not not a)"}),
    ],
)
def test_what_is_written_differently(tmp_path, text, wrong):
    assert changed(tmp_path, text) == wrong


def test_a_change_over_several_lines_keeps_them(tmp_path):
    (tmp_path / "a.py").write_text("def f():\n    a(\n        b,\n    )\n    return None\n")
    finder = Finder(tmp_path, "a.py")
    change = next(each for each in finder.everywhere() if each.what == "a(b) left out")
    assert change.made_in(finder.source).decode() == "def f():\n    (None\n\n)\n    return None\n"


def test_every_guard_of_every_gate_is_taken_out_once():
    """As often as it stands in a gate of its own."""
    gates = [row.guards for table in TABLES.values() for row in table]
    gates += [row.guards for row in STANDING_MOVES] + list(CLOSING.values())
    wanted = Counter(guard.name for gate in {id(gate): gate for gate in gates}.values() for guard in gate)
    found = Counter(change.what.removesuffix(" taken out") for change in changes_of(GATES, ROOT, seed=1, sample=0))
    assert found >= wanted


def test_every_rule_is_opened_to_every_role():
    found = [change.scope for change in tables.permissions(ROOT, "elections/permissions.py")]
    assert {scope.removesuffix(" who") for scope in found if scope.endswith(" who")} == {rule.name for rule in RULES}


def test_loaded_functions_run_the_changed_code():
    """Also where somebody imported the function itself."""
    from tests.mutation.sample import double
    from tests.mutation.sample import double as held_elsewhere

    path = "tests/mutation/sample.py"
    change = next(each for each in Finder(ROOT, path).everywhere() if each.what == "2 → 3")
    was = double.__code__
    try:
        Loaded(ROOT).change(change, "rules")
        assert (double(4), held_elsewhere(4)) == (12, 12)
    finally:
        double.__code__ = was
    assert double(4) == 8


@pytest.fixture
def frozen():
    """As in the process that forks: nothing of the product is looked at by the collector."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def test_a_shorter_gate_stands_in_every_row(frozen):
    path = "elections/rules/guards/supervision.py"
    change = next(change for change in tables.gates(ROOT, path) if change.scope == "NAMED")
    row, was = find("supervision", "open_vetting"), supervision.NAMED
    try:
        change_gate(vars(supervision), change)
        assert row.guards == supervision.NAMED == eval(change.text, vars(supervision))
        assert len(row.guards) == len(was) - 1
    finally:
        object.__setattr__(row, "guards", was)
        supervision.NAMED = was


def test_a_rule_is_open_to_every_role():
    change = next(
        change for change in tables.permissions(ROOT, "elections/permissions.py") if change.what == "every role may"
    )
    rule = TABLE[change.scope.removesuffix(" who")]
    was = rule.who
    try:
        change_rule(vars(permissions), change)
        assert rule.who == frozenset(Role)
    finally:
        object.__setattr__(rule, "who", was)
