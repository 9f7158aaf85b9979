"""Asking for cards and sheets: conditions, one job, one journal line (VR-17, VT-18)."""

from __future__ import annotations

from dataclasses import asdict

from elections.models import Election, Job
from elections.permissions import Actor
from elections.services import jobs
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.lines import note
from voters.documents.conditions import conditions_of
from voters.documents.polling import Kind, PrintRequest, people_on
from voters.tasks import PRINTS


@act({f"roll.print_{kind}": f"打印{kind.label}" for kind in Kind})
def ask_print(election: Election, asked: PrintRequest, *, actor: Actor) -> Job:
    """Print one paper in the background. Raises :class:`machine.Refused` with every reason against it."""
    insist(election, *conditions_of(election, asked))
    people = people_on(election, asked)
    args = {"election": election.pk, **asdict(asked)}
    job = jobs.ask(PRINTS[asked.kind], args, by=actor.user, area_code=election.village_id, total=people)
    note(job, {"count": people, "tables": asked.tables}, name=f"roll.print_{asked.kind}")
    return job
