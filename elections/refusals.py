"""Turning a legal "no" into a page: 409 with every reason, whatever view it happened in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from elections.rules.machine import Refused
from elections.services.hold import Overtaken


class RefusalMiddleware:
    """Answer :class:`Refused` and :class:`Overtaken` with 409; the transaction of the act is rolled back around it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            context = {"title": "没有办成", "problems": error.problems, "back_url": _back(request)}
        elif isinstance(error, Overtaken):
            context = {"title": "没有办成", "reason": str(error), "back_url": _back(request)}
        else:
            return None
        return render(request, "errors/409.html", context, status=409)


def _back(request: HttpRequest) -> str:
    """Return the village page when the address names a village, the import when it names one, else the first screen."""
    parts = request.path.split("/")
    if len(parts) > 4 and parts[1] == "import":
        return f"/import/{parts[2]}/"
    return f"/villages/{parts[2]}/" if len(parts) > 3 and parts[1] == "villages" else "/"
