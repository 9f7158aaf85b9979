"""What the browser gets: its weight, its contrast, nothing from elsewhere, nothing inline, a key in every form."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
PAGES = sorted(
    path for path in (ROOT / "templates").rglob("*.html") if "documents" not in path.parts
)  # those are paper
BUILT = [STATIC / "css/app.css", STATIC / "js/app.js", STATIC / "icons.svg"]
COMMENT = re.compile(r"{% comment %}.*?{% endcomment %}|{#.*?#}", re.S)


def markup(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


# --- weight --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "limit"), [(BUILT[0], 20_000), (BUILT[1], 40_000), (BUILT[2], 6_000)], ids=["css", "js", "icons"]
)
def test_built_files_stay_light(path: Path, limit: int):
    assert len(gzip.compress(path.read_bytes(), 9, mtime=0)) <= limit


def test_built_files_are_what_their_sources_give():
    if shutil.which("npm") is None or not (ROOT / "deploy/static/node_modules").is_dir():
        pytest.skip("needs Node and the locked packages; see deploy/build_static.sh")
    done = subprocess.run([ROOT / "deploy/build_static.sh", "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# --- contrast ------------------------------------------------------------------

TOKENS = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", (STATIC / "scss/_tokens.scss").read_text()))
TOKENS["white"] = "#FFFFFF"

#  what stands on what; text needs 4.5, a border, a shape or a ring 3
TEXT = """
ink paper|ink page|ink-2 paper|ink-2 page|ink-3 paper|ink-3 page|blue paper|blue page|white blue|white blue-d
blue-d blue-50|ink blue-50|white gov|gov white|red paper|red page|red red-50|ink red-50|amb paper|amb page|amb amb-50
ink amb-50|grn paper|grn page|grn grn-50|visited paper|visited page|ink line|ink-2 line
ink ramp-1|ink ramp-2|ink ramp-3|ink ramp-4|white ramp-5|white ramp-6|white red
"""
PARTS = """
line-strong paper|line-strong page|ink focus|blue blue-50|amb paper
line-strong paper|ramp-4 paper|red paper
"""


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pairs(table: str) -> list[tuple[str, str]]:
    return [tuple(pair.split()) for line in table.split("\n") if line for pair in line.split("|")]


@pytest.mark.parametrize(("front", "ground"), pairs(TEXT))
def test_text_can_be_read(front: str, ground: str):
    assert contrast(front, ground) >= 4.5


@pytest.mark.parametrize(("front", "ground"), pairs(PARTS))
def test_parts_can_be_seen(front: str, ground: str):
    assert contrast(front, ground) >= 3


def test_the_framework_is_given_the_tokens():
    given = re.findall(r"^\$([\w-]+): (#[0-9A-F]{6});", (STATIC / "scss/_bootstrap.scss").read_text(), re.M)
    assert given
    assert [(name, value) for name, value in given if TOKENS.get(name) != value] == []


# --- nothing from elsewhere, nothing inline ----------------------------------

NAMESPACES = ("http://www.w3.org/",)
HOST = re.compile(r"""(?:https?:|url\(["']?)//[^\s"')]+|(?:src|href|action)=["']//[^"']+""")


@pytest.mark.parametrize("path", [*PAGES, *BUILT, STATIC / "favicon.svg"], ids=named)
def test_no_other_host_is_asked(path: Path):
    assert [found for found in HOST.findall(path.read_text(encoding="utf-8")) if not found.startswith(NAMESPACES)] == []


INLINE = {
    "script": r"<script(?![^>]*\ssrc=)",
    "style element": r"<style",
    "style attribute": r"\sstyle\s*=",
    "handler": r"\son[a-z]+\s*=",
    "hx-on": r"hx-on",
    "script address": r"javascript:",
    "evaluated filter": r"hx-(?:vals|headers)=.js:|hx-trigger=.[^\"']*\[",
    "number field": r"type=.number",
}


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_pages_hold_nothing_the_policy_forbids(path: Path):
    text = markup(path)
    assert [name for name, pattern in INLINE.items() if re.search(pattern, text)] == []


def test_the_sheet_is_for_old_browsers_too():
    """Chromium 86: what a browser does not know makes it drop the whole rule."""
    newer = r":has\(|:is\(|:where\(|[{;]inset:|aspect-ratio|@container|@layer|@scope|color-mix\(|\ddvh"
    assert re.findall(newer, BUILT[0].read_text(encoding="utf-8")) == []


# --- forms -----------------------------------------------------------------

FORM = re.compile(r"<form\b([^>]*(?:{%.*?%}[^>]*)*)>(.*?)</form>", re.S)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_posting_form_carries_both_keys(path: Path):
    text = markup(path)
    posting = [inside for head, inside in FORM.findall(text) if re.search(r"method=.post", head)]
    assert len(posting) == len(re.findall(r"method=.post", text))
    assert [inside for inside in posting if "{% csrf_token %}" not in inside or "{% act_token %}" not in inside] == []


# --- icons and other people's files ------------------------------------------------------


def test_the_sprite_holds_the_icons_of_pages_and_menu_and_no_other():
    from elections.views.shell import MENU

    sprite = set(re.findall(r'<symbol id="([\w-]+)"', BUILT[2].read_text()))
    used = {name for path in PAGES for name in re.findall(r'{% icon "([\w-]+)"', markup(path))}
    assert used | {line[1] for line in MENU} == sprite


def test_files_of_others_have_version_and_licence():
    table = (STATIC / "vendor/README.md").read_text()
    files = {path.name for path in (STATIC / "vendor").iterdir()} - {"README.md"}
    assert {name for name in files if not re.search(r"-\d+\.\d+\.\d+\.", name)} == set()
    assert {name for name in files if name not in table} == set()
    assert set(re.findall(r"\((LICENSE[^)]+)\)", table)) <= files
