"""Voting: opening a round, typing what was counted, confirming what follows from it (CT-, RR-)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date
from uuid import UUID

from django.utils import timezone

from elections.models import CountSheet, Election, Round, Seated
from elections.permissions import Actor
from elections.rules import law, machine
from elections.rules.counting.checks import Check, Figures, checks
from elections.rules.counting.decide import decide
from elections.rules.counting.offices import Person
from elections.rules.counting.outcome import Outcome
from elections.rules.counting.poll import Votes
from elections.rules.counting.stored import (
    contest_text,
    outcome_text,
    people_text,
    read_contest,
    read_outcome,
    read_votes,
    votes_text,
)
from elections.selectors.contest import contest_for, on_ballot, voters_for
from elections.selectors.neighbours import nominees_of
from elections.selectors.persons import label_here
from elections.selectors.rounds import WriteIn, meant_by_ballots, people_of, poll_of, written_in
from elections.selectors.second_vote import with_those_who_waited
from elections.selectors.sources import Sources
from elections.services import candidacy
from elections.services.act import act, part
from elections.services.conditions import cite
from elections.services.hold import Overtaken
from elections.services.lines import note, picture
from elections.services.persons import persons_of

ROUND_OF_STEP = {"open_poll": Round.Kind.FIRST, "open_rerun": Round.Kind.RERUN, "open_tie": Round.Kind.TIE}


@part
def open_round(held: Election, kind: str, *, today: date, sources: Sources | None = None) -> Round:
    """Open a round (VR-18, RR-06). Part of a step; the step writes the journal line. ``sources``: what the step was
    judged by; the step itself changes nothing that a contest is made of."""
    known = sources or Sources([held])
    last = next(reversed(known.rounds[held.pk]), None)
    if kind == Round.Kind.RERUN and last is not None and read_outcome(last.outcome).status == "invalid":
        kind = last.kind  # an invalid vote is held again as it was (RS-10)
    return Round.objects.create(
        election=held,
        number=last.number + 1 if last else 1,
        kind=kind,
        held_on=today,
        registered=voters_for(known, held, kind),
        contest=contest_text(contest_for(known, held, kind)),
    )


@act("count.recorded", "录入计票单")
def record_count(
    round_: Round,
    figures: dict[str, int],
    votes: Votes,
    *,
    actor: Actor,
    write_ins: Sequence[WriteIn] = (),
) -> CountSheet:
    """Store the figures of the paper as a new sheet; earlier sheets stay.

    ``figures``: issued_in_person, issued_by_proxy, returned, invalid, blank. ``votes``: office → name → votes.
    ``write_ins``: everybody in ``votes`` who is not on the ballot (另选他人). Who that is and whether they are on the roll
    is looked up and kept with the sheet; votes are stored by the label of their record. Raises :class:`machine.Refused`
    once the round is confirmed, when several are called so and nobody was picked, or when votes name somebody unknown.
    """
    _refuse_confirmed(round_)
    described = _describe(round_, write_ins, actor)
    labels = {typed.name: person.name for typed, person in zip(write_ins, described, strict=True)}
    votes = {office: {labels.get(name, name): n for name, n in names.items()} for office, names in votes.items()}
    _refuse_unknown(round_, votes, described)
    last = round_.sheets.last()
    count_sheet = CountSheet.objects.create(
        round=round_,
        number=last.number + 1 if last else 1,
        votes=votes_text(votes),
        write_ins=people_text(described),
        typed_by=actor.user,
        **figures,
    )
    details = {"round": round_.number, "sheet": count_sheet.number, "write_ins": len(described), **figures}
    note(count_sheet, details)
    return count_sheet


def work_out(round_: Round, count_sheet: CountSheet) -> Outcome:
    """Return what the law makes of a count sheet, in a second vote with those who waited for it.

    Raises ``ValueError`` when it cannot be decided."""
    outcome = decide(poll_of(round_, count_sheet), round_.election.policy)
    if round_.kind == Round.Kind.TIE and outcome.status != "invalid":
        return with_those_who_waited(round_, outcome)
    return outcome


def outcome_of(round_: Round, count_sheet: CountSheet) -> Outcome:
    """Return the outcome that was confirmed; before that, what the sheet would give."""
    return read_outcome(round_.outcome) if round_.confirmed_at else work_out(round_, count_sheet)


def count_sheet_checks(round_: Round, count_sheet: CountSheet) -> tuple[Check, ...]:
    """Return the 核对栏 of a stored count sheet."""
    figures = Figures(**{each.name: getattr(count_sheet, each.name) for each in fields(Figures)})
    openings = read_contest(round_.contest).openings
    return checks(figures, read_votes(count_sheet.votes), openings, round_.registered, round_.election.policy)


def count_sheet_problems(round_: Round, count_sheet: CountSheet | None) -> tuple[machine.Problem, ...]:
    """Return why the latest sheet cannot be confirmed: totals that cannot be, a result that cannot be worked out."""
    if count_sheet is None:
        found = ["还没有录入计票单"]
    else:
        found = [check.text for check in count_sheet_checks(round_, count_sheet) if check.blocks]
        found = found or _undecidable(round_, count_sheet)
    ledger = law.ISSUE_LEDGER
    return tuple(machine.Problem("totals_agree", text, cite(round_.election, ledger), soft=False) for text in found)


def _undecidable(round_: Round, count_sheet: CountSheet) -> list[str]:
    try:
        work_out(round_, count_sheet)
    except ValueError as error:
        return [str(error)]
    return []


def _describe(round_: Round, write_ins: Sequence[WriteIn], actor: Actor) -> list[Person]:
    """Those written in, by the labels of their records; whoever nobody knows has the name that was written."""
    if not write_ins:
        return []
    held, ballot = round_.election, on_ballot(round_)
    meant = meant_by_ballots(held, write_ins)
    _refuse(round_, "which_person", [each.why_not for each in meant if each.people and each.why_not])
    again = {each.name for each in ballot if any(each.is_meant(one) for one in meant)}
    _refuse(round_, "on_the_ballot", [f"{name}在选票上，票数填在选票的那一行" for name in sorted(again)])
    known = [each.one for each in meant if each.one]
    persons = iter(persons_of(known, held.village, actor=actor))
    found = []
    for typed, each in zip(write_ins, meant, strict=True):
        person = written_in(typed, each)
        if each.one:
            record = next(persons)
            person = replace(person, name=label_here(record, held.village), person=str(record.pk))
        found.append(person)
    return found


def _refuse(round_: Round, code: str, texts: Sequence[str]) -> None:
    if texts:
        cited = cite(round_.election, law.WRITE_IN)
        raise machine.Refused([machine.Problem(code, text, cited, soft=False) for text in texts])


def _refuse_unknown(round_: Round, votes: Votes, write_ins: Sequence[Person]) -> None:
    known = {each.name for each in (*read_contest(round_.contest).people, *write_ins)}
    unknown = sorted({name for names in votes.values() for name in names} - known)
    text = f"{'、'.join(unknown)}不在选票上，也没有登记为另选他人"
    _refuse(round_, "known_people", [text] if unknown else [])


@act("result.confirmed", "确认投票结果")
def confirm_result(round_: Round, sheet_number: int, *, actor: Actor) -> Round:
    """Make the outcome of a sheet final: seats are filled, then the round is closed for good, here and in the
    database.

    ``sheet_number`` is the sheet the actor saw. Raises :class:`machine.Refused` or :class:`Overtaken`.
    """
    held = round_.election
    _refuse_confirmed(round_)
    count_sheet = round_.sheets.last()
    problems = count_sheet_problems(round_, count_sheet)
    if problems:
        raise machine.Refused(problems)
    assert count_sheet is not None  # said by count_sheet_problems
    if count_sheet.number != sheet_number:
        raise Overtaken("计票单刚刚有了新的一稿，请核对新的数字后再确认。")
    outcome, was = work_out(round_, count_sheet), picture(round_)
    _seat(held, round_, count_sheet, outcome)
    _close(round_, outcome, actor)
    candidacy.follow(held, actor=actor, today=timezone.localdate())  # whoever stands in the next vote
    told = {"round": round_.number, "sheet": count_sheet.number, "status": outcome.status, "reasons": outcome.reasons}
    note(round_, told, was=was)
    return round_


def _refuse_confirmed(round_: Round) -> None:
    if Round.objects.filter(pk=round_.pk).exclude(confirmed_at=None).exists():
        text, cited = "这一次投票的结果已经确认，不能再改", cite(round_.election, law.VOTES_PUBLISHED)
        raise machine.Refused([machine.Problem("not_confirmed", text, cited, soft=False)])


def _close(round_: Round, outcome: Outcome, actor: Actor) -> None:
    won = Round.objects.filter(pk=round_.pk, confirmed_at=None).update(
        confirmed_at=timezone.now(), confirmed_by=actor.user, outcome=outcome_text(outcome)
    )
    if won != 1:
        raise Overtaken("这一次投票的结果刚刚已经由他人确认。")
    round_.refresh_from_db()


def _seat(held: Election, round_: Round, count_sheet: CountSheet, outcome: Outcome) -> None:
    people = {person.name: person for person in people_of(round_, count_sheet)}
    nominees: dict[str, UUID] = {}
    if not all(people[each.name].person for each in outcome.elected):  # of rounds that an earlier release opened
        nominees = dict(nominees_of(held).exclude(person=None).values_list("name", "person_id"))
    Seated.objects.bulk_create(
        Seated(
            election=held,
            round=round_,
            office=each.office.value,
            name=each.name,
            person_id=people[each.name].person or nominees.get(each.name),
            sex=people[each.name].sex,
            votes=each.total,
            why=each.why,
        )
        for each in outcome.elected
    )
