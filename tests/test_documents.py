"""The documents a stranger starts from: every rule code has its line, no other code stands anywhere, drawings are true."""

from __future__ import annotations

import ast
import io
import pkgutil
import re
import tokenize
from pathlib import Path

import pytest

from docs import architecture, quotes, rules
from elections.models import Job
from elections.rules import law
from tests.house import APPS, ROOF, ROOT
from voters.models import ProxyVote, RollImport


def test_every_rule_code_has_a_line_and_every_line_a_code():
    assert rules.faults(rules.BOOK.read_text(encoding="utf-8")) == []


def test_the_book_is_up_to_date():
    book = rules.BOOK.read_text(encoding="utf-8")
    assert rules.renewed(book) == book, "run `make docs`"


def test_a_code_without_a_line_and_a_line_without_a_code_are_found():
    book = rules.BOOK.read_text(encoding="utf-8")
    line = next(each for each in book.splitlines(keepends=True) if each.startswith("| VR-12 |"))
    carriers = " ".join(rules.carriers()["VR-12"])
    assert rules.faults(book.replace(line, "")) == [f"VR-12 has no line: {carriers}"]
    strange = "VR" + "-99"
    assert rules.faults(book + f"| {strange} | Nobody says so. | Nowhere | |\n") == [f"{strange} stands in no file"]
    assert rules.faults(book + f"| {strange} | Nobody says so. | | |\n")[1:] == [f"{strange} has no source"]


def test_lines_stand_in_order():
    book = rules.BOOK.read_text(encoding="utf-8")
    line = next(each for each in book.splitlines(keepends=True) if each.startswith("| VR-12 |"))
    assert rules.faults(book.replace(line, "").replace("| VR-11 |", line + "| VR-11 |")) == [
        "VR-12 stands before VR-11"
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(VR-12, EC-09)", ["VR-12", "EC-09"]),
        ("(VR-12…14)", ["VR-12", "VR-13", "VR-14"]),
        ("(CT-20 … CT-22)", ["CT-20", "CT-21", "CT-22"]),
        ("the rules of CT-, UTF-16, SHA-256, A-12, W-20", []),
    ],
)
def test_codes_are_read_from_a_text(text, found):
    assert list(rules.codes(text)) == found


def test_provisions_name_rules_of_the_book_only():
    strange = {each.key: code for each in law.ALL for code in each.rules if list(rules.codes(code)) != [code]}
    assert strange == {}


# Numbers of lists that do not stand in this repository: a letter and two digits, or a section, in a remark.
FOREIGN = re.compile(
    r"(?<![\w.-])[CFMTW]-?\d{2,3}(?![\w.])|(?<=[(,] )[2-9]\.\d{1,3}(?=[,)])|\(\d\.\d{1,3}[,)]|\(F\d\)|§|\bUX-|wireframe"
)
KNOWN = {"F401", "F403", "F811", "T20"}  # codes of ruff


def remarks(path: Path, text: str) -> list[str]:
    """The comments and docstrings of a program, the comments of a template."""
    if path.suffix == ".html":
        return re.findall(r"{#.*?#}|{% comment %}.*?{% endcomment %}", text, re.S)
    found = [each.string for each in tokenize.generate_tokens(io.StringIO(text).readline)
             if each.type == tokenize.COMMENT]  # fmt: skip
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return found + [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text)) if isinstance(node, holders)]


def foreign(path: Path) -> list[str]:
    """The codes of foreign lists in the remarks of a file."""
    text = path.read_text(encoding="utf-8")
    if not FOREIGN.search(text):
        return []
    return [code for remark in remarks(path, text) for code in FOREIGN.findall(remark) if code not in KNOWN]


def test_no_remark_cites_a_list_that_is_not_here():
    houses = (*APPS, ROOF, "config", "deploy", "benchmarks", "tests", "templates")
    found = [each for house in houses for end in ("py", "html") for each in sorted((ROOT / house).rglob(f"*.{end}"))]
    assert len(found) > 700
    assert {str(path.relative_to(ROOT)): foreign(path) for path in found if foreign(path)} == {}


@pytest.mark.parametrize(
    "remark", ["# kept (C65)", "# W-20: in time", "# as told (VR-12, 3.68)", "# (5.1)", "# (screens §3.4)"]
)
def test_a_foreign_code_is_found(remark):
    assert FOREIGN.search(remark)


def test_the_drawings_are_up_to_date():
    page = architecture.PAGE.read_text(encoding="utf-8")
    assert architecture.redrawn(page) == page, "run `make docs`"
    assert sorted(name for _, name, _ in architecture.DRAWING.findall(page)) == sorted(architecture.drawings())


@pytest.mark.parametrize(
    ("arrows", "states"),
    [
        (architecture.JOB, set(Job.State)),
        (architecture.IMPORT, set(RollImport.State)),
        (architecture.PROXY, {*ProxyVote.Ending, "in_force"}),
    ],
)
def test_every_state_is_drawn_and_no_other(arrows, states):
    drawn = {state for arrow in arrows for state in (arrow.source, arrow.target)}
    assert drawn - {architecture.BEGINNING} == states


@pytest.mark.parametrize(
    "name",
    sorted({arrow.by for arrow in (*architecture.JOB, *architecture.IMPORT, *architecture.PROXY, *architecture.ROUND)}),
)
def test_every_arrow_names_a_function(name):
    assert not name or callable(pkgutil.resolve_name(name))


@pytest.mark.parametrize(
    "document", sorted({*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")}), ids=lambda each: each.name
)
def test_documents_name_only_files_that_are_there(document):
    """Paths in code marks and links, from the root, from the document or from the app spoken of."""
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|md|html|toml|txt|sh))`", text) + re.findall(
        r"\]\(([\w./-]+)\)", text
    )
    starts = (
        ROOT,
        document.parent,
        ROOT / "templates",
        *(ROOT / app for app in (*APPS, ROOF)),
        *(ROOT / "office").iterdir(),
    )
    assert [name for name in named if not any((start / name).exists() for start in starts)] == []


def test_the_quotations_are_up_to_date():
    page = quotes.PAGE.read_text(encoding="utf-8")
    assert quotes.renewed(page) == page, "run `make docs`"
    with pytest.raises(LookupError, match="has no test_that_never_was"):
        quotes.source_of("tests/make.py", "test_that_never_was")
