"""Turning a legal "no" into a page: 409 with every reason, whatever view it happened in; and an empty 405 into one that
leads back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from elections.rules.machine import Refused
from elections.services.hold import Overtaken

ONLY_BY_BUTTON = "这个地址只在点按钮时使用，不能直接打开。刚才填写的内容没有保存，请返回后重新办理。"


class RefusalMiddleware:
    """Answer :class:`Refused` and :class:`Overtaken` with 409; the transaction of the act is rolled back around it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 405 and request.method in ("GET", "HEAD") and not response.content:
            return _not_a_page(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Refused):
            context = {"title": "没有办成", "problems": error.problems, "back_url": _back(request)}
        elif isinstance(error, Overtaken):
            context = {"title": "没有办成", "reason": str(error), "back_url": _back(request)}
        else:
            return None
        return render(request, "errors/409.html", context, status=409)


def _not_a_page(request: HttpRequest) -> HttpResponse:
    """The address of a form that was refused, opened from the address bar or after logging in again."""
    context = {"title": "没有这一页", "reason": ONLY_BY_BUTTON, "back_url": _back(request)}
    page = render(request, "errors/409.html", context, status=405)
    page["Allow"] = "POST"
    return page


def _back(request: HttpRequest) -> str:
    """Return the village page when the address names a village, the import when it names one, else the first screen."""
    parts = request.path.split("/")
    if len(parts) > 4 and parts[1] == "import":
        return f"/import/{parts[2]}/"
    return f"/villages/{parts[2]}/" if len(parts) > 3 and parts[1] == "villages" else "/"
