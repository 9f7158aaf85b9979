"""From all lawful results to one answer: what is the same in all of them stands, the rest is tied or waits."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from elections.rules.counting import rerun
from elections.rules.counting.outcome import Tie, Vacancy, Waiting
from elections.rules.counting.posts import Office, Post, Seat
from elections.rules.counting.results import Contest
from elections.rules.counting.seating import Seating, Winners


@dataclass(frozen=True)
class Verdict:
    """What the seatings of a contest have in common. `surplus`: places → how many more stand in a rerun."""

    contest: Contest
    seatings: frozenset[Seating]
    surplus: Callable[[int], int]

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        return tuple(sorted({post.office for post in self.contest.poll.posts}, key=lambda office: office.rank))

    def posts(self, office: Office) -> tuple[Post, ...]:
        return tuple(post for post in self.contest.poll.posts if post.office is office)

    @cached_property
    def sure(self) -> Mapping[Office, Winners]:
        """Elected whatever a second vote will say."""
        return {o: frozenset.intersection(*(s.winners(o) for s in self.seatings)) for o in self.offices}

    @cached_property
    def possible(self) -> Mapping[Office, Winners]:
        """Elected in at least one lawful result."""
        return {o: frozenset[str]().union(*(s.winners(o) for s in self.seatings)) for o in self.offices}

    @cached_property
    def first(self) -> Winners:
        """Women seated before others in every result (WN-02)."""
        return frozenset.intersection(*(s.first for s in self.seatings))

    @cached_property
    def reserved(self) -> frozenset[Office]:
        """Offices with a place kept for a woman in every result (WN-03)."""
        return frozenset(post.office for post in frozenset.intersection(*(s.reserved for s in self.seatings)))

    @cached_property
    def sitting(self) -> tuple[Seat, ...]:
        """All who surely hold an office now, those of earlier rounds included."""
        new = (Seat(office, name) for office in self.offices for name in sorted(self.sure[office]))
        return (*self.contest.poll.seated, *new)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Equalities that arise in every result and make a difference (CT-22)."""
        found = set()
        for branch in frozenset.intersection(*(s.branches for s in self.seatings)):
            sure = self.sure[branch.office]
            names = branch.names & (self.possible[branch.office] - sure)
            places = branch.places - len(branch.names & sure)
            if names and places > 0:
                found.add(Tie(branch.office, places, tuple(sorted(names))))
        return tuple(sorted(found, key=lambda tie: (tie.post.rank, tie.names)))

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """Neither sure, nor out, nor tied: their result follows from someone else's second vote."""
        tied = {(tie.post, name) for tie in self.ties for name in tie.names}
        undecided = {office: sorted(self.possible[office] - self.sure[office]) for office in self.offices}
        names = {o: tuple(name for name in undecided[o] if (o, name) not in tied) for o in self.offices}
        return tuple(Waiting(office, names[office]) for office in self.offices if names[office])

    @cached_property
    def vacancies(self) -> tuple[Vacancy, ...]:
        """Places that stay empty in every result, the women's places first."""
        found = []
        for office in self.offices:
            women = self._vacancy(office, women=True)
            found += [women, self._vacancy(office, women=False, without=women.rerun_candidates)]
        return tuple(each for each in found if each.places)

    def _vacancy(self, office: Office, *, women: bool, without: Iterable[str] = ()) -> Vacancy:
        places = min(_empty(seating, self.posts(office), women=women) for seating in self.seatings)
        if not places:
            return Vacancy(office, 0, women, ())
        votes = self.contest.totals[office]
        standing = {n: votes[n] for n in votes if n not in without and self._may_stand(office, n, women=women)}
        return Vacancy(office, places, women, rerun.candidates(standing, places, self.surplus(places)))

    def _may_stand(self, office: Office, name: str, *, women: bool) -> bool:
        """RR-01: not elected, able to hold the office, not near kin of one who sits (CT-27)."""
        poll, sitting = self.contest.poll, {seat.name for seat in self.sitting}
        if name in sitting or any(name in names for names in self.possible.values()):
            return False
        if self.contest.kin.among(name, sitting) or (women and not poll.person(name).is_woman):
            return False
        return any(poll.can_hold(name, post) for post in self.posts(office))


def _empty(seating: Seating, posts: tuple[Post, ...], *, women: bool) -> int:
    """Places nobody holds: those kept for women, or the others."""
    total = 0
    for post in posts:
        left = post.seats - sum(held == post for held, _ in seating.seated)
        kept = left if post.for_women else int(post in seating.reserved)
        total += kept if women else left - kept
    return total
