"""A browser signed in as somebody, and the addresses of a village's pages. Today is 1 December 2026, 9:30."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from tests.client import Browser
from tests.make import VILLAGE, a_user

NOW = timezone.make_aware(datetime(2026, 12, 1, 9, 30))
POLL_DAY = datetime(2026, 12, 20).date()
SIBLING, FOREIGN = "990100101202", "990100102201"  # of the same township; of another
HOME = {"village": VILLAGE, "township": VILLAGE[:9]}


def browser(role: str = "village", code: str = "") -> Browser:
    """Somebody of that role; the county's area unless the role has its own."""
    return signed_in(a_user(role, code or HOME.get(role, VILLAGE[:6])))


def signed_in(user: Any) -> Browser:
    client = Browser()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name: str, *rest: object, code: str = VILLAGE) -> str:
    return reverse(name, args=[code, *rest])


def text(response: HttpResponse) -> str:
    return response.content.decode()
