"""Voting: opening a round, typing what was counted, confirming what follows from it (CT-, RR-, C60)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.utils import timezone

from elections import law, machine
from elections.counting.interface import decide
from elections.journal import canonical
from elections.models import CountSheet, Election, Round, Seated
from elections.permissions import Actor
from elections.selectors.contest import contest_for, voters_on_roll
from elections.services.hold import Overtaken, lock
from elections.services.records import write

ROUND_OF_STEP = {"open_poll": Round.Kind.FIRST, "open_rerun": Round.Kind.RERUN, "open_tie": Round.Kind.TIE}


def open_round(held: Election, kind: str, *, today: date) -> Round:
    """Open a round on the roll as it stands now (VR-18). Part of a step; the step writes the journal line."""
    last = Round.objects.filter(election=held).last()
    if kind == Round.Kind.RERUN and last is not None and json.loads(last.outcome)["status"] == "invalid":
        kind = last.kind  # an invalid vote is held again as it was (RS-10)
    return Round.objects.create(
        election=held,
        number=last.number + 1 if last else 1,
        kind=kind,
        held_on=today,
        registered=voters_on_roll(held),
        contest=canonical(contest_for(held, kind)),
    )


def record_count(round_: Round, figures: dict[str, int], votes: dict[str, dict[str, int]], *, actor: Actor) -> CountSheet:
    """Store the figures of the paper as a new sheet; earlier sheets stay.

    ``figures``: issued_in_person, issued_by_proxy, returned, invalid, blank. ``votes``: office → name → votes.
    Raises :class:`machine.Refused` once the round is confirmed.
    """
    held = lock(round_.election)
    _refuse_confirmed(round_)
    last = round_.sheets.last()
    sheet = CountSheet.objects.create(
        round=round_,
        number=last.number + 1 if last else 1,
        votes=canonical(votes),
        typed_by=actor.user,
        **figures,
    )
    write(held, "count.recorded", actor, sheet, {"round": round_.number, "sheet": sheet.number, **figures})
    return sheet


def work_out(round_: Round, sheet: CountSheet) -> dict[str, Any]:
    """What the law makes of a sheet: the answer of ``rule decide`` for this round."""
    contest = json.loads(round_.contest)
    question = contest | {
        "registered": round_.registered,
        "issued": sheet.issued,
        "returned": sheet.returned,
        "votes": json.loads(sheet.votes),
    }
    return decide(question, round_.election.policy)


def sheet_problems(round_: Round, sheet: CountSheet | None) -> tuple[machine.Problem, ...]:
    """Why the latest sheet cannot be confirmed: totals that cannot be (C70)."""
    cite = law.cite(law.ISSUE_LEDGER)
    if sheet is None:
        return (machine.Problem("count_recorded", "还没有录入计票单", cite, soft=False),)
    found = []
    valid = sheet.returned - sheet.invalid
    if valid < 0 or sheet.blank > sheet.returned:
        found.append(f"无效票{sheet.invalid}张、弃权票{sheet.blank}张与收回的{sheet.returned}张不符，请重新核对")
    if sheet.issued > round_.registered:
        found.append(f"发出选票{sheet.issued}张，多于登记参加选举的{round_.registered}人，请重新清点")
    for office, names in json.loads(sheet.votes).items():
        found += _office_faults(round_, office, names, max(valid, 0))
    return tuple(machine.Problem("totals_agree", text, cite, soft=False) for text in found)


def _office_faults(round_: Round, office: str, names: dict[str, int], valid: int) -> list[str]:
    """One candidate ≤ valid ballots; the sum ≤ valid × seats (C70)."""
    post = next(each for each in json.loads(round_.contest)["posts"] if each["post"] == office)
    from elections.counting.posts import Office

    label, limit, total = Office(office).label, valid * post["seats"], sum(names.values())
    found = [f"{label}：{name}得{votes}票，多于有效票{valid}张" for name, votes in names.items() if votes > valid]
    if total > limit:
        found.append(f"{label}票合计{total}，超过上限{limit}（有效票{valid}×应选{post['seats']}），多{total - limit}票")
    return found


def confirm_result(round_: Round, sheet_number: int, *, actor: Actor) -> Round:
    """Make the outcome of a sheet final: seats are filled, the round is closed for good (C60).

    ``sheet_number`` is the sheet the actor saw. Raises :class:`machine.Refused` or :class:`Overtaken`.
    """
    held = lock(round_.election)
    _refuse_confirmed(round_)
    sheet = round_.sheets.last()
    problems = sheet_problems(round_, sheet)
    if problems:
        raise machine.Refused(problems)
    if sheet.number != sheet_number:
        raise Overtaken("计票单刚刚有了新的一稿，请核对新的数字后再确认。")
    outcome = work_out(round_, sheet)
    _close(round_, outcome, actor)
    _seat(held, round_, outcome)
    details = {"round": round_.number, "sheet": sheet.number, "status": outcome["status"], "reasons": outcome["reasons"]}
    write(held, "result.confirmed", actor, round_, details)
    return round_


def _refuse_confirmed(round_: Round) -> None:
    if Round.objects.filter(pk=round_.pk).exclude(confirmed_at=None).exists():
        text = "这一次投票的结果已经确认，不能再改"
        raise machine.Refused([machine.Problem("not_confirmed", text, law.cite(law.VOTES_PUBLISHED), soft=False)])


def _close(round_: Round, outcome: dict[str, Any], actor: Actor) -> None:
    won = Round.objects.filter(pk=round_.pk, confirmed_at=None).update(
        confirmed_at=timezone.now(), confirmed_by=actor.user, outcome=canonical(outcome)
    )
    if won != 1:
        raise Overtaken("这一次投票的结果刚刚已经由他人确认。")
    round_.refresh_from_db()


def _seat(held: Election, round_: Round, outcome: dict[str, Any]) -> None:
    sexes = {person["name"]: person.get("sex", "M") for person in json.loads(round_.contest)["people"]}
    Seated.objects.bulk_create(
        Seated(
            election=held,
            round=round_,
            office=each["post"],
            name=each["name"],
            sex=sexes.get(each["name"], "M"),
            votes=each["total"],
            why=each["why"],
        )
        for each in outcome["elected"]
    )
