"""The page of one form for one act, and the way on after it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from elections.models import Election
from elections.views.addresses import address, breadcrumbs


def ask(
    request: HttpRequest,
    election: Election,
    form: BaseForm,
    *,
    title: str,
    submit: str,
    above: tuple[str, str],
    template: str,
    **more: Any,
) -> HttpResponse:
    """Show one form under its page. ``above``: label and name of the page it belongs to; 422 when it came back with
    faults."""
    context = {
        "title": title,
        "election": election,
        "crumbs": breadcrumbs(election, above),
        "form": form,
        "submit": submit,
        "back_url": address(above[1], election),
    }
    return render(request, template, context | more, status=422 if form.is_bound else 200)


def done(request: HttpRequest, election: Election, page: str, *words: str) -> HttpResponse:
    """Say what now is, and go back to the page."""
    messages.success(request, "".join(words))
    return redirect(address(page, election))
