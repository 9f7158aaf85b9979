"""Long lists and cards: set by typst, twenty times as fast as a table of HTML, behind the same door as the other papers.

A layout is a file beside the templates of papers. It reads its values as JSON, so that nothing typed by anybody is read
as markup, and it can open nothing but the layouts (C39). The same values give the same bytes.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import typst
from django.conf import settings

from elections.documents import fonts

TEMPLATES = settings.BASE_DIR / "templates"
NO_PACKAGES = tempfile.gettempdir()  # no layout imports one; nothing is looked for in anybody's home


def typeset(layout: str, values: Mapping[str, Any]) -> bytes:
    """The PDF of one layout with its values (JSON-like)."""
    return typst.compile(
        TEMPLATES / layout,
        root=TEMPLATES / "documents",
        font_paths=_installed(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"values": json.dumps(values, ensure_ascii=False), "faces": _faces()},
        package_path=NO_PACKAGES,
        package_cache_path=NO_PACKAGES,
        timestamp=0,
        pdf_tags=False,
    )


def pages_of(data: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(BytesIO(data)) as document:
        return len(document.pages)


def bound(parts: Iterable[bytes]) -> tuple[bytes, int]:
    """Several PDFs as one, and its pages: long batches are set in parts, for progress and memory."""
    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(BytesIO(part)) as document:
            whole.pages.extend(document.pages)
    whole.remove_unreferenced_resources()
    out = BytesIO()
    whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue(), len(whole.pages)


@cache
def _installed() -> typst.Fonts:
    return typst.Fonts(include_embedded_fonts=False, font_paths=[settings.FONTS_DIR])


@cache
def _faces() -> str:
    """The stacks of `fonts`, as JSON: the faces that are here, by the names they have inside their files."""
    installed = _installed().fonts()
    names = {each.family: each.family for each in installed}
    inside = {each.path: each.family for each in installed}
    names |= {family: inside[str(path)] for family, path in fonts.files().items() if str(path) in inside}
    found = {use: [names[name] for name in stack if name in names] for use, stack in fonts.STACKS.items()}
    return json.dumps(found, ensure_ascii=False)
