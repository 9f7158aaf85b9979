"""Answering with a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone

from elections.documents.sheets import MEDIA_TYPE, workbook_bytes


def attachment(data: bytes, name: str, media_type: str = MEDIA_TYPE) -> HttpResponse:
    """Return a download under a name of our own."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def inline_pdf(data: bytes, name: str) -> HttpResponse:
    """Return a PDF that the browser shows, to be printed from there."""
    response = attachment(data, name, "application/pdf")
    response["Content-Disposition"] = response["Content-Disposition"].replace("attachment", "inline", 1)
    return response


def sheet_response(title: str, rows: Iterable[Iterable[object]]) -> HttpResponse:
    """Return an .xlsx named by us, never by what anybody typed."""
    return attachment(workbook_bytes(title, rows), f"{title}_{timezone.localdate():%Y%m%d}.xlsx")
