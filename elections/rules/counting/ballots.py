"""Ballot by ballot: which parts count and for whom (CT-04 … CT-09, PB-18)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from elections.rules.counting.offices import Office, Opening, Person
from elections.rules.policy import Policy

Marks = dict[Office, list[str]]


@dataclass(frozen=True, slots=True)
class Ballot:
    """One paper: the names chosen for each office, the parts nobody can read, and why the whole is spoilt (CT-06)."""

    marks: Mapping[Office, tuple[str, ...]] = field(default_factory=dict)
    unreadable: frozenset[Office] = frozenset()
    spoilt: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on a pile of ballots. Invalid and blank ones stay among those returned (CT-07)."""

    votes: Mapping[Office, Mapping[str, int]]
    invalid: int
    blank: int
    read: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules a ballot is judged by. `whole_ballot`: too many names for one office void the paper (CT-04, PB-18)."""

    seats: Mapping[Office, int]
    people: Mapping[str, Person]
    whole_ballot: bool
    same_person: str

    def electable(self, office: Office, name: str) -> bool:
        """CT-08, WN-05."""
        person = self.people.get(name) or Person(name)
        return person.electable and (office is not Office.WOMAN or person.is_woman)


def rules_for(openings: Iterable[Opening], people: Mapping[str, Person], policy: Policy, *, party: bool) -> Rules:
    """Return the rules of a ballot; the Party voids the whole paper whatever the village pack says (PB-18)."""
    seats: Counter[Office] = Counter()
    for opening in openings:
        seats[opening.office] += opening.seats
    return Rules(seats, people, party or policy.overvote_scope == "ballot", policy.dup_person_rule)


def tally(ballots: Iterable[Ballot], rules: Rules, *, blank_is_invalid: bool = False) -> Tally:
    """Count a pile of ballots."""
    votes: dict[Office, Counter[str]] = {office: Counter() for office in rules.seats}
    invalid = blank = read = 0
    for ballot in ballots:
        read += 1
        if _is_blank(ballot):
            blank += 1
            continue
        marks = valid_marks(ballot, rules)
        invalid += marks is None
        for office, names in (marks or {}).items():
            votes[office].update(names)
    return Tally(votes, invalid + blank, 0, read) if blank_is_invalid else Tally(votes, invalid, blank, read)


def valid_marks(ballot: Ballot, rules: Rules) -> Marks | None:
    """Return the names that count for each office; None when the whole ballot is invalid."""
    if ballot.spoilt or ballot.unreadable >= rules.seats.keys():
        return None
    chosen = {office: list(dict.fromkeys(names)) for office, names in ballot.marks.items()}
    overvoted = {office for office, names in chosen.items() if len(names) > rules.seats[office]}
    if overvoted and rules.whole_ballot:
        return None
    parts = {
        office: [name for name in names if rules.electable(office, name)]
        for office, names in chosen.items()
        if office not in overvoted | ballot.unreadable
    }
    return _one_office_each(parts, rules.same_person)


def _one_office_each(parts: Marks, same_person: str) -> Marks | None:
    """CT-09: one person may count once on a ballot at most."""
    times = Counter(name for names in parts.values() for name in names)
    if max(times.values(), default=0) <= 1:
        return parts
    if same_person == "void_ballot":
        return None
    kept: Marks = {}
    counted: set[str] = set()
    for office in sorted(parts, key=lambda each: each.rank):
        names = parts[office]
        keep_highest = same_person == "count_highest"
        kept[office] = [n for n in names if times[n] == 1 or (keep_highest and n not in counted)]
        counted.update(names)
    return kept


def _is_blank(ballot: Ballot) -> bool:
    return not ballot.spoilt and not ballot.unreadable and not any(ballot.marks.values())
