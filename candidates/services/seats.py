"""Deciding the posts and how many of each are to be elected (NM-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from candidates.models import Seat
from candidates.selectors.nominees import nominees_of, seats_of
from elections.models import Election, Meeting
from elections.permissions import Actor
from elections.rules import law, meetings
from elections.rules.counting.offices import Office
from elections.rules.facts import Facts
from elections.rules.guards import nomination as guards
from elections.selectors.facts import facts_for
from elections.selectors.meetings import values_of
from elections.services.act import act
from elections.services.conditions import insist
from elections.services.lines import differences, figures, note

BY = (Meeting.Kind.VILLAGERS, Meeting.Kind.REPRESENTATIVES)


@act("seats.decided", "登记职位职数")
def decide_seats(election: Election, seats: Mapping[str, int], meeting: Meeting, *, actor: Actor, today: date) -> None:
    """Record the decision of a meeting on posts and numbers, in place of an earlier one.

    ``seats``: office → number, offices without seats left out or 0. ``meeting`` is not saved yet or the one recorded
    before. Raises :class:`machine.Refused` with every reason: a meeting that cannot decide decides nothing.
    """
    wanted = {office: number for office, number in seats.items() if number}
    insist(election, *seat_conditions(election, wanted, meeting, today))
    stored = Meeting.objects.filter(pk=meeting.pk).first()
    before = {"seats": seats_of(election)} | (figures(stored) if stored else {})
    meeting.election, meeting.purpose = election, Meeting.Purpose.SEATS
    meeting.save()
    Seat.objects.filter(election=election).exclude(office__in=wanted).delete()
    for office, number in wanted.items():
        Seat.objects.update_or_create(election=election, office=office, defaults={"number": number})
    after = {"seats": wanted} | figures(meeting)
    note(meeting, after | differences(before, after))


def seat_conditions(election: Election, seats: Mapping[str, int], meeting: Meeting, today: date):
    """Return everything that must hold, each with what it rests on."""
    facts = _with_seats(facts_for(election, today), seats)
    return (
        (law.SEATS_DECIDED, None if seats else "职位和名额还没有填写"),
        (law.SEATS_DECIDED, _why_not_so_many_chairs(seats)),
        (law.VILLAGERS_COMMITTEE_SIZE, guards.villagers_committee_of_lawful_size(facts, election.policy)),
        (law.WOMEN_POST, _why_not_a_womans_office(election, seats)),
        (law.SEATS_DECIDED, _why_not_by_this_kind(election, meeting)),
        (law.SEATS_DECIDED, _why_not_by_this_meeting(election, meeting)),
        (law.SEATS_DECIDED, "会议召开日期在今天以后，请核对" if meeting.held_on > today else None),
        (law.NOMINATORS, _why_not_dropped(election, seats)),
    )


def _why_not_by_this_meeting(election: Election, meeting: Meeting) -> str | None:
    """EC-04: attendance and vote."""
    community = election.village.is_community
    return meetings.why_not_decided(values_of(meeting), election.policy, community=community)


def _why_not_by_this_kind(election: Election, meeting: Meeting) -> str | None:
    people = election.village.people
    return None if meeting.kind in BY else f"职位职数由{people}会议或者{people}代表会议决定"


def _with_seats(facts: Facts, seats: Mapping[str, int]) -> Facts:
    return facts.as_if(nomination=replace(facts.nomination, seats=dict(seats)))


def _why_not_so_many_chairs(seats: Mapping[str, int]) -> str | None:
    if not seats:
        return None
    return None if seats.get(Office.CHAIR) == 1 else f"主任应选1名，现填{seats.get(Office.CHAIR, 0)}名"


def _why_not_a_womans_office(election: Election, seats: Mapping[str, int]) -> str | None:
    """WN-05: a post of its own for a woman only where the pack has it."""
    if seats.get(Office.WOMAN) and election.policy.women_mode == "A_priority":
        return "本地规则没有实行妇女委员专职专选，不单设妇女委员"
    return None


def _why_not_dropped(election: Election, seats: Mapping[str, int]) -> str | None:
    gone = set(seats_of(election)) - set(seats)
    named = set(nominees_of(election).filter(office__in=gone).values_list("office", flat=True))
    labels = "、".join(Office(office).label for office in sorted(named, key=lambda office: Office(office).rank))
    return f"{labels}已经有提名人选，不能取消；确需取消的先登记人选退出" if named else None
