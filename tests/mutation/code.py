"""Other code for functions that are already loaded: whoever holds a function runs the new code."""

from __future__ import annotations

import ast
import builtins
import functools
import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from tests.mutation.changes import Change

OURS = {"audits", "candidates", "config", "elections", "office", "voters"}


class NotInPlace(Exception):
    """This change needs a process that imports it afresh."""


class Loaded:
    """The functions and caches of the product as this process imported them from ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.functions: dict[str, list[FunctionType]] = {}
        self.caches = []
        for thing in gc.get_objects():
            if type(thing) is FunctionType and thing.__code__.co_filename.startswith(f"{root}/"):
                path = thing.__code__.co_filename.removeprefix(f"{root}/")
                self.functions.setdefault(path, []).append(thing)
            elif type(thing) is functools._lru_cache_wrapper and _is_ours(thing):
                self.caches.append(thing)

    def forget(self) -> None:
        """Empty every cache of the product: what was worked out before the change must not answer for it."""
        for cache in self.caches:
            cache.cache_clear()

    def change(self, change: Change, family: str) -> None:
        """Make one change; every function that was imported from the file follows."""
        module = self._module(change.path)
        if family == "gates":
            change_gate(module, change)
        elif family == "permissions":
            change_rule(module, change)
        else:
            source = change.made_in((self.root / change.path).read_bytes())
            self.swap(change.path, compile(source, str(self.root / change.path), "exec", dont_inherit=True))

    def _module(self, path: str) -> dict[str, Any]:
        name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if name not in sys.modules:
            raise NotInPlace
        return vars(sys.modules[name])

    def swap(self, path: str, module: CodeType) -> None:
        codes = {(code.co_qualname, code.co_firstlineno): code for code in codes_in(module)}
        for function in self.functions.get(path, ()):
            old = function.__code__
            new = codes.get((old.co_qualname, old.co_firstlineno))
            if new is None or old.co_name == "<lambda>":
                continue
            if new.co_freevars != old.co_freevars:
                raise NotInPlace
            function.__code__ = new

    def watch(self, seen: set[int]) -> list[str]:
        """Let every function of the product note its number when it is called; return their names by number."""
        builtins.__seen__ = seen.add  # type: ignore[attr-defined]
        names: list[str] = []
        for path in sorted(self.functions):
            if path.startswith("tests/"):
                continue
            tree = ast.parse((self.root / path).read_bytes())
            names += _watched(tree, path, len(names))
            self.swap(path, compile(tree, str(self.root / path), "exec", dont_inherit=True))
        return names


def _is_ours(cache: Any) -> bool:
    return str(cache.__module__).partition(".")[0] in OURS


def codes_in(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from codes_in(constant)


def _watched(tree: ast.AST, path: str, first: int) -> list[str]:
    """Put a note at the beginning of every function below ``tree``."""
    names: list[str] = []

    def walk(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            below = prefix
            if isinstance(child, ast.ClassDef):
                below = f"{prefix}{child.name}."
            elif isinstance(child, ast.FunctionDef):
                below = f"{prefix}{child.name}.<locals>."
                call = ast.Call(ast.Name("__seen__", ast.Load()), [ast.Constant(first + len(names))], [])
                note = ast.copy_location(ast.Expr(call), child.body[0])
                names.append(f"{path}::{prefix}{child.name}")
                child.body.insert(1 if ast.get_docstring(child, clean=False) is not None else 0, note)
            walk(child, below)

    walk(tree, "")
    ast.fix_missing_locations(tree)
    return names


def change_gate(module: dict[str, Any], change: Change) -> None:
    """A shorter gate in place of the one that the table of stages holds."""
    old = module.get(change.scope)
    if type(old) is not tuple:
        raise NotInPlace  # it stands inside a row
    new = eval(change.text, module)
    gc.unfreeze()  # who holds a frozen object is not told
    for holder in gc.get_referrers(old):
        attributes = holder if isinstance(holder, dict) else getattr(holder, "__dict__", {})
        for name in [name for name, value in attributes.items() if value is old]:
            attributes[name] = new


def change_rule(module: dict[str, Any], change: Change) -> None:
    """Wider rights in the row that everybody already holds."""
    name, _, side = change.scope.rpartition(" ")
    object.__setattr__(module["TABLE"][name], side, frozenset(eval(change.text, module)))
