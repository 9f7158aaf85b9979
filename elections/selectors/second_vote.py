"""Consequences of a second vote (再次投票) beside its own winners: those who waited for it (CT-22, CT-27).

A tie may hold others back: a near relative of one of the equals, the next person when a woman comes first. So the vote
that the equals came from is decided once more, with the winners of the second votes named in it as ``settled``.
"""

from __future__ import annotations

from dataclasses import replace

from elections.models import Round
from elections.rules.counting.decide import decide
from elections.rules.counting.offices import Seat
from elections.rules.counting.outcome import Elected, Outcome
from elections.rules.counting.stored import read_contest, read_outcome
from elections.selectors.contest import confirmed_rounds
from elections.selectors.rounds import poll_of


def with_those_who_waited(round_: Round, outcome: Outcome) -> Outcome:
    """``outcome`` of a second vote, completed: ``elected`` has everybody who was waiting and is elected now; ties,
    waiting and vacancies are what the vote before it leaves open now; ``settled`` are the winners of this vote itself.

    Raises ``ValueError`` like ``decide``.
    """
    before = list(confirmed_rounds(round_.election).filter(number__lt=round_.number))
    origin = max(number for number, each in enumerate(before) if each.kind != Round.Kind.TIE and _counts(each))
    earlier = [seat for each in before[origin + 1 :] for seat in read_outcome(each.outcome).settled or ()]
    own = tuple(Seat(each.office, each.name) for each in outcome.elected)
    first = before[origin]
    count_sheet = first.sheets.last()
    assert count_sheet is not None  # a confirmed round has one
    now = decide(poll_of(first, count_sheet, settled=(*earlier, *own)), round_.election.policy)
    known = {seat.name for seat in (*read_contest(round_.contest).seated, *own)}
    waited = tuple(_since(each, first) for each in now.elected if each.name not in known)
    return replace(
        outcome,
        status=now.status,
        elected=outcome.elected + waited,
        ties=now.ties,
        waiting=now.waiting,
        vacancies=now.vacancies,
        settled=own,
    )


def _since(elected: Elected, first: Round) -> Elected:
    return replace(elected, why=f"第{first.number}次投票{elected.why}，得票相等的人选再次投票后确定")


def _counts(round_: Round) -> bool:
    return read_outcome(round_.outcome).status != "invalid"
