"""No service writes but through `@act`: found by looking at every function of every services module."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

import pytest

from elections import journal
from elections.selectors.log import act_words
from office.papers import making

APPS = ("audits", "candidates", "elections", "voters")
HOUSES = (*APPS, "office")
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
    "elections.services.summaries.refresh": "worked out from what is stored, after the act",
    "elections.services.summaries.refresh_all": "the same, of every village",
    "voters.services.limits.count": "how often a person did something in an hour",
    "voters.services.limits.spend": "the same",
    "voters.services.rekeying.rekey": "goes piece by piece, may be broken off and begun again",
}


def modules() -> Iterator[ModuleType]:
    """The modules of services of all apps, and the one of the roof that makes papers."""
    for app in APPS:
        services = importlib.import_module(f"{app}.services")
        below = pkgutil.iter_modules(getattr(services, "__path__", ()), f"{services.__name__}.")
        yield from (services, *(importlib.import_module(each.name) for each in below))
    yield making


def services() -> Iterator[tuple[str, Any]]:
    """Every function that a services module defines and offers."""
    for module in modules():
        for name, each in vars(module).items():
            if isinstance(each, FunctionType) and each.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", each


SERVICES = dict(services())
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
