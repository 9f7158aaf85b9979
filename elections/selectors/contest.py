"""The contest of a round of voting, as counting takes it: openings, people, kin, who already sits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
from elections.selectors.kin import kin_pairs, names_in, staff_conflicts
from elections.selectors.neighbours import formal_candidates
from elections.selectors.persons import Chosen, Meant
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


@dataclass(frozen=True)
class Stands:
    """Somebody who is a candidate, by the name on list and ballot.

    ``voter``: his row of the roll, of whom the list of candidates says it. Whom earlier rounds know without a record
    has his name alone.
    """

    name: str
    person: UUID | None = None
    voter: UUID | None = None

    def is_he(self, chosen: Chosen) -> bool:
        """By record or row of the roll; of whom only the name is known, by that: nobody else's label is the same."""
        known = {chosen.person.pk if chosen.person else None, chosen.row.pk if chosen.row else None} - {None}
        if self.person or self.voter:
            return bool(known & {self.person, self.voter})
        return self.name in chosen.names

    def is_meant(self, meant: Meant) -> bool:
        """Whether the one who is meant is he; whom nobody knows is known by the very name."""
        return self.is_he(meant.one) if meant.one else meant.text == self.name


def candidates_now(election: Election) -> list[Stands]:
    """Everybody who is a candidate now, in the coming vote or the one that is held (VT-07)."""
    formal = formal_candidates(election).values_list("name", "person_id", "voter_id")
    found = {name: Stands(name, person, voter) for name, person, voter in formal}
    for name, person in _next_names(election).items():
        found.setdefault(name, Stands(name, person))
    return [*found.values()]


def _next_names(election: Election) -> dict[str, UUID | None]:
    """Those whom the votes so far put into a rerun or a second vote, with their records where the rounds know them."""
    held = list(Round.objects.filter(election=election).order_by("number"))
    contests = [read_contest(each.contest) for each in held]
    names = {name for contest in contests for opening in contest.openings for name in opening.candidates}
    rounds = [each for each in held if each.confirmed_at]
    names |= {name for vacancy in vacancies_after(rounds) for name in vacancy.rerun_candidates}
    if any(read_outcome(each.outcome).status != "invalid" for each in rounds):
        names |= {name for tie in open_ties(rounds) for name in tie.names}
    persons = _recorded(person for contest in contests for person in contest.people)
    if names - {person.name for contest in contests for person in contest.people}:  # written in
        sheets = (each.sheets.latest("number") for each in rounds)
        persons |= _recorded(person for sheet in sheets for person in read_people(sheet.write_ins))
    return {name: persons.get(name) for name in names}


def _recorded(people: Iterable[Person]) -> dict[str, UUID]:
    return {each.name: UUID(each.person) for each in people if each.person}


def on_ballot(round_: Round) -> list[Stands]:
    """Everybody on the ballot of a round, in its order; whom a round of an earlier release does not tell apart, the list
    of candidates does."""
    formal = formal_candidates(round_.election).values_list("name", "person_id", "voter_id")
    listed = {name: Stands(name, person, voter) for name, person, voter in formal}
    return [_on_ballot(each, listed.get(each.name)) for each in read_contest(round_.contest).people]


def _on_ballot(person: Person, listed: Stands | None) -> Stands:
    known = listed or Stands(person.name)
    return replace(known, person=UUID(person.person)) if person.person else known


def conflicts_of(election: Election, chosen: Chosen, task: str) -> tuple[str, ...]:
    """Sentences when this person, on the list of staff yet or not, is a candidate or a candidate's near relative
    (EC-18, VT-13). ``task``: the word of the work."""
    stand = candidates_now(election)
    his = [each.name for each in stand if each.is_he(chosen)] or [chosen.label(election.village)]
    own = [(chosen.person.pk, his[0])] if chosen.person else []
    names = names_in(((each.person, each.name) for each in stand), own)
    pairs = kin_pairs(election, names)
    return staff_conflicts([(task, his[0])], {each.name for each in stand}, pairs, election.policy.kin_scope)


def contest_for(sources: Sources, election: Election, kind: str) -> Contest:
    """Return the question that ``counting`` is asked for the round, without the figures."""
    first, seated = kind == Round.Kind.FIRST, sources.lines.of(election.pk, SEATED)
    return Contest(
        body="residents" if election.village.is_community else "committee",
        round=cast(counted.Round, str(kind)),
        openings=tuple(_openings(sources, election, kind)),
        people=tuple(_people(sources, election)),
        kin=tuple(Relation(*pair) for pair in sources.kin_pairs(election)),
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
            known = people.setdefault(each.name, Person(each.name, each.sex, person=str(each.person or "")))
            people[each.name] = replace(known, candidate_for=known.candidate_for | {Office(each.office)})
    for earlier in sources.confirmed(election):
        for person in read_people(earlier.sheets.latest("number").write_ins):
            people.setdefault(person.name, person)
    return people.values()
