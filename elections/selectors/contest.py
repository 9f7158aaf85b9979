"""The contest of a round of voting, as counting takes it: openings, people, kin, who already sits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from elections.models import Election, Round
from elections.rules.counting import poll as counted
from elections.rules.counting.kin import Relation
from elections.rules.counting.offices import Office, Person, Seat
from elections.rules.counting.outcome import Tie, Vacancy
from elections.rules.counting.poll import Contest, Places
from elections.rules.counting.stored import read_contest, read_outcome, read_people
from elections.selectors.kin import kin_pairs
from elections.selectors.neighbours import formal_candidates, nominees_of
from elections.selectors.sources import SEATED, Sources


def confirmed_rounds(election: Election) -> QuerySet[Round]:
    """Return the rounds whose result is final, in order."""
    return Round.objects.filter(election=election).exclude(confirmed_at=None).order_by("number")


def voters_for(sources: Sources, election: Election, kind: str) -> int:
    """N of a round that opens now: the roll as it stands (VR-18); in a rerun the first roll unless the pack says
    otherwise (RR-06)."""
    if kind != Round.Kind.FIRST and election.policy.rerun_roll_mode == "first_roll":
        firsts = [each for each in sources.confirmed(election) if each.kind == Round.Kind.FIRST]
        if firsts:
            return firsts[-1].registered
    return sources.rolls[election.pk].listed


def candidate_names(election: Election) -> set[str]:
    """Return everybody on the published list of formal candidates."""
    return set(formal_candidates(election).values_list("name", flat=True))


def candidates_now(election: Election) -> dict[str, set[UUID]]:
    """Return everybody who is a candidate now, in the coming vote or the one that is held: name → rows of the roll
    (VT-07).

    Without a row: somebody whom the voters wrote in and who stands in the next vote; only the name is known.
    """
    found: dict[str, set[UUID]] = {}
    for name, voter in formal_candidates(election).values_list("name", "voter_id"):
        found.setdefault(name, set()).update({voter} - {None})
    for name in _next_names(election):
        found.setdefault(name, set())
    return found


def _next_names(election: Election) -> set[str]:
    """Return those whom the votes so far put into a rerun or a second vote."""
    names: set[str] = set()
    held = list(Round.objects.filter(election=election).order_by("number"))
    for each in held:
        names |= {name for opening in read_contest(each.contest).openings for name in opening.candidates}
    rounds = [each for each in held if each.confirmed_at]
    names |= {name for vacancy in vacancies_after(rounds) for name in vacancy.rerun_candidates}
    if any(read_outcome(each.outcome).status != "invalid" for each in rounds):
        names |= {name for tie in open_ties(rounds) for name in tie.names}
    return names


def names_to_suggest(election: Election) -> list[str]:
    """Return everybody whose name may be asked for again: election committee, nominees, staff, declared relatives."""
    names = {name for pair in kin_pairs(election) for name in pair[:2]}
    names |= set(election.election_committee.values_list("name", flat=True)) | set(
        election.staff.values_list("name", flat=True)
    )
    return sorted(names | set(nominees_of(election).values_list("name", flat=True)))


def contest_for(sources: Sources, election: Election, kind: str) -> Contest:
    """Return the question that ``counting`` is asked for the round, without the figures."""
    first, seated = kind == Round.Kind.FIRST, sources.lines.of(election.pk, SEATED)
    return Contest(
        body="residents" if election.village.is_community else "committee",
        round=cast(counted.Round, str(kind)),
        openings=tuple(_openings(sources, election, kind)),
        people=tuple(_people(sources, election)),
        kin=tuple(Relation(*pair) for pair in sources.lines.kin_pairs(election.pk)),
        seated=() if first else tuple(Seat(Office(line.one), line.two) for line in seated),
    )


def _openings(sources: Sources, election: Election, kind: str) -> Iterable[Places]:
    if kind == Round.Kind.FIRST:
        seats = sources.nominations[election.pk].seats
        return (Places(office, seats[office]) for office in Office if seats.get(office))
    rounds = sources.confirmed(election)
    if kind == Round.Kind.TIE:
        return (Places(tie.office, tie.places, candidates=tie.names) for tie in open_ties(rounds))
    left = vacancies_after(rounds)
    return (Places(each.office, each.places, each.women_only, each.rerun_candidates) for each in left)


def vacancies_after(rounds: Iterable[Round]) -> list[Vacancy]:
    """Return the vacancies left by these confirmed rounds, each with the candidates of its rerun (RR-01).

    One office may have two: a place kept for a woman and another (WN-03). An invalid round filled nothing (RS-10).
    A second vote says anew what the vote before it left open (``second_vote``).
    """
    found: list[Vacancy] = []
    asked: set[Office] = set()
    for each in rounds:
        outcome = read_outcome(each.outcome)
        if outcome.status == "invalid":
            continue
        if each.kind != Round.Kind.TIE:
            asked = {opening.office for opening in read_contest(each.contest).openings}
        found = [vacancy for vacancy in found if vacancy.office not in asked] + list(outcome.vacancies)
    return found


def open_ties(rounds: Iterable[Round]) -> tuple[Tie, ...]:
    """Return the equals who vote again (CT-22): those of the last of these confirmed rounds that was valid."""
    outcomes = [read_outcome(each.outcome) for each in rounds]
    return next(outcome.ties for outcome in reversed(outcomes) if outcome.status != "invalid")


def _people(sources: Sources, election: Election) -> Iterable[Person]:
    """Return everybody who stood, with sex and the offices stood for, and whoever was written in in an earlier round.

    People written in in this round join with its sheet.
    """
    people: dict[str, Person] = {}
    for each in sources.nominations[election.pk].nominees:
        if each.formal:
            known = people.setdefault(each.name, Person(each.name, each.sex))
            people[each.name] = replace(known, candidate_for=known.candidate_for | {Office(each.office)})
    for earlier in sources.confirmed(election):
        for person in read_people(earlier.sheets.latest("number").write_ins):
            people.setdefault(person.name, person)
    return people.values()
