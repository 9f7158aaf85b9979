"""One round of voting: what the ballot asked, and the figures and votes as they came out of the boxes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from elections.rules.counting.kin import Kin, Relation, near_relatives
from elections.rules.counting.offices import Office, Opening, Person, Seat
from elections.rules.counting.reading import Refusal
from elections.rules.policy import Policy

Body = Literal["committee", "residents", "party"]
Round = Literal["first", "rerun", "tie"]
Way = Literal["voters", "households", "representatives"]

Votes = Mapping[Office, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Poll:
    """Everything that deciding one round needs to know.

    `registered` N (None: not stated, in a second vote), `issued` I, `returned` R; the Party has `due` 应到会 and
    `present` 实到会 instead of N. `seated` holds an office since an earlier round. `settled` won a second vote among
    equals of this round (CT-22)."""

    body: Body = "committee"
    round: Round = "first"
    registered: int | None = None
    issued: int = 0
    returned: int = 0
    due: int = 0
    present: int = 0
    way: Way = "voters"
    openings: tuple[Opening, ...] = ()
    people: Mapping[str, Person] = field(default_factory=dict)
    kin: Kin = field(default_factory=Kin)
    votes: Votes = field(default_factory=dict)
    seated: tuple[Seat, ...] = ()
    settled: frozenset[Seat] = frozenset()
    entered_ballots: int | None = None
    invalid_ballots: int = 0
    blank_ballots: int = 0

    @property
    def for_residents(self) -> bool:
        return self.body == "residents"

    @property
    def for_party(self) -> bool:
        return self.body == "party"

    def person(self, name: str) -> Person:
        """Describe a person; whoever is named in the votes and not described is a man on the roll."""
        return self.people.get(name) or Person(name)

    def can_hold(self, name: str, opening: Opening) -> bool:
        """Return whether a vote for this person and opening can count at all (CT-08, WN-05); a rerun has fixed
        candidates."""
        person = self.person(name)
        fixed = self.round != "first" and bool(opening.candidates)
        return (
            person.electable
            and (person.is_woman or not opening.for_women)
            and (not fixed or name in opening.candidates)
        )

    def candidates(self, opening: Opening) -> frozenset[str]:
        """Return who stands for the opening, as far as it was said, without those who sit already or cannot hold it."""
        named = opening.candidates or {
            each.name for each in self.people.values() if opening.office in each.candidate_for
        }
        sitting = {seat.name for seat in self.seated}
        return frozenset(name for name in named if name not in sitting and self.can_hold(name, opening))


MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one office as the ballot has them. `candidates`: where they are fixed, in the order of the ballot."""

    office: Office
    seats: int
    women_only: bool = False
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """The question of a round. `people`: everybody who may have votes, in the order of the ballot; those written in
    in this round join with its sheet."""

    body: Body = "committee"
    round: Round = "first"
    openings: tuple[Places, ...] = ()
    people: tuple[Person, ...] = ()
    kin: tuple[Relation, ...] = ()
    seated: tuple[Seat, ...] = ()

    def poll(
        self,
        policy: Policy,
        *,
        registered: int,
        issued: int,
        returned: int,
        votes: Votes,
        write_ins: Iterable[Person] = (),
        settled: Iterable[Seat] = (),
    ) -> Poll:
        """Return the round with what was counted. Raises `Refusal`."""
        openings = merged(self.openings)
        only(votes, {opening.office for opening in openings}, "votes")
        return Poll(
            body=self.body,
            round=self.round,
            registered=registered,
            issued=issued,
            returned=returned,
            openings=openings,
            people=by_name((*self.people, *write_ins)),
            kin=near_relatives(self.kin, policy.kin_scope),
            votes=votes,
            seated=self.seated,
            settled=frozenset(settled),
        )


def merged(places: Iterable[Places]) -> tuple[Opening, ...]:
    """Return the openings to decide on: rows that ask the same are one. Raises `Refusal`."""
    seats: dict[tuple[Office, bool, frozenset[str]], int] = {}
    for each in places:
        key = each.office, each.women_only, frozenset(each.candidates)
        seats[key] = seats.get(key, 0) + each.seats
    if sum(seats.values()) > MOST_PLACES:
        raise Refusal(f"应选名额合计超过{MOST_PLACES}个")
    return tuple(Opening(office, number, women, names) for (office, women, names), number in seats.items())


def by_name(people: Iterable[Person]) -> Mapping[str, Person]:
    """Name → person. Raises `Refusal` for namesakes: their votes could not be told apart."""
    found: dict[str, Person] = {}
    for person in people:
        if found.setdefault(person.name, person) is not person:
            raise Refusal(f"people 中有两个{person.name}，请在姓名后加注区分")
    return found


def only(named: Iterable[Office], offices: set[Office], where: str) -> None:
    """Raise `Refusal` when an office is named that is not voted on."""
    foreign = [office.label for office in named if office not in offices]
    if foreign:
        raise Refusal(f"{where} 中的{'、'.join(foreign)}不在本次应选职务 posts 中")
