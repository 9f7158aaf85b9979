"""Long papers: what somebody typed is never markup, a layout opens nothing but layouts, the same values are the same bytes."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from elections.documents import typeset as door
from elections.documents.typeset import NotSet, bound, pages_of, typeset

HEAD = {
    "village": "石门村", "term_no": 12, "people": "村民", "committee": "村民委员会", "poll_day": "2026年12月20日（星期日）",
    "at": "", "where": "",
}  # fmt: skip
HOSTILE = (
    '#panic("x")',
    '#read("/etc/passwd")',
    "*粗* _斜_ $x$",
    '"); #panic(1)',
    "\\u{41}",
    "// 注",
)


def sheet(name: str) -> bytes:
    """A page of an issue sheet with one line."""
    table = {"number": 1, "of": 1, "people": 1, "covers": "1组", "pages": 1}
    line = [1, name, "女", "1组", ""]
    return typeset("documents/issue.typ", {"head": HEAD, "table": table, "pages": [[line]], "before": 0, "lines": 24})


def text_of(data: bytes) -> str:
    out = subprocess.run([shutil.which("pdftotext"), "-", "-"], input=data, capture_output=True, check=True)
    return out.stdout.decode()


@pytest.mark.parametrize("name", HOSTILE)
def test_what_was_typed_stands_there_as_it_is(name):
    shown = re.sub(r"\s", "", text_of(sheet(name)))
    assert re.sub(r"\s", "", name) in shown


def test_the_same_values_give_the_same_bytes_in_every_process():
    assert sheet("欧阳䶮") == sheet("欧阳䶮") != sheet("欧阳")


def test_a_layout_opens_nothing_outside_its_folder(tmp_path, monkeypatch):
    folder = tmp_path / "documents"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("秘密")
    monkeypatch.setattr(door, "TEMPLATES", tmp_path)
    for reach in ('#read("../secret.txt")', '#read("/etc/hostname")', '#import "@preview/cetz:0.3.4"'):
        (folder / "bad.typ").write_text(reach)
        with pytest.raises(NotSet):
            typeset("documents/bad.typ", {})
    with pytest.raises(NotSet):
        typeset("documents/missing.typ", {})


def test_parts_are_bound_in_order_and_always_the_same():
    parts = [sheet("王芳"), sheet("李强")]
    data, pages = bound(parts)
    assert (pages, pages_of(data), bound(parts)[0] == data) == (2, 2, True)
    text = text_of(data)
    assert text.index("王芳") < text.index("李强")
