"""Long lists and cards: set by typst, thirty times as fast as a table of HTML, behind the same door as the other papers.

A layout is a file beside the templates of papers. It reads its values as JSON, so that nothing typed by anybody is read
as markup, and it can open nothing but the layouts. The same values give the same bytes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings

from elections.documents import fonts

TEMPLATES = settings.BASE_DIR / "templates"
TYPESETTER = Path(__file__).with_name("typesetter.py")
LONGEST = 300  # seconds; a village of 2,000 takes two


class NotSet(RuntimeError):
    """A layout could not be set; ``str(error)`` is what the typesetter said."""


def typeset(layout: str, values: Mapping[str, Any]) -> bytes:
    """Return the PDF of one layout with its values (JSON-like). Raises :class:`NotSet`."""
    asked = {
        "layout": str(TEMPLATES / layout),
        "root": str(TEMPLATES / "documents"),
        "fonts": str(settings.FONTS_DIR),
        "files": {family: str(path) for family, path in fonts.files().items()},
        "stacks": fonts.STACKS,
        "values": json.dumps(values, ensure_ascii=False),
    }
    made = subprocess.run(
        [sys.executable, "-I", str(TYPESETTER)], input=json.dumps(asked).encode(), capture_output=True, timeout=LONGEST,
        env={},
    )  # fmt: skip
    if made.returncode:
        raise NotSet(made.stderr.decode(errors="replace")[-2000:])
    return made.stdout


def pages_of(data: bytes) -> int:
    """Return how many pages a PDF has."""
    with pikepdf.open(BytesIO(data)) as document:
        return len(document.pages)


def bound(parts: Iterable[bytes]) -> tuple[bytes, int]:
    """Join several PDFs and count the pages: long batches are set in parts, for progress and memory."""
    whole = pikepdf.new()
    for part in parts:
        with pikepdf.open(BytesIO(part)) as document:
            whole.pages.extend(document.pages)
    whole.remove_unreferenced_resources()
    out = BytesIO()
    whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue(), len(whole.pages)
