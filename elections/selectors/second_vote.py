"""What a second vote (再次投票) brings beside its own winners: those who waited for it are decided too (CT-22, CT-27).

A tie may hold others back: a near relative of one of the equals, the next person when a woman comes first. So the vote
that the equals came from is decided once more, with the winners of the second votes named in it as ``settled``.
"""

from __future__ import annotations

import json
from typing import Any

from elections.models import Round
from elections.rules.counting.interface import decide
from elections.selectors.contest import confirmed_rounds, question_of

Outcome = dict[str, Any]


def with_those_who_waited(round_: Round, outcome: Outcome) -> Outcome:
    """``outcome`` of a second vote, completed: ``elected`` has everybody who was waiting and is elected now; ties,
    waiting and vacancies are what the vote before it leaves open now; ``settled`` are the winners of this vote itself.

    Raises ``ValueError`` like ``decide``.
    """
    before = list(confirmed_rounds(round_.election).filter(number__lt=round_.number))
    origin = max(number for number, each in enumerate(before) if each.kind != Round.Kind.TIE and _counts(each))
    earlier = [seat for each in before[origin + 1 :] for seat in json.loads(each.outcome).get("settled", [])]
    own = [{"post": each["post"], "name": each["name"]} for each in outcome["elected"]]
    first = before[origin]
    sheet = first.sheets.last()
    assert sheet is not None  # a confirmed round has one
    now = decide(question_of(first, sheet) | {"settled": earlier + own}, round_.election.policy)
    known = {seat["name"] for seat in (*json.loads(round_.contest)["seated"], *own)}
    waited = [_since(each, first) for each in now["elected"] if each["name"] not in known]
    left = {key: now[key] for key in ("status", "ties", "waiting", "vacancies")}
    return outcome | left | {"elected": outcome["elected"] + waited, "settled": own}


def _since(elected: dict[str, Any], first: Round) -> dict[str, Any]:
    return elected | {"why": f"第{first.number}次投票{elected['why']}，得票相等的人选再次投票后确定"}


def _counts(round_: Round) -> bool:
    return json.loads(round_.outcome)["status"] != "invalid"
