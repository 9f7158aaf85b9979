"""Middleware: the client's address, the length of a session, what browsers may keep."""

import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

Respond = Callable[[HttpRequest], HttpResponse]

FAMILIES = re.compile(r"Edg|OPR|Firefox|Chrom(?:e|ium)|Safari|Trident|MSIE")
SEEN_EVERY = 60  # seconds between two notes of activity, so that reading pages seldom writes


class RequestId:
    """Give every request a number of our own: in the log, in the journal and on the page that says sorry."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        request.META["HTTP_X_REQUEST_ID"] = request.id  # type: ignore[attr-defined]  # django-structlog takes it from here
        return self.get_response(request)


class TrueAddress:
    """Put the client's address into REMOTE_ADDR: the one our own proxies saw, never one the client wrote."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "").split(",")
        hops = settings.TRUSTED_PROXIES
        if hops and len(forwarded) >= hops and forwarded[-hops].strip():
            request.META["REMOTE_ADDR"] = forwarded[-hops].strip()
        return self.get_response(request)


class SessionLimits:
    """End a session after half an hour without a person's request, after eight hours, or in another browser.

    A page that asks by itself (progress, clock) sends the header `X-Poll` and does not count as activity.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            if _is_over(request, now):
                logout(request)
            else:
                _note_activity(request, now)
        return self.get_response(request)


def _family(request: HttpRequest) -> str:
    """Return the kind of browser without its version, which may change by an update during the day."""
    return "+".join(sorted(set(FAMILIES.findall(request.headers.get("User-Agent", "")))))


def _is_over(request: HttpRequest, now: int) -> bool:
    session = request.session
    return bool(
        now - session.get("seen", now) > settings.SESSION_IDLE.total_seconds()
        or now - session.get("started", now) > settings.SESSION_LONGEST.total_seconds()
        or session.get("browser", _family(request)) != _family(request)
    )


def _note_activity(request: HttpRequest, now: int) -> None:
    session = request.session
    if "started" not in session:
        session["started"], session["browser"] = now, _family(request)
    if "X-Poll" not in request.headers and now - session.get("seen", 0) >= SEEN_EVERY:
        session["seen"] = now


class NoStore:
    """Keep pages out of every cache, so that the next user of a shared computer finds none."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if getattr(request, "left", False):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


@receiver(user_logged_out)
def note_leaving(sender: object, request: HttpRequest, **_kwargs: object) -> None:
    request.left = True  # type: ignore[attr-defined]
