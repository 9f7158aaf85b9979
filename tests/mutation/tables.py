"""Wrong changes to the two tables the rest obeys: a guard missing from its gate, a rule open to everybody or always."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.mutation.changes import Change, Finder


def gates(root: Path, path: str) -> Iterator[Change]:
    """Each guard taken out of each gate: ``COMPLETE = (…)`` of a module of guards, and inside the rows of stages."""
    finder = Finder(root, path)
    for node in finder.tree.body:
        name = node.targets[0].id if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) else ""
        if not name or not isinstance(node, ast.Assign):
            continue
        if _is_gate(node.value):
            yield from _without_each(finder, node.value, name)
            continue
        for row in ast.walk(node.value):
            for part in row.args if isinstance(row, ast.Call) else []:
                if _is_gate(part):
                    yield from _without_each(finder, part, f"{name} {ast.unparse(row.args[0])}")


def _is_gate(node: ast.AST) -> bool:
    """A tuple of guards: statements have small letters, stages and standings capital ones."""
    return isinstance(node, ast.Tuple) and bool(node.elts) and all(_last(each).islower() for each in node.elts)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _without_each(finder: Finder, gate: ast.Tuple, name: str) -> Iterator[Change]:
    for place, guard in enumerate(gate.elts):
        left = ast.Tuple([each for at, each in enumerate(gate.elts) if at != place], ast.Load())
        yield finder.change(gate, name, f"{_last(guard)} taken out", ast.unparse(left))


def permissions(root: Path, path: str) -> Iterator[Change]:
    """Each rule given to every role, and each rule of some stages at any stage and standing."""
    finder = Finder(root, path)
    for row in ast.walk(finder.tree):
        if not isinstance(row, ast.Call) or ast.unparse(row.func) != "_rule" or len(row.args) < 2:
            continue
        name = row.args[0].value if isinstance(row.args[0], ast.Constant) else ""
        yield finder.change(row.args[1], f"{name} who", "every role may", "tuple(Role)")
        if len(row.args) > 2 and ast.unparse(row.args[2]) != "ANY":
            yield finder.change(row.args[2], f"{name} during", "always", "ANY")
