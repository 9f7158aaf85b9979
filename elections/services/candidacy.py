"""Somebody has become a candidate: what ends by that, in the same transaction (VT-12).

The acts that make candidates call :func:`follow`. An app above this one, whose facts hang on who stands, says what it
then does by a method ``end_of_candidates`` of its ``AppConfig``: called within the act, the election locked; a second
time for the same candidates it does nothing.
"""

from __future__ import annotations

from datetime import date
from typing import Protocol, runtime_checkable

from django.apps import apps

from elections.models import Election
from elections.permissions import Actor
from elections.services.act import part


@runtime_checkable
class Follower(Protocol):
    """The app that ends something of those who became candidates."""

    def end_of_candidates(self, held: Election, *, actor: Actor, today: date) -> None: ...


@part
def follow(held: Election, *, actor: Actor, today: date) -> None:
    """Let everything follow from who stands now."""
    for app in apps.get_app_configs():
        if isinstance(app, Follower):
            app.end_of_candidates(held, actor=actor, today=today)
