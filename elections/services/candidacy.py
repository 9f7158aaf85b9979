"""Somebody has become a candidate: what ends by that, in the same transaction (VT-12).

The acts that make candidates call :func:`follow`; what follows is listed in ``settings.CANDIDACY_FOLLOWERS``, for the
apps above this one are not imported here. Each is called as ``follower(election, actor=…, today=…)`` within the act,
the election locked, and does nothing the second time for the same candidates.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from elections.models import Election
from elections.permissions import Actor
from elections.services.act import part


@part
def follow(election: Election, *, actor: Actor, today: date) -> None:
    """Let everything follow from who stands now."""
    for path in settings.CANDIDACY_FOLLOWERS:
        import_string(path)(election, actor=actor, today=today)
