"""What a round of voting is about, as counting takes it: posts, people, kin, who already sits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast
from uuid import UUID

from django.db.models import QuerySet

from candidates.selectors import formal_candidates, nominees_of, seats_of
from elections.models import Election, Round, Seated
from elections.rules.counting import poll as counted
from elections.rules.counting.kin import Relation
from elections.rules.counting.outcome import Tie, Vacancy
from elections.rules.counting.poll import Contest, Places
from elections.rules.counting.posts import Office, Person, Seat
from elections.rules.counting.stored import read_contest, read_outcome, read_people
from elections.selectors.kin import kin_pairs
from voters.selectors import listed


def confirmed_rounds(election: Election) -> QuerySet[Round]:
    """The rounds whose result is final, in order."""
    return Round.objects.filter(election=election).exclude(confirmed_at=None).order_by("number")


def voters_for(election: Election, kind: str) -> int:
    """N of a round that opens now: the roll as it stands (VR-18); in a rerun the first roll unless the pack says
    otherwise (RR-06)."""
    first = confirmed_rounds(election).filter(kind=Round.Kind.FIRST).last()
    if kind != Round.Kind.FIRST and first is not None and election.policy.rerun_roll_mode == "first_roll":
        return first.registered
    return listed(election).count()


def candidate_names(election: Election) -> set[str]:
    """Everybody on the published list of formal candidates."""
    return set(formal_candidates(election).values_list("name", flat=True))


def standing(election: Election) -> dict[str, set[UUID]]:
    """Everybody who is a candidate now, in the coming vote or the one that is held: name → rows of the roll (VT-07).

    Without a row: somebody whom the voters wrote in and who stands in the next vote; only his name is known.
    """
    found: dict[str, set[UUID]] = {}
    for name, voter in formal_candidates(election).values_list("name", "voter_id"):
        found.setdefault(name, set()).update({voter} - {None})
    for name in _next_names(election):
        found.setdefault(name, set())
    return found


def _next_names(election: Election) -> set[str]:
    """Those whom the votes so far put into a rerun or a second vote."""
    names: set[str] = set()
    for each in Round.objects.filter(election=election).order_by("number"):
        names |= {name for post in read_contest(each.contest).posts for name in post.candidates}
    rounds = list(confirmed_rounds(election))
    names |= {name for vacancy in vacancies_after(rounds) for name in vacancy.rerun_candidates}
    if any(read_outcome(each.outcome).status != "invalid" for each in rounds):
        names |= {name for tie in open_ties(election) for name in tie.names}
    return names


def known_names(election: Election) -> list[str]:
    """Everybody whose name may be asked for again: election committee, nominees, staff, declared relatives."""
    names = {name for pair in kin_pairs(election) for name in pair[:2]}
    names |= set(election.committee.values_list("name", flat=True)) | set(election.staff.values_list("name", flat=True))
    return sorted(names | set(nominees_of(election).values_list("name", flat=True)))


def contest_for(election: Election, kind: str) -> Contest:
    """The question that ``counting`` is asked for the round, without the figures."""
    first = kind == Round.Kind.FIRST
    return Contest(
        body="residents" if election.village.is_community else "committee",
        round=cast(counted.Round, str(kind)),
        posts=tuple(_posts(election, kind)),
        people=tuple(_people(election)),
        kin=tuple(Relation(*pair) for pair in kin_pairs(election)),
        seated=() if first else tuple(_sitting(election)),
    )


def _sitting(election: Election) -> Iterable[Seat]:
    seats = Seated.objects.filter(election=election).values_list("office", "name")
    return (Seat(Office(office), name) for office, name in seats)


def _posts(election: Election, kind: str) -> Iterable[Places]:
    if kind == Round.Kind.FIRST:
        seats = seats_of(election)
        return (Places(office, seats[office]) for office in Office if seats.get(office))
    if kind == Round.Kind.TIE:
        return (Places(tie.post, tie.places, candidates=tie.names) for tie in open_ties(election))
    left = vacancies_after(confirmed_rounds(election))
    return (Places(each.post, each.places, each.women_only, each.rerun_candidates) for each in left)


def vacancies_after(rounds: Iterable[Round]) -> list[Vacancy]:
    """The vacancies left by these confirmed rounds, each with the candidates of its rerun (RR-01).

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
            asked = {post.office for post in read_contest(each.contest).posts}
        found = [vacancy for vacancy in found if vacancy.post not in asked] + list(outcome.vacancies)
    return found


def open_ties(election: Election) -> tuple[Tie, ...]:
    """The equals who vote again (CT-22): those of the last round that was valid."""
    outcomes = [read_outcome(each.outcome) for each in confirmed_rounds(election)]
    return next(outcome.ties for outcome in reversed(outcomes) if outcome.status != "invalid")


def _people(election: Election) -> Iterable[Person]:
    """Everybody who stood, with sex and the offices stood for, and whoever was written in in an earlier round.

    People written in in this round join with its sheet.
    """
    people: dict[str, Person] = {}
    for each in formal_candidates(election):
        known = people.setdefault(each.name, Person(each.name, each.sex))
        people[each.name] = replace(known, candidate_for=known.candidate_for | {Office(each.office)})
    for earlier in confirmed_rounds(election):
        for person in read_people(earlier.sheets.latest("number").write_ins):
            people.setdefault(person.name, person)
    return people.values()
