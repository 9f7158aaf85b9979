"""What one round asks the voters: offices, people, kin, who sits already. With the figures of a sheet it is a `Poll`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from elections.rules.counting.kin import Relation, near_relatives
from elections.rules.counting.poll import Body, Poll, Round, Votes
from elections.rules.counting.posts import Office, Person, Post, Seat
from elections.rules.counting.reading import Refusal
from elections.rules.policy import Policy

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
    posts: tuple[Places, ...] = ()
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
        """The round with what was counted. Raises `Refusal`."""
        posts = merged(self.posts)
        only(votes, {post.office for post in posts}, "votes")
        return Poll(
            body=self.body,
            round=self.round,
            registered=registered,
            issued=issued,
            returned=returned,
            posts=posts,
            people=by_name((*self.people, *write_ins)),
            kin=near_relatives(self.kin, policy.kin_scope),
            votes=votes,
            seated=self.seated,
            settled=frozenset(settled),
        )


def merged(places: Iterable[Places]) -> tuple[Post, ...]:
    """The posts to decide on: rows that ask the same are one. Raises `Refusal`."""
    seats: dict[tuple[Office, bool, frozenset[str]], int] = {}
    for each in places:
        key = each.office, each.women_only, frozenset(each.candidates)
        seats[key] = seats.get(key, 0) + each.seats
    if sum(seats.values()) > MOST_PLACES:
        raise Refusal(f"应选名额合计超过{MOST_PLACES}个")
    return tuple(Post(office, number, women, names) for (office, women, names), number in seats.items())


def by_name(people: Iterable[Person]) -> Mapping[str, Person]:
    """Name → person. Raises `Refusal` for namesakes: their votes could not be told apart."""
    found: dict[str, Person] = {}
    for person in people:
        if found.setdefault(person.name, person) is not person:
            raise Refusal(f"people 中有两个{person.name}，请在姓名后加注区分")
    return found


def only(named: Iterable[Office], offices: set[Office], where: str) -> None:
    """Raises `Refusal` when an office is named that is not voted on."""
    foreign = [office.label for office in named if office not in offices]
    if foreign:
        raise Refusal(f"{where} 中的{'、'.join(foreign)}不在本次应选职务 posts 中")
