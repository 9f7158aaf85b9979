"""One of eight processes that press the same button at the same moment. Started by test_moves_race.py."""

from __future__ import annotations

import os
from typing import Any


def contend(
    database_url: str, actor_id: int, races: list[tuple[int, str, int]], together: int, barrier: Any, answers: Any
) -> None:
    """Try every race in order, all processes starting each ``together`` of them at the same moment.

    Reports (election, "won" | "late" | the error's name).
    """
    os.environ["DATABASE_URL"] = database_url
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.db import connection

    actor = _actor(actor_id)
    for place, (election_id, act, version) in enumerate(races):
        if place % together == 0:
            barrier.wait(timeout=120)
        answers.put((election_id, _try(election_id, act, version, actor)))
    connection.close()


def _actor(actor_id: int):
    from elections.models import User
    from elections.permissions import actor_of

    return actor_of(User.objects.get(pk=actor_id))


def _try(election_id: int, act: str, version: int, actor) -> str:
    """One attempt, in one transaction as the middleware makes it."""
    from datetime import date

    from django.db import DatabaseError, transaction

    from elections.models import Election
    from elections.rules.machine import Refused
    from elections.services import moves
    from elections.services.hold import Overtaken

    try:
        with transaction.atomic():
            election = Election.objects.select_related("village", "cycle").get(pk=election_id)
            known = {"version": version, "actor": actor, "today": date(2026, 11, 22), "reason": "比赛"}
            if act in ("suspend", "resume", "annul"):
                moves.change_standing(election, act, approval="清委〔2026〕1号", **known)
            else:
                moves.move(election, act, **known)
    except (Overtaken, Refused):
        return "late"
    except DatabaseError as error:
        return type(error).__name__
    return "won"
