"""Small wrong changes to a module: found in its syntax tree, made in its text, one at a time.

The text keeps its lines, so that a change is found where it is reported and comments stay what they were.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MODULE = ""  # the scope of what stands in no function
FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
QUERIES = {"filter", "exclude", "get", "get_or_create", "update_or_create"}  # an argument may be forgotten
LINKS = {"exclude", "order_by", "distinct"}  # a whole link of the chain may be forgotten
YES_OR_NO = (ast.Compare, ast.BoolOp, ast.UnaryOp)


@dataclass(frozen=True)
class Change:
    """One place of one file written differently."""

    path: str
    line: int
    scope: str  # the qualified name of the function around it, or MODULE
    what: str
    start: int  # bytes of the file
    end: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.what}"

    @property
    def key(self) -> str:
        """What a list of equivalent changes names: the place by its function, so that lines may move."""
        return f"{self.path} {self.scope}: {self.what}"

    def made_in(self, source: bytes) -> bytes:
        """The file with the change and as many lines as before."""
        lost = b"\n" * source[self.start : self.end].count(b"\n")
        return source[: self.start] + b"(" + self.text.encode() + lost + b")" + source[self.end :]


class Finder:
    """All changes of one file, in the order of its text."""

    def __init__(self, root: Path, path: str) -> None:
        self.path, self.source = path, (root / path).read_bytes()
        self.tree = ast.parse(self.source)
        lines = self.source.splitlines(keepends=True)
        self.offsets = [0]
        for line in lines:
            self.offsets.append(self.offsets[-1] + len(line))

    def change(self, node: ast.expr | ast.stmt, scope: str, what: str, text: str) -> Change:
        start = self.offsets[node.lineno - 1] + node.col_offset
        end = self.offsets[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
        return Change(self.path, node.lineno, scope, what, start, end, text)

    def swapped(self, node: ast.expr, scope: str, new: ast.expr) -> Change:
        """An expression written differently."""
        return self.change(node, scope, f"{_short(node)} → {_short(new)}", ast.unparse(new))

    def everywhere(self) -> Iterator[Change]:
        """Comparisons, conditions, constants, arguments of queries, calls left out, answers turned round."""
        for node, scope in scoped(self.tree):
            if scope == MODULE:
                continue
            if isinstance(node, ast.expr):
                for kind in (compared, joined, forced, counted, queried, unlinked):
                    yield from (self.swapped(node, scope, new) for new in kind(node))
            yield from self._conditions(node, scope)
            yield from self._statements(node, scope)

    def _conditions(self, node: ast.AST, scope: str) -> Iterator[Change]:
        tests = [node.test] if isinstance(node, ast.If) else getattr(node, "ifs", [])
        for test in tests:
            yield from (self.swapped(test, scope, ast.Constant(value)) for value in (True, False))

    def _statements(self, node: ast.AST, scope: str) -> Iterator[Change]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield self.change(node, scope, f"{_short(node.value)} left out", "None")
        if isinstance(node, ast.Return) and node.value is not None:
            value = node.value
            if isinstance(value, YES_OR_NO) or _is(value, True) or _is(value, False):
                yield self.swapped(value, scope, ast.UnaryOp(ast.Not(), value))
            elif not _is(value, None):
                yield self.swapped(value, scope, ast.Constant(None))


def compared(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        yield ast.Compare(node.left, [FLIPPED[type(node.ops[0])]()], node.comparators)


def joined(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for place in range(len(node.values)):
            left = [value for at, value in enumerate(node.values) if at != place]
            yield ast.BoolOp(node.op, left) if len(left) > 1 else left[0]


def forced(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse


def counted(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
        yield ast.BinOp(ast.Constant(node.value), ast.Sub(), ast.Constant(1))


def queried(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in QUERIES:
        if node.func.attr == "get" and not node.keywords:
            return  # of a dict
        for place in range(len(node.args)):
            args = [value for at, value in enumerate(node.args) if at != place]
            yield ast.Call(node.func, args, node.keywords)
        for place in range(len(node.keywords)):
            keywords = [value for at, value in enumerate(node.keywords) if at != place]
            yield ast.Call(node.func, node.args, keywords)


def unlinked(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LINKS:
        yield node.func.value


def scoped(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Every node with the qualified name of the function that runs it; annotations left out."""

    def walk(node: ast.AST, inside: str, prefix: str) -> Iterator[tuple[ast.AST, str]]:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            name = prefix + node.name
            for outer in (*node.decorator_list, *_defaults(node)):
                yield from walk(outer, inside, prefix)
            below = f"{name}.<locals>." if isinstance(node, ast.FunctionDef) else f"{name}."
            scope = name if isinstance(node, ast.FunctionDef) else inside
            for child in node.body:
                yield from walk(child, scope, below)
            return
        if isinstance(node, ast.JoinedStr):
            return  # its parts do not know where they stand
        yield node, inside
        for field, value in ast.iter_fields(node):
            if field in ("annotation", "returns", "type_params"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from walk(child, inside, prefix)

    yield from walk(tree, MODULE, "")


def _defaults(node: ast.FunctionDef | ast.ClassDef) -> list[ast.expr]:
    if isinstance(node, ast.ClassDef):
        return [keyword.value for keyword in node.keywords]
    return [value for value in (*node.args.defaults, *node.args.kw_defaults) if value is not None]


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _short(node: ast.expr) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else text[:60] + " … " + text[-25:]
