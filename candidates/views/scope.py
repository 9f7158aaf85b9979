"""These pages belong to the villagers' committee's election: the two other bodies name their people elsewhere."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from elections.models import Election
from elections.permissions import View, allowed
from elections.rules.kinds import Body


def allowed_here(name: str) -> Any:
    """Allow as ``allowed`` does, and answer 404 under ``?body=party`` or ``?body=supervision``."""

    def decorate(view: View) -> View:
        @wraps(view)
        def scoped(request: HttpRequest, election: Election, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if election.body != Body.VILLAGERS_COMMITTEE:
                raise Http404
            return view(request, election, *args, **kwargs)

        return allowed(name)(scoped)

    return decorate
