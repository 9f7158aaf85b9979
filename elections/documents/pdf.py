"""PDF from a frozen snapshot: the same facts give the same bytes; nothing is fetched but what stands in memory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from elections.documents import fonts
from elections.documents.fingerprint import facts_of
from elections.documents.typeset import pages_of, typeset

STYLE = Path(__file__).with_name("paper.css")


class MemoryOnly(URLFetcher):
    """Answers ``memory:`` addresses from a dictionary and refuses everything else: no socket, no file is opened."""

    def __init__(self, held: dict[str, tuple[bytes, str]]):
        super().__init__(allowed_protocols=("memory",), allow_redirects=False)
        self.held = held

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url not in self.held:
            raise FatalURLFetchingError("a paper may use only what is held in memory")
        body, media_type = self.held[url]
        return URLFetcherResponse(url, body, {"Content-Type": media_type})


@dataclass(frozen=True)
class Printed:
    """The bytes of a PDF and how many pages they have."""

    data: bytes
    pages: int


def print_pdf(*, template: str, title: str, snapshot: str, issuer: str, fingerprint: str, code: str) -> Printed:
    """Lay out one paper. ``snapshot`` is the frozen JSON text; nothing else of the election is looked at."""
    facts = facts_of(snapshot)
    qr = _qr(f"{settings.SITE_URL}/check/{code}/")
    context = {"facts": facts, "title": title, "issuer": issuer, "code": code, "short": fingerprint[:8].upper()}
    if template.endswith(".typ"):
        data = typeset(template, context | {"qr": list(qr)})
        return Printed(data, pages_of(data))
    held = _faces() | {"memory:qr": (qr, "image/png")}
    page = HTML(
        string=render_to_string(template, context), base_url="memory:", url_fetcher=MemoryOnly(held), media_type="print"
    )
    fonts_used = FontConfiguration()
    sheet = CSS(string=style(), font_config=fonts_used, url_fetcher=MemoryOnly(held), base_url="memory:")
    document = page.render(stylesheets=[sheet], font_config=fonts_used)
    data = document.write_pdf(pdf_identifier=fingerprint.encode(), custom_metadata=False)
    return Printed(data, len(document.pages))


def style() -> str:
    """Return the format of GB/T 9704 (DOC-01…05) with this site's faces in front."""
    faces = "\n".join(
        f'@font-face {{ font-family: "{family}"; src: url("memory:font/{family}"); }}' for family in fonts.files()
    )
    text = STYLE.read_text(encoding="utf-8")
    for use in fonts.STACKS:
        text = text.replace(f"var(--{use})", fonts.stack(use))
    return f"{faces}\n{text}"


@cache
def _faces() -> dict[str, tuple[bytes, str]]:
    return {f"memory:font/{family}": (path.read_bytes(), "font/otf") for family, path in fonts.files().items()}


def _qr(text: str) -> bytes:
    out = BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=4, border=1)
    return out.getvalue()
