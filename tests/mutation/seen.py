"""Which tests can notice a change: those that call the function, recorded once; for a table, those that import it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutation.changes import Change


@dataclass
class Seen:
    """What the recording found, in the order in which tests are asked."""

    root: Path
    seconds: dict[str, float] = field(default_factory=dict)  # test → of processor time
    callers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # function → tests

    def add(self, line: dict) -> None:
        self.seconds[line["test"]] = line["seconds"]
        for function in line["calls"]:
            self.callers[function].append(line["test"])

    def tests_for(self, change: Change, budget: float, table: str = "") -> list[str]:
        """Tests of files that import the module (or the table) first, then the quickest, as far as the time goes."""
        module = table or change.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        near = files_near(self.root, {_file(test) for test in self.seconds}, module)
        found = self.callers.get(f"{change.path}::{change.scope}")
        if found is None:  # a table: whoever calls a function beside it, whoever reads it
            beside = [tests for name, tests in self.callers.items() if name.startswith(f"{change.path}::")]
            found = sorted({test for tests in beside for test in tests} | {t for t in self.seconds if _file(t) in near})
        chosen, spent = [], 0.0
        for test in sorted(found, key=lambda test: (_file(test) not in near, self.seconds[test], test)):
            spent += self.seconds[test]
            if spent > budget and chosen:
                break
            chosen.append(test)
        files = list(dict.fromkeys(_file(test) for test in chosen))
        return sorted(chosen, key=lambda test: files.index(_file(test)))  # a file's own fixtures are made once


def files_near(root: Path, paths: Iterable[str], module: str) -> set[str]:
    """The files of tests that import the module itself, or something out of it."""
    return {path for path in paths if _is_near(root / path, module)}


def _file(test: str) -> str:
    return test.partition("::")[0]


_NEAR: dict[tuple[Path, str], bool] = {}


def _is_near(path: Path, module: str) -> bool:
    if (path, module) not in _NEAR:
        package, _, name = module.rpartition(".")
        _NEAR[path, module] = any(
            (isinstance(node, ast.ImportFrom) and (node.module == module or _names(node, package, name)))
            or (isinstance(node, ast.Import) and any(each.name == module for each in node.names))
            for node in ast.walk(_tree(path))
        )
    return _NEAR[path, module]


def _names(node: ast.ImportFrom, package: str, name: str) -> bool:
    return node.module == package and any(each.name == name for each in node.names)


_TREES: dict[Path, ast.AST] = {}


def _tree(path: Path) -> ast.AST:
    if path not in _TREES:
        _TREES[path] = ast.parse(path.read_bytes())
    return _TREES[path]
