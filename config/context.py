"""The context of every page."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Return `demo`, `plain_http` (a banner warns of both) and `idle_minutes` (the page warns before log-out)."""
    return {
        "demo": settings.DEMO,
        "plain_http": not settings.TLS and not settings.DEMO,
        "idle_minutes": int(settings.SESSION_IDLE.total_seconds() // 60),
    }
