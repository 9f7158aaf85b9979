"""Beginning: areas from a spreadsheet, a cycle for a county, one election a body for each village."""

from __future__ import annotations

from datetime import date

from elections.models import Area, Cycle, Election, User
from elections.permissions import Actor
from elections.rules import law, policy
from elections.rules.kinds import Body, Standing
from elections.services import summaries
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.lines import being_made, note


@act("cycle.begun", "开始换届")
def begin_cycle(
    county: Area,
    name: str,
    *,
    term_no: int,
    starts_on: date,
    ends_on: date,
    pack: str,
    actor: User | None,
    target_poll_from: date | None = None,
    target_poll_until: date | None = None,
) -> Cycle:
    """Begin a change of term in a county and make the elections of every village in it.

    Raises ``policy.PolicyError`` for an unknown rule pack: nothing is begun under rules nobody can read.
    """
    values = policy.freeze(policy.load(pack))
    cycle = Cycle.objects.create(
        county=county,
        name=name,
        term_no=term_no,
        starts_on=starts_on,
        ends_on=ends_on,
        pack=pack,
        target_poll_from=target_poll_from,
        target_poll_until=target_poll_until,
    )
    villages = Area.objects.filter(code__startswith=county.code, kind__in=[Area.Kind.VILLAGE, Area.Kind.COMMUNITY])
    elections = [_new(village, cycle, body, values) for village in villages for body in Body]
    Election.objects.bulk_create(elections)
    summaries.begin(elections)
    for election in elections:
        _note(election)
    note(cycle, {"villages": len(villages), "pack": pack}, area=county.code)
    return cycle


@act("election.begun", "建立选举")
def begin_election(village: Area, cycle: Cycle, body: str, *, actor: User | None, attempt: int = 1) -> Election:
    """Begin one election under the cycle's pack, whose values it keeps from now on."""
    election = _new(village, cycle, body, policy.freeze(policy.load(cycle.pack)), attempt)
    election.save()
    being_made().held = election  # nobody else can have it yet
    _note(election)
    return election


def _new(village: Area, cycle: Cycle, body: str, values: str, attempt: int = 1) -> Election:
    return Election(village=village, cycle=cycle, body=body, attempt=attempt, pack=cycle.pack, policy_values=values)


def _note(election: Election) -> None:
    details = {"body": election.body, "pack": election.pack}
    note(election, details, name="election.begun", area=election.village_id)


@act()
def begin_again(election: Election, *, actor: Actor) -> Election:
    """Begin again (重新选举) with a new record from the first stage after an election was declared void (RS-10, CP-17).

    Raises :class:`machine.Refused` while the election is not void or when a newer one stands already.
    """
    insist(election, (law.REDONE, why_not_held_again(election)))
    return begin_election(
        election.village, election.cycle, election.body, actor=actor.user, attempt=election.attempt + 1
    )


def why_not_held_again(election: Election) -> str | None:
    """Return why the election cannot be held again now, or ``None``."""
    if election.standing != Standing.ANNULLED:
        return "只有宣布无效的选举才能重新选举"
    newer = Election.objects.filter(
        village=election.village_id, cycle=election.cycle_id, body=election.body, attempt__gt=election.attempt
    )
    return "重新选举已经建立" if newer.exists() else None
