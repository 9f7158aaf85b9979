"""Nothing lies about unused, nothing is written twice: code, templates, addresses, the sheet, icons, scripts."""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import APPS, ROOF, ROOT, files, imports

HOUSES = (*APPS, ROOF, "config")
TEMPLATES = ROOT / "templates"
SCSS = ROOT / "static/scss"

# --- functions and classes ---------------------------------------------------

# A decorator that hands a function to whoever calls it.
REGISTERS = {"register", "receiver", "connect", "filter", "simple_tag", "inclusion_tag", "deployment", "handler"}
# Found by Django through their name and place.
FOUND_BY_NAME = re.compile(r"/apps\.py$|/management/commands/\w+\.py$")


def registers(node: ast.expr) -> bool:
    made = node.func if isinstance(node, ast.Call) else node
    return (made.attr if isinstance(made, ast.Attribute) else getattr(made, "id", "")) in REGISTERS


def definitions(path: str, tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The functions and classes at the head of a file that somebody has to name."""
    if FOUND_BY_NAME.search(path):
        return
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not any(map(registers, node.decorator_list)):
            yield node


def names_used(nodes: list[ast.stmt]) -> set[str]:
    """Names read in these statements, alone or after a dot."""
    found = [node for each in nodes for node in ast.walk(each)]
    return {node.id for node in found if isinstance(node, ast.Name)} | {
        node.attr for node in found if isinstance(node, ast.Attribute)
    }


def unused(sources: dict[str, str]) -> set[str]:
    """`path: name` of what nobody else names: neither its own file, nor one that imports it, nor a dotted text."""
    trees = {path: ast.parse(text) for path, text in sources.items()}
    modules = {path: path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in trees}
    asked, read = set(), defaultdict(set)  # what is imported; module → names read where it is imported
    texts = set()
    for path, tree in trees.items():
        names = names_used(tree.body)
        for target in {each.target for each in imports(Path(path), tree)}:
            asked.add(target)
            read[target] |= names
        texts |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return {
        f"{path}: {node.name}"
        for path, tree in trees.items()
        if "/migrations/" not in path
        for node in definitions(path, tree)
        if node.name not in read[modules[path]]
        and f"{modules[path]}.{node.name}" not in asked
        and f"{modules[path]}.{node.name}" not in texts
        and node.name not in names_used([each for each in tree.body if each is not node])
    }


def product() -> dict[str, str]:
    paths = [path for house in HOUSES for path in (ROOT / house).rglob("*.py")]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


# What only tests name → the later work that will. The list may only shrink.
AWAITED = {
    "candidates/rules/kinship.py: with_election_committee": "relatives of a nominee on the election committee",
    "candidates/rules/kinship.py: with_staff": "relatives of a nominee among the staff of the poll",
    "candidates/rules/withdrawals.py: with_woman": "a woman in the place of one who withdrew",
    "elections/selectors/rounds.py: posts_of": "the offices of a round beside its figures",
}


def test_every_function_and_class_is_named_somewhere():
    assert unused(product()) == AWAITED.keys()


@pytest.mark.parametrize(
    ("user", "found"),
    [
        ("from voters.rules.new import idle\n", set()),
        ("from voters.rules import new\n\nnew.idle()\n", set()),
        ("HANDLER = 'voters.rules.new.idle'\n", set()),
        ("from voters.rules import new\n\nnew.other()\n", {"voters/rules/new.py: idle"}),
        ("from voters.rules import old\n\nold.idle()\n", {"voters/rules/new.py: idle"}),
        ("WORDS = 'voters.rules.new has idle'\n", {"voters/rules/new.py: idle"}),
    ],
)
def test_what_nobody_names_is_found(user, found):
    """A function that only calls itself is idle; a name in another module, or in a sentence, is no call."""
    source = "def idle():\n    idle()\n"
    assert unused({"voters/rules/new.py": source, "voters/services/user.py": user}) == found


# --- functions written twice ---------------------------------------------------


def written_twice(sources: dict[str, str]) -> list[list[str]]:
    """Functions of more than one line whose bodies are the same, as lists of `path: name`; fixtures stand apart."""
    found = defaultdict(list)
    for path, text in sources.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.FunctionDef) and not node.decorator_list:
                lines = node.body[1:] if ast.get_docstring(node) else node.body
                body = "\n".join(map(ast.unparse, lines))
                if len(body) > SHORT:
                    found[body].append(f"{path}: {node.name}")
    return [places for places in found.values() if len(places) > 1]


SHORT = 120  # characters of a body that may be written again


def test_no_function_is_written_twice():
    tests = {path.as_posix(): (ROOT / path).read_text(encoding="utf-8") for path in files("tests")}
    ours = {path: text for path, text in product().items() if "/migrations/" not in path}
    assert written_twice(ours | tests) == []


def test_a_function_written_twice_is_found():
    body = '    rows = sorted(each.name for each in given)\n    return ", ".join(rows)\n' * 2
    one, other = "def one(given):\n" + body, 'def other(given):\n    """The same."""\n' + body
    assert written_twice({"a.py": one, "b.py": other}) == [["a.py: one", "b.py: other"]]
    assert written_twice({"a.py": one, "b.py": "def other(given):\n    return given\n"}) == []


# --- templates, tags, addresses ----------------------------------------------

PAGES = {path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.*")}
MARKUP = {
    name: re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", text, flags=re.S) for name, text in PAGES.items()
}
# In place of templates of the libraries, or named by a rule: documents/<kind>.html of the catalogue.
PUT_IN_PLACE = ("bootstrap5/", "django/")


@functools.cache
def written() -> str:
    """All markup, and all texts of the product."""
    return "\n".join([*MARKUP.values(), *product().values()])


def test_every_template_is_included_or_rendered():
    idle = {
        name
        for name in MARKUP
        if not name.startswith(PUT_IN_PLACE)
        and not re.search(rf"""["',]{re.escape(name)}["',]""", written())
        and not (name.startswith("documents/") and re.search(rf"\b{Path(name).stem}\b", written()))
    }
    assert idle == set()


def test_every_tag_and_filter_is_used():
    libraries = [path for house in HOUSES for path in (ROOT / house).glob("templatetags/*.py")]
    declared = {
        node.name
        for path in libraries
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any(map(registers, node.decorator_list))
    }
    assert len(declared) > 10
    used = set(re.findall(r"(?:{%\s*|\|)(\w+)", "\n".join(MARKUP.values())))
    assert declared - used == set()


def test_every_address_named_in_a_template_exists():
    from django.urls import get_resolver

    named = {name for text in MARKUP.values() for name in re.findall(r"""{%\s*url\s+["']([\w:-]+)["']""", text)}
    assert len(named) > 50
    assert named - {name for name in get_resolver().reverse_dict if isinstance(name, str)} == set()


# --- the sheet and the script ----------------------------------------------------

# Given by the libraries: widgets of Django, parts of the form templates.
OF_LIBRARIES = {"form-text", "numberinput", "timeinput"}
# Made of a word and a value.
COMPOSED = {"is-": "todo doing done blocked", "due-": "soon late", "icon-": "sm"}


def test_every_class_of_the_sheet_is_given_somewhere():
    sheet = "\n".join(path.read_text(encoding="utf-8") for path in SCSS.glob("*.scss"))
    sheet = re.sub(r"//.*|^@import.*|#\{.*?\}", "", sheet, flags=re.M)
    classes = set(re.findall(r"(?<![\w.])\.([a-zA-Z][\w-]*)", sheet)) | set(re.findall(r"\w\.([a-zA-Z][\w-]*)", sheet))
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "static/js/src").glob("*.js"))
    given = set(re.findall(r"[\w-]+", written() + scripts))
    given |= OF_LIBRARIES | {head + word for head, words in COMPOSED.items() for word in words.split()}
    assert len(classes) > 200
    assert classes - given == set()


@pytest.mark.parametrize(
    ("folder", "head", "load"), [("scss", "app.scss", '@import "{}"'), ("js/src", "app.js", 'from "./{}"')]
)
def test_every_part_of_sheet_and_script_is_loaded(folder, head, load):
    parts = [path for path in (ROOT / "static" / folder).iterdir() if path.name != head]
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "static" / folder).iterdir())
    assert [
        path.name for path in parts if load.format(path.name.removeprefix("_").removesuffix(".scss")) not in text
    ] == []
