"""Error pages: one look, no details, a number to tell the administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from structlog.contextvars import get_contextvars

NUMBER_LENGTH = 8  # of the request's number in the log; enough to find the line


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show the same for what does not exist and for what one may not see."""
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show a refusal that no page explained itself."""
    return render(request, "errors/403.html", status=403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show a form from before the last login."""
    return render(request, "errors/csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Show an error of ours. Asks neither database nor session: they may be what broke."""
    number = str(get_contextvars().get("request_id", ""))[:NUMBER_LENGTH].upper()
    return HttpResponse(render_to_string("errors/500.html", {"error_code": number}), status=500)
