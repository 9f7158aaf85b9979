"""Questions about numbers are counted, each person by the hour.

The tallies stand with the roll, in an app above this one: it counts by a method ``count_search`` of its ``AppConfig``,
which raises :class:`machine.Refused` when the hour's share is used up.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from django.apps import apps

from elections.models import User
from elections.services.act import part


@runtime_checkable
class Counter(Protocol):
    """The app that keeps the tallies."""

    def count_search(self, user: User) -> None: ...


@part
def spend_search(user: User) -> None:
    """Count one search by digits of an id number."""
    counting = [app for app in apps.get_app_configs() if isinstance(app, Counter)]
    if not counting:
        raise LookupError("nobody counts searches by numbers")
    for app in counting:
        app.count_search(user)
