"""Setting and moving election day: entered once, every deadline follows (VT-02, VR-05, UX-06)."""

from __future__ import annotations

from datetime import date

from elections import law, machine, timetable
from elections.models import Election
from elections.permissions import Actor
from elections.selectors.facts import facts_for
from elections.services.hold import lock
from elections.services.records import write


def set_poll_day(
    election: Election, day: date, *, registration_start: date | None, actor: Actor, today: date, reason: str = ""
) -> Election:
    """Enter or move election day. Raises :class:`machine.Refused` when a legal deadline can no longer be met."""
    held = lock(election)
    blocking = poll_day_problems(held, day, today=today, reason=reason)
    if blocking:
        raise machine.Refused(blocking)
    before = held.poll_day
    held.poll_day, held.registration_start = day, registration_start
    held.save(update_fields=["poll_day", "registration_start"])
    write(held, "poll_day.set", actor, held, {"from": before, "to": day, "registration_start": registration_start})
    return held


def poll_day_problems(election: Election, day: date, *, today: date, reason: str = "x") -> tuple[machine.Problem, ...]:
    """What forbids the day: in the past, a legal deadline already missed, or a move without a reason."""
    found: list[machine.Problem] = []
    cite = law.cite(law.ELECTION_DAY)
    if day <= today:
        found.append(machine.Problem("day_to_come", "选举日应在今天以后", cite, soft=False))
    if election.poll_day and election.poll_day != day and not reason.strip():
        found.append(machine.Problem("reason_given", "改期必须写明理由", law.cite(law.VOTING_ANNOUNCED), soft=False))
    facts = facts_for(election, today)
    found += [
        machine.Problem(each.code, each.text, each.cite, soft=False)
        for each in timetable.problems_of_day(day, facts, election.policy)
    ]
    return tuple(found)
