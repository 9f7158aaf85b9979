"""The floors of this house and who may import whom, as a function from one source file to what is wrong in it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
APPS = ("elections", "voters", "candidates", "audits")
ROOF = "office"
HOUSES = (*APPS, ROOF, "config")

# From the ground up. A module may import its own floor and what is below, never above.
FLOORS = (
    ("rules",),
    ("models", "secrecy", "triggers", "append_only", "sealing", "freeze"),
    ("selectors", "permissions", "journal", "crash_points", "handlers", "spreadsheet", "persons"),
    ("documents", "leases"),
    ("importing", "staging", "hourly_limits"),
    ("tasks",),
    ("services", "assisting"),
    ("forms", "tables", "filters"),
    ("views", "clock", "management", "middleware", "refusals", "templatetags"),
    ("urls", "apps"),
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
# The order inside the cellar, again from the ground up; a package counts as one.
CELLAR = (
    ("law", "kinds", "canonical", "names", "naming", "pinyin", "wording", "working_days"),
    ("policy", "facts", "notices", "codes", "identity", "persons"),
    ("counting", "timetable"),
    ("election_committee", "meetings", "slate", "machine", "teams"),
    ("guards",),
    ("stages", "worklist", "deadlines"),
)
STEP = {name: number for number, names in enumerate(CELLAR) for name in names}

NEIGHBOURS = "elections/selectors/neighbours.py"
ABOVE_THE_LINE = {"django", "celery", "config", "environ", "time", "random", "secrets", "os"}
ASKS_THE_WORLD = {"now", "today", "utcnow", "getenv", "urandom"}
OPENS_A_TABLE = {"objects", "_default_manager", "_base_manager"}
SAY_NOTHING = {"utils", "common", "helpers", "base", "asking", "telling", "trail"}


class Import(NamedTuple):
    """One imported name, whole, and the line it stands in. ``target`` is empty when the code does not say what."""

    target: str
    line: int


def faults(path: str, source: str) -> list[str]:
    """What is wrong in ``source``, standing at ``path`` (relative to the root), as sentences; empty when all is well."""
    place = Path(path)
    tree = ast.parse(source)
    found = [f"a file is called {word}" for word in SAY_NOTHING.intersection(place.with_suffix("").parts)]
    found += [f"{place.as_posix()} has no floor" for _ in range(is_homeless(place))]
    for each in imports(place, tree):
        found += [f"line {each.line}: {reason}" for reason in why_not_import(place, each.target)]
    if is_pure(place):
        found += [f"line {line}: asks {name}()" for name, line in calls(tree) if name in ASKS_THE_WORLD]
    if is_view(place):
        found += [f"line {line}: opens a table with {name}" for name, line in tables_opened(tree)]
    return found


def why_not_import(place: Path, target: str) -> Iterator[str]:
    """Each reason why the file at ``place`` may not import ``target``."""
    house, floor = _house_and_floor(place)
    if not target:
        yield "imports what only runs will tell"
        return
    other, *rest = target.split(".")
    if is_pure(place) and other in ABOVE_THE_LINE:
        yield f"below the Django line nobody imports {target}"
    if other not in HOUSES or house == "config":
        return
    if other == "config" or (other == ROOF and house != ROOF):
        yield f"{target} stands above {house}"
    elif house != ROOF and other != house and not _is_a_window(place, target):
        yield f"{house} does not look into {other}: {target}"
    if other in APPS and house in APPS and rest and FLOOR.get(rest[0], 0) > floor:
        yield f"{target} stands on a floor above {'.'.join(place.with_suffix('').parts[:2])}"
    if other == house == "elections" and is_pure(place) and rest[:1] == ["rules"] and len(rest) > 1:
        yield from _steps_up(place, rest[1])


def _steps_up(place: Path, other: str) -> Iterator[str]:
    own = place.with_suffix("").parts[2]
    if own != other and STEP.get(other, 0) >= STEP.get(own, 0) and other in STEP:
        yield f"rules.{own} stands on or below rules.{other}"


def _is_a_window(place: Path, target: str) -> bool:
    """Where one app may look into another: everybody into the spine; few windows beside it."""
    house, other, *rest = place.parts[0], *target.split(".")
    if other == "elections":
        return True
    if house == "candidates":
        return other == "voters" and rest[:1] in (["selectors"], [])
    return place.as_posix() == NEIGHBOURS and rest[:1] == ["selectors"]


def _house_and_floor(place: Path) -> tuple[str, int]:
    house, *rest = place.with_suffix("").parts
    return house, FLOOR.get(rest[0], -1) if rest else -1


def is_pure(place: Path) -> bool:
    """Whether a file stands below the Django line."""
    parts = place.with_suffix("").parts
    return len(parts) > 1 and parts[0] in APPS and parts[1] == "rules"


def is_homeless(place: Path) -> bool:
    """Whether a file of an app stands on no floor of the table above."""
    house, *rest = place.with_suffix("").parts
    return house in APPS and rest[0] not in FLOOR and rest[0] != "__init__"


def is_view(place: Path) -> bool:
    parts = place.with_suffix("").parts
    return parts[0] in (*APPS, ROOF) and "views" in parts


def imports(place: Path, tree: ast.AST) -> Iterator[Import]:
    """Everything imported anywhere in a file: at its head, in functions, relative, for type checking, by name."""
    package = place.parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            head = ".".join((*start, *filter(None, [node.module])))
            yield from (Import(f"{head}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and _name(node.func) in ("import_module", "import_string", "__import__"):
            given = node.args[0] if node.args else None
            literal = isinstance(given, ast.Constant) and isinstance(given.value, str)
            yield Import(given.value if literal else "", node.lineno)


def calls(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """The name of each function called, and its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield _name(node.func), node.lineno


def tables_opened(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Managers of models, and managers of related rows reached through a row."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in OPENS_A_TABLE:
            yield node.attr, node.lineno
        inner = node.value
        if node.attr in QUERY_METHODS and isinstance(inner, ast.Attribute) and inner.attr in related_names():
            yield inner.attr, node.lineno


QUERY_METHODS = {
    "all", "filter", "exclude", "first", "last", "latest", "earliest", "count", "exists", "order_by", "values",
    "values_list", "select_related", "prefetch_related", "annotate", "aggregate", "create", "get_or_create", "update",
    "update_or_create", "delete", "bulk_create", "in_bulk", "iterator", "none",
}  # fmt: skip


@functools.cache
def related_names() -> frozenset[str]:
    """Under which names rows of our models reach their related rows."""
    from django.apps import apps

    return frozenset(
        relation.get_accessor_name()
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        for relation in model._meta.related_objects
        if relation.multiple and relation.get_accessor_name()
    )


def _name(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""


def files(*houses: str) -> list[Path]:
    """The Python files of these parts of the tree but migrations, relative to the root."""
    found = [path.relative_to(ROOT) for house in houses for path in sorted((ROOT / house).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]
