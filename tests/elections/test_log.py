"""办理记录 speaks in words: no act reaches people under its key (UX-64)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from elections.selectors.log import act_words

BASE = Path(__file__).resolve().parents[2]
RECORDERS = {"record": 1, "write": 1}  # function → which argument names the act


def acts() -> Iterator[str]:
    """Every act that the code of the four apps writes into the journal by name."""
    for app in ("elections", "voters", "candidates", "audits"):
        for path in (BASE / app).rglob("*.py"):
            yield from _acts_of(ast.parse(path.read_text(encoding="utf-8")))


def _acts_of(tree: ast.Module) -> Iterator[str]:
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        place = RECORDERS.get(name)
        if place is None or len(node.args) <= place:
            continue
        given = node.args[place]
        value = given.value if isinstance(given, ast.Constant) else constants.get(getattr(given, "id", ""))
        if isinstance(value, str) and "." in value:
            yield value


FOUND = sorted(set(acts()))


def test_the_acts_are_found():
    assert {"roll.published", "account.closed", "cycle.begun", "audit.published", "result.confirmed"} <= set(FOUND)


@pytest.mark.parametrize("act", FOUND)
def test_every_act_has_words(act):
    words = act_words(act, {})
    assert words != act and not words.isascii()
