"""The clerk's handbook says what the pages say: every word it quotes stands there, every picture it shows exists."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.test_copy import PAGES, ROOT, SOURCES, strings_of, words_of

DOCS = ROOT / "docs"
HANDBOOK = DOCS / "clerk.zh.md"
LARGEST_PICTURE = 120_000  # bytes
TEXT = HANDBOOK.read_text(encoding="utf-8")
QUOTED = sorted(set(re.findall("「([^」]+)」", TEXT)))
SHOWN = sorted(set(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)))


@cache
def said() -> str:
    """Everything that pages and code may say to anybody."""
    pages = [words_of(path) for path in PAGES]
    for path in PAGES:  # words that one template gives to another: {% include … with submit="…" %}
        for tag in re.findall(r"{%(.*?)%}", path.read_text(encoding="utf-8"), re.S):
            pages += re.findall(r'"([^"]*)"', tag)
    return "\x00".join([*pages, *(text for path in SOURCES for _, text in strings_of(path))])


@pytest.mark.parametrize("words", QUOTED)
def test_every_quoted_word_stands_on_a_page(words):
    assert words in said()


def test_a_word_that_no_page_has_would_be_noticed():
    assert "一键换届" not in said()


@pytest.mark.parametrize("picture", SHOWN)
def test_every_picture_of_the_handbook_is_there_and_small(picture):
    assert 0 < (DOCS / picture).stat().st_size <= LARGEST_PICTURE


def test_the_command_makes_the_pictures_that_are_shown_and_no_others():
    scenes = (ROOT / "deploy" / "pictures.py").read_text(encoding="utf-8")
    made = {f"{name}.png" for name in re.findall(r'^    \("([\w/-]+)", \S+, _\w+\),$', scenes, re.M)}
    assert made == set(SHOWN)
    assert made == {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.png")}


@pytest.mark.parametrize("heading", re.findall(r"\]\(#([^)]+)\)", TEXT))
def test_every_entry_of_its_contents_leads_to_a_heading(heading):
    anchors = {re.sub(r"[^\w-]", "", line.replace(" ", "-")) for line in re.findall(r"^## (.+)$", TEXT, re.M)}
    assert heading in anchors


def test_the_readme_leads_to_it():
    assert f"({HANDBOOK.relative_to(ROOT).as_posix()})" in Path(ROOT / "README.md").read_text(encoding="utf-8")
