"""No service writes but through `@act`: found by looking at every function of every services module."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import subprocess
import sys
import textwrap
from types import FunctionType

import pytest

from elections import journal
from elections.selectors.log import act_words
from tests.acts.test_table import services

HOUSES = ("audits", "candidates", "elections", "voters", "office")
WRITING = {
    "bulk_create", "bulk_update", "create", "delete", "get_or_create", "record", "save", "update_many",
    "update_or_create",
}  # fmt: skip
# Whole without being acts, each for a reason of its own.
NO_ACTS = {
    "elections.services.act.act": "the decorator",
    "elections.services.act.part": "the decorator",
    "elections.services.lines.note": "the line",
    "elections.services.summaries.mark": "what the decorator does to the lists",
    "elections.services.summaries.mark_areas": "the same, of the areas whose names changed",
    "elections.services.summaries.begin": "empty summaries for new elections",
    "elections.services.summaries.fresh": "worked out from what is stored, after the acts",
    "elections.services.summaries.refresh_all": "the same, of every village",
    "voters.hourly_limits.count": "how often a person did something in an hour",
    "voters.hourly_limits.spend": "the same",
    "voters.services.rekeying.rekey": "goes piece by piece, may be broken off and begun again",
}
SERVICES = {path: pkgutil.resolve_name(path) for path in services()}
ACTS = {name: each for name, each in SERVICES.items() if hasattr(each, "act_names")}
NAMES = sorted(journal.WORDS)


def writes(function: FunctionType, seen: frozenset[FunctionType] = frozenset()) -> bool:
    """Whether a function writes, itself or through what it calls: by the names of the calls in its source."""
    if function in seen or not function.__module__.startswith(HOUSES):
        return False
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return any(_writes(each, function, seen | {function}) for each in called)


def _writes(called: ast.expr, function: FunctionType, seen: frozenset[FunctionType]) -> bool:
    if isinstance(called, ast.Name):
        known = function.__globals__.get(called.id)
    elif isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        known = getattr(function.__globals__.get(called.value.id), called.attr, None)
    else:
        known = None
    if isinstance(known, FunctionType):
        return writes(inspect.unwrap(known), seen)
    name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
    return name in WRITING or (name == "update" and "objects" in ast.unparse(called))


def test_the_services_of_all_four_apps_are_found():
    found = {name.rpartition(".")[0] for name in ACTS}
    assert {
        "audits.services",
        "candidates.services.vetting",
        "elections.services.moves",
        "voters.services.proxies",
    } <= found
    assert len(ACTS) > 60


@pytest.mark.parametrize("name", sorted(SERVICES.keys() - ACTS.keys() - NO_ACTS.keys()))
def test_what_is_no_act_writes_nothing_or_is_part_of_one(name):
    assert getattr(SERVICES[name], "is_part", False) or not writes(SERVICES[name])


@pytest.mark.parametrize("name", sorted(NO_ACTS))
def test_the_exceptions_do_write(name):
    assert name in SERVICES and name not in ACTS


@pytest.mark.parametrize("name", NAMES)
def test_every_act_has_words(name):
    words = act_words(name, {})
    assert words and words != name and not words.isascii()


def test_a_name_stands_beside_one_act_only():
    declared = [name for each in ACTS.values() for name in each.act_names]
    assert sorted(declared) == sorted(set(declared))


def test_whoever_serves_pages_has_the_words_of_every_act():
    """In a process of its own: here the tests have loaded everything."""
    asked = (
        "import django; django.setup(); import config.urls; from elections.journal import WORDS; print(*sorted(WORDS))"
    )
    known = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert known == NAMES
