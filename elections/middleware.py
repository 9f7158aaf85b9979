"""One form, one act: every posted form runs in one transaction with its key, and a repetition gets the first answer."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from elections.crash_points import crash_point
from elections.models.acts import ALREADY, Act, digest_of, key_of

Respond = Callable[[HttpRequest], HttpResponse]

CHANGES = {"POST", "PUT", "PATCH", "DELETE"}
EXEMPT = ("/login/", "/logout/", "/healthz", "/rules/")  # /rules/ only asks: its answers are not kept
NOT_HASHED = {"act", "csrfmiddlewaretoken"}
KEPT_HEADERS = (
    "Content-Type", "Location", "HX-Location", "HX-Push-Url", "HX-Redirect", "HX-Refresh", "HX-Replace-Url",
    "HX-Reselect", "HX-Reswap", "HX-Retarget", "HX-Trigger", "HX-Trigger-After-Settle", "HX-Trigger-After-Swap",
)  # fmt: skip
LONGEST_KEPT = 256 * 1024  # bytes of a page

EXPIRED = "页面已过期，请返回上一页，刷新后重新提交。"
OTHER_FORM = "这一页的内容已经提交过，不能再用来提交别的内容。请返回上一页，刷新后重新提交。"


class ActMiddleware:
    """Make every signed-in change one act; the last middleware but those that only watch logins.

    The form carries a random key: the hidden field `act` or the header `X-Act`. View and key commit together. An answer
    of 400 or more rolls everything back and keeps nothing, so that the corrected form may come with the same key. What
    must outlive such a refusal (the journal line of a denied access) a view puts on `request.after_refusal`, a list of
    functions without arguments: they run afterwards in a transaction of their own.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_act(request):
            return self.get_response(request)
        request.act = _read(request)  # takes in the whole body: a slow upload holds no transaction open
        request.act_claimed = False
        request.after_refusal = []
        with transaction.atomic():
            response = self.get_response(request)
            refused = response.status_code >= 400
            if refused:
                transaction.set_rollback(True)
            elif request.act_claimed:
                _keep(request.act, response)
                crash_point("act.before_commit")
        crash_point("act.after_commit")
        if refused and request.after_refusal:
            with transaction.atomic():
                for note in request.after_refusal:
                    note()
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Take the key just before the view runs, when CSRF and login have been looked at; answer a repetition."""
        if not hasattr(request, "act"):
            return None
        if request.act is None:
            return refusal(request, EXPIRED)
        earlier = request.act.claim()
        if earlier is None:
            request.act_claimed = True
            return None
        return _again(request, earlier) if earlier.digest == request.act.digest else refusal(request, OTHER_FORM)


def refusal(request: HttpRequest, words: str) -> HttpResponse:
    return render(request, "errors/act.html", {"words": words}, status=422)


def _is_act(request: HttpRequest) -> bool:
    return request.method in CHANGES and not request.path.startswith(EXEMPT) and request.user.is_authenticated


def _read(request: HttpRequest) -> Act | None:
    """Return the act this request asks for, None without a key."""
    key = key_of(request.headers.get("X-Act") or request.POST.get("act", ""))
    if key is None:
        return None
    path = request.get_full_path()
    sent = digest_of(_sent(request))
    assert request.user.is_authenticated
    return Act(user=request.user, key=key, method=str(request.method), path=path[:300], digest=sent)


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Return everything that was sent, in a fixed order; files by name and SHA-256."""
    parts = [(str(request.method), request.get_full_path())]
    for name in sorted(set(request.POST) - NOT_HASHED):
        parts += [(name, value) for value in request.POST.getlist(name)]
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            parts += [(name, file.name or ""), (name, digest.hexdigest())]
    if request.content_type not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        parts.append(("", hashlib.sha256(request.body).hexdigest()))
    return parts


def _keep(act: Act, response: HttpResponse) -> None:
    if transaction.get_rollback():
        raise transaction.TransactionManagementError("the view answered well although its writes are lost")
    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
    act.keep(response.status_code, headers, _page(response))


def _page(response: HttpResponse) -> str | None:
    """Return the text of the answer, None for a file, a stream or a very long page."""
    if response.streaming or len(response.content) > LONGEST_KEPT:
        return None
    try:
        return response.content.decode(response.charset)
    except UnicodeDecodeError:
        return None


def _again(request: HttpRequest, earlier: Act) -> HttpResponse:
    """Return the answer of the first time."""
    text = earlier.text()
    if text is None:
        return render(request, "errors/act.html", {"words": ALREADY, "done": True})
    return HttpResponse(text, status=earlier.status, headers=earlier.headers)
