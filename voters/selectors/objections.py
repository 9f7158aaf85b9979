"""Reading objections to the roll: their clocks, what is still to be decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404

from elections.models import Election
from elections.rules.timetable.counting import objection_last_day
from elections.rules.wording import cn_date, days_left
from voters.models import RollObjection, Voter
from voters.rules.clocks import answer_status
from voters.selectors.roll import published_versions

MOST_MEANT = 8
LONGEST_KEY = 18  # digits of a key; anything longer is not looked for


def of_election(election: Election):
    return RollObjection.objects.filter(election=election).select_related("published_in", "voter")


def one_of(election: Election, pk: int) -> RollObjection:
    """Return one objection to this roll, or ``Http404``."""
    found = of_election(election).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def named(election: Election, asked: str) -> RollObjection:
    """Return the same, as an address names it."""
    if not asked.isdecimal() or len(asked) > LONGEST_KEY:
        raise Http404
    return one_of(election, int(asked))


def rows(election: Election, today: date) -> list[dict[str, Any]]:
    """Return each objection with how its clock stands."""
    return [{"objection": each, "clock": clock(each, today)} for each in of_election(election)]


def clock(objection: RollObjection, today: date) -> dict[str, Any]:
    """Return the clock in words, and whether it is late. A late objection has no clock of the law (VR-16)."""
    words = answer_status(objection.answer_by, objection.decided_on, today)
    if not objection.in_time:
        words = f"{cn_date(objection.decided_on)}已答复" if objection.decided_on else "超过申诉期限，不计时限"
    late = objection.in_time and (objection.decided_on or today) > objection.answer_by
    return {"words": words, "late": late, "by": objection.answer_by}


def voters_perhaps_meant(objection: RollObjection) -> list[Voter]:
    """Return rows of the roll that have the name the objection is about: to be corrected under its decision."""
    found = Voter.objects.filter(election=objection.election_id, name=objection.person)
    return list(found.order_by("place", "number")[:MOST_MEANT])


def period(election: Election, today: date) -> str | None:
    """Return until when one may object; ``None`` before publication."""
    first = published_versions(election).first()
    if first is None:
        return None
    last = objection_last_day(first.published_on, election.policy)
    if today > last:
        return f"申诉期已于{cn_date(last)}结束"
    return f"申诉受理到{cn_date(last)}止，{days_left(last, today)}"
