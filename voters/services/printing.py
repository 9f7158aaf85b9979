"""Asking for cards and sheets: conditions, one job, one journal line (VR-17, VT-18)."""

from __future__ import annotations

from dataclasses import asdict

from elections.models import Election, Job
from elections.permissions import Actor
from elections.services import jobs
from elections.services.conditions import insist
from elections.services.hold import lock
from elections.services.records import write
from voters.documents.conditions import conditions_of
from voters.documents.polling import Asked, people_on
from voters.tasks import PRINTS


def ask_print(election: Election, asked: Asked, *, actor: Actor) -> Job:
    """Print one paper in the background. Raises :class:`machine.Refused` with every reason against it."""
    held = lock(election)
    insist(held, *conditions_of(held, asked))
    people = people_on(held, asked)
    args = {"election": held.pk, **asdict(asked)}
    job = jobs.ask(PRINTS[asked.kind], args, by=actor.user, area_code=held.village_id, total=people)
    write(held, f"roll.print_{asked.kind}", actor, job, {"count": people, "tables": asked.tables})
    return job
