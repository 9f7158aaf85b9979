"""Beginning: areas from a spreadsheet, a cycle for a county, one election a body for each village."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from elections import journal, policy
from elections.kinds import Body
from elections.models import Area, Cycle, Election, User


@transaction.atomic
def begin_cycle(
    county: Area, name: str, *, term_no: int, starts_on: date, ends_on: date, pack: str, actor: User | None
) -> Cycle:
    """Begin a change of term in a county and make the elections of every village in it.

    Raises ``policy.PolicyError`` for an unknown rule pack: nothing is begun under rules nobody can read.
    """
    policy.load(pack)
    cycle = Cycle.objects.create(
        county=county, name=name, term_no=term_no, starts_on=starts_on, ends_on=ends_on, pack=pack
    )
    villages = Area.objects.filter(code__startswith=county.code, kind__in=[Area.Kind.VILLAGE, Area.Kind.COMMUNITY])
    for village in villages:
        for body in Body:
            begin_election(village, cycle, body, actor=actor)
    journal.record(county.code, "cycle.begun", actor=actor, obj=cycle, details={"villages": len(villages), "pack": pack})
    return cycle


@transaction.atomic
def begin_election(village: Area, cycle: Cycle, body: str, *, actor: User | None, attempt: int = 1) -> Election:
    """One election under the cycle's pack, whose values it keeps from now on (C75, UX-65)."""
    election = Election.objects.create(
        village=village,
        cycle=cycle,
        body=body,
        attempt=attempt,
        pack=cycle.pack,
        policy_values=policy.freeze(policy.load(cycle.pack)),
    )
    journal.record(village.code, "election.begun", actor=actor, obj=election, details={"body": body, "pack": cycle.pack})
    return election
