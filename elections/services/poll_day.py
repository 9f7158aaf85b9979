"""Setting and moving election day: entered once, every deadline follows (VT-02, VR-05)."""

from __future__ import annotations

from datetime import date

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law, machine
from elections.rules.timetable.changes import Comparison, Grade, Situation, compare
from elections.rules.timetable.items import days_moving_deadlines
from elections.selectors.facts import facts_for
from elections.services.act import act
from elections.services.lines import note, picture


@act("poll_day.set", "设定选举日")
def set_poll_day(
    election: Election,
    day: date,
    *,
    registration_start: date | None,
    actor: Actor,
    today: date,
    reason: str = "",
) -> Election:
    """Enter or move election day. Raises :class:`machine.Refused` when a limit of the law can no longer be met."""
    blocking = poll_day_problems(election, day, today=today, reason=reason)
    if blocking:
        raise machine.Refused(blocking)
    was = picture(election)
    election.poll_day, election.registration_start = day, registration_start
    election.save(update_fields=["poll_day", "registration_start"])
    note(election, {"registration_start": registration_start, "reason_given": bool(reason)}, was=was)
    return election


def comparison(election: Election, day: date, *, today: date) -> Comparison:
    """Return what setting or moving the day changes and breaks: legal, local, papers already posted."""
    facts = facts_for(election, today)
    cycle = election.cycle
    first, last = cycle.target_poll_from, cycle.target_poll_until
    window = (first, last) if first and last else None
    situation = Situation(today=today, posted=facts.postings, window=window)
    return compare(election.poll_day or day, day, days_moving_deadlines(facts), election.policy, situation)


def poll_day_problems(election: Election, day: date, *, today: date, reason: str = "") -> tuple[machine.Problem, ...]:
    """Return what forbids the day: gone by, a limit of the law missed, or a departure from the plan without a
    reason."""
    found: list[machine.Problem] = []
    if day <= today:
        found.append(machine.Problem("day_to_come", "选举日应在今天以后", law.cite(law.ELECTION_DAY), soft=False))
    compared = comparison(election, day, today=today)
    found += [
        machine.Problem(each.key, each.text, each.cite, soft=False)
        for each in compared.conflicts
        if each.grade is Grade.LAW or (each.grade is Grade.PLAN and not reason.strip())
    ]
    if election.poll_day and election.poll_day != day and not reason.strip():
        text = "改变已经确定的选举日必须写明理由"
        found.append(machine.Problem("reason_given", text, law.cite(law.VOTING_ANNOUNCED), soft=False))
    return tuple(found)
