"""Reading the rounds of voting: the list, what a sheet says to counting, its history, an outcome in people's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, QuerySet

from elections.models import CountSheet, Election, Round
from elections.rules.counting.majority import Ground
from elections.rules.counting.offices import Office, Person, Seat
from elections.rules.counting.poll import Poll
from elections.rules.counting.stored import read_contest, read_outcome, read_people, read_votes
from elections.rules.policy import Policy
from elections.selectors.labels import labels
from elections.selectors.neighbours import ballots_issued
from elections.selectors.persons import Chosen, Meant, called

STATUS = {"decided": "全部选出", "open": "还有名额没有选出", "invalid": "投票无效"}
FIGURES = ("issued_in_person", "issued_by_proxy", "returned", "invalid", "blank")


class WriteIn(NamedTuple):
    """Somebody who is not on the ballot (另选他人), as typed. ``sex``: empty where the roll shall say it; ``who``: whoever
    was picked among those of that name."""

    name: str
    sex: str = ""
    who: Chosen | None = None


class RoundLine(NamedTuple):
    """A round, its number of sheets, how it stands."""

    round: Round
    sheets: int
    word: str


class CountSheetLine(NamedTuple):
    """A count sheet, and the figures that differ from the one before."""

    count_sheet: CountSheet
    changes: list[str]


def rounds_of(election: Election) -> QuerySet[Round]:
    """Return the rounds in order."""
    return Round.objects.filter(election=election).select_related("election__village", "confirmed_by")


def formed_on(election: Election) -> date | None:
    """RS-05: the day of the vote by which enough members were elected to begin with; later votes do not move it."""
    confirmed = rounds_of(election).exclude(confirmed_at=None).annotate(seats=Count("seated"))
    return formed_after(confirmed.values_list("held_on", "seats"), election.policy)


def formed_after(votes: Iterable[tuple[date, int]], policy: Policy) -> date | None:
    """Return the same of the confirmed votes in order: day, how many were elected."""
    elected = 0
    for day, seats in votes:
        elected += seats
        if elected >= policy.committee_min_seated:
            return day
    return None


def round_lines(election: Election) -> list[RoundLine]:
    """Return each round as the list shows it."""
    return [RoundLine(each, each.sheets.count(), _word(each)) for each in rounds_of(election)]


def _word(round_: Round) -> str:
    if round_.confirmed_at:
        return STATUS[read_outcome(round_.outcome).status]
    return "待确认" if round_.sheets.exists() else "待录入"


def last_count_sheet(round_: Round) -> CountSheet | None:
    """Return the newest sheet of a round."""
    return round_.sheets.last()


def posts_of(round_: Round) -> list[tuple[str, int, bool]]:
    """Return office, places, kept for women."""
    return [
        (opening.office.label, opening.seats, opening.women_only) for opening in read_contest(round_.contest).openings
    ]


def history(round_: Round) -> list[CountSheetLine]:
    """Return every count sheet, newest first."""
    lines, before = [], None
    for count_sheet in round_.sheets.select_related("typed_by"):
        lines.append(CountSheetLine(count_sheet, _changes(before, count_sheet) if before else []))
        before = count_sheet
    return lines[::-1]


def handed_out(round_: Round) -> dict[str, int]:
    """Return what the ledger of cards says of the first two figures of the sheet; empty while nobody used it
    (VT-19)."""
    issued = ballots_issued(round_)
    return {"issued_in_person": issued.not_by_proxy, "issued_by_proxy": issued.by_proxy} if issued.total else {}


def _changes(before: CountSheet, after: CountSheet) -> list[str]:
    names = labels(CountSheet, FIGURES)
    pairs = [(label, getattr(before, name), getattr(after, name)) for name, label in names]
    old, new = _cells(before), _cells(after)
    pairs += [(key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys())]
    return [f"{label}由{_said(was)}改为{_said(now)}" for label, was, now in pairs if was != now]


def _cells(count_sheet: CountSheet) -> dict[str, int]:
    votes = read_votes(count_sheet.votes)
    return {f"{office.label}{name}": count for office, names in votes.items() for name, count in names.items()}


def _said(figure: int | None) -> str:
    return "空" if figure is None else str(figure)


# --- Sheets ----------------------------------------------------------------------------------------------


def meant_by_ballots(election: Election, write_ins: Iterable[WriteIn]) -> list[Meant]:
    """Who is meant by each name that voters wrote in, of those on the list and in the register who are called so.

    Nobody is found for a name that nobody has. A sex that was typed decides between a man and a woman of one name.
    """
    typed = list(write_ins)
    names = [each.who.name if each.who else each.name for each in typed]
    found = called(election, names)
    return [_meant(each, found[name]) for each, name in zip(typed, names, strict=True)]


def _meant(typed: WriteIn, people: Sequence[Chosen]) -> Meant:
    if typed.who is not None:
        return Meant(typed.name, tuple(people), typed.who)
    fitting = [each for each in people if each.sex == typed.sex] or people
    return Meant(typed.name, tuple(people), fitting[0] if len(fitting) == 1 else None)


def written_in(typed: WriteIn, meant: Meant) -> Person:
    """Somebody written in, with what the list says of him (CT-08); whoever nobody knows is not on it.

    A record without a number counts as on the list when a row of his name there is nobody else's.
    """
    if meant.one is None:
        return Person(typed.name, typed.sex or "M", on_roll=False)
    free = any(each.row and each.person is None for each in meant.people)
    on_roll = meant.one.row is not None or (free and not (meant.one.person and meant.one.person.id_index))
    return Person(typed.name, meant.one.sex or typed.sex or "M", on_roll=on_roll)


def people_of(round_: Round, count_sheet: CountSheet) -> tuple[Person, ...]:
    """Return everybody who can have votes on this count sheet: those on the ballot, then those written in."""
    return (*read_contest(round_.contest).people, *read_people(count_sheet.write_ins))


def poll_of(round_: Round, count_sheet: CountSheet, settled: Iterable[Seat] = ()) -> Poll:
    """Return what a sheet says of a round, for counting. ``settled``: who won a second vote among its equals since.

    Raises ``ValueError`` with a sentence for people."""
    return read_contest(round_.contest).poll(
        round_.election.policy,
        registered=round_.registered,
        issued=count_sheet.issued,
        returned=count_sheet.returned,
        votes=read_votes(count_sheet.votes),
        write_ins=read_people(count_sheet.write_ins),
        settled=settled,
    )


def outcome_in_words(outcome: dict[str, Any]) -> dict[str, Any]:
    """Return an outcome as plain values, with the words of offices and grounds beside their codes."""
    words = {key: [each | {"label": Office(each["post"]).label} for each in outcome[key]] for key in LISTS}
    return (
        outcome
        | words
        | {
            "word": STATUS[outcome["status"]],
            "grounds": [Ground(code).label for code in outcome["reasons"]],
        }
    )


LISTS = ("elected", "not_elected", "ties", "waiting", "vacancies")
