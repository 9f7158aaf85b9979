"""From all lawful results to one answer: what is the same in all of them stands, the rest is tied or waits; and why."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from elections.rules import law
from elections.rules.counting import rerun
from elections.rules.counting.offices import Office, Opening, Seat
from elections.rules.counting.outcome import Tie, Vacancy, Waiting
from elections.rules.counting.results import Reckoning
from elections.rules.counting.seating import Seating, Winners


@dataclass(frozen=True)
class Verdict:
    """The common part of all seatings of a reckoning. `surplus`: places → how many more stand in a rerun."""

    reckoning: Reckoning
    seatings: frozenset[Seating]
    surplus: Callable[[int], int]

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        return tuple(
            sorted({opening.office for opening in self.reckoning.poll.openings}, key=lambda office: office.rank)
        )

    def openings(self, office: Office) -> tuple[Opening, ...]:
        return tuple(opening for opening in self.reckoning.poll.openings if opening.office is office)

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
        return frozenset(opening.office for opening in frozenset.intersection(*(s.reserved for s in self.seatings)))

    @cached_property
    def sitting(self) -> tuple[Seat, ...]:
        """All who surely hold an office now, those of earlier rounds included."""
        new = (Seat(office, name) for office in self.offices for name in sorted(self.sure[office]))
        return (*self.reckoning.poll.seated, *new)

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
        return tuple(sorted(found, key=lambda tie: (tie.office.rank, tie.names)))

    @cached_property
    def waiting(self) -> tuple[Waiting, ...]:
        """Neither sure, nor out, nor tied: their result follows from someone else's second vote."""
        tied = {(tie.office, name) for tie in self.ties for name in tie.names}
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
        places = min(_empty(seating, self.openings(office), women=women) for seating in self.seatings)
        if not places:
            return Vacancy(office, 0, women, ())
        votes = self.reckoning.totals[office]
        able = {n: votes[n] for n in votes if n not in without and self._may_stand(office, n, women=women)}
        return Vacancy(office, places, women, rerun.candidates(able, places, self.surplus(places)))

    def _may_stand(self, office: Office, name: str, *, women: bool) -> bool:
        """RR-01: not elected, able to hold the office, not near kin of one who sits (CT-27)."""
        poll, sitting = self.reckoning.poll, {seat.name for seat in self.sitting}
        if name in sitting or any(name in names for names in self.possible.values()):
            return False
        if self.reckoning.kin.among(name, sitting) or (women and not poll.person(name).is_woman):
            return False
        return any(poll.can_hold(name, opening) for opening in self.openings(office))


def _empty(seating: Seating, openings: tuple[Opening, ...], *, women: bool) -> int:
    """Return places nobody holds: those kept for women, or the others."""
    total = 0
    for opening in openings:
        left = opening.seats - sum(held == opening for held, _ in seating.seated)
        kept = left if opening.for_women else int(opening in seating.reserved)
        total += kept if women else left - kept
    return total


@dataclass(frozen=True, slots=True)
class Reasons:
    """The words for one verdict under one edition of the law."""

    verdict: Verdict
    edition: int

    def why(self, office: Office, name: str, total: int) -> str:
        """Return why this person is elected to this office."""
        needed = self.verdict.reckoning.needed
        words = [f"得{total}票", needed.reached]
        if needed.provision is law.RERUN_THIRD:
            words.append("得票较多")
        if self._went_first(office, name):
            words.append("委员中应当有妇女，先行当选")
        return "，".join(words)

    def cite(self, office: Office, name: str) -> str:
        """Return the provisions it rests on."""
        rests_on = [self.verdict.reckoning.needed.provision]
        if self._went_first(office, name):
            rests_on.append(law.WOMEN_PRIORITY)
        residents = self.verdict.reckoning.poll.for_residents
        return "；".join(law.cite(each, self.edition, residents=residents) for each in rests_on)

    def why_not(self, office: Office, name: str, total: int) -> str:
        """Return why this person is not elected to this office."""
        needed = self.verdict.reckoning.needed
        void = self._why_void(office, name)
        if void:
            return f"{void}，所得{total}票无效"
        if not needed.passes(total):
            return f"得{total}票，{needed.missed}"
        return f"得{total}票，{self._kept_out(office, name, total)}"

    def _kept_out(self, office: Office, name: str, total: int) -> str:
        verdict, needed = self.verdict, self.verdict.reckoning.needed
        kin = sorted(verdict.reckoning.kin.among(name, (seat.name for seat in verdict.sitting)))
        if kin:
            return f"{needed.reached}，但与当选的{'、'.join(kin)}有近亲属关系，应当回避"
        if self._gave_way(office, total):
            return f"{needed.reached}，但委员中应当有妇女，名额先留给妇女"
        return f"{needed.reached}，但得票少于当选的人" if needed.need is not None else needed.missed

    def _why_void(self, office: Office, name: str) -> str | None:
        poll = self.verdict.reckoning.poll
        person = poll.person(name)
        if not person.on_roll:
            return "不在登记参加选举的名单上"
        if person.barred:
            return "属于不得作为候选人的情形"
        if name in {seat.name for seat in poll.seated}:
            return "在此前的投票中已经当选"
        if any(poll.can_hold(name, opening) for opening in self.verdict.openings(office)):
            return None
        women = not person.is_woman and all(opening.for_women for opening in self.verdict.openings(office))
        return "名额只能由妇女当选" if women else "不是本次投票的候选人"

    def _went_first(self, office: Office, name: str) -> bool:
        return office is Office.MEMBER and name in self.verdict.first

    def _gave_way(self, office: Office, total: int) -> bool:
        """WN-02, WN-03: votes would have been enough, had no place gone to a woman."""
        if office in self.verdict.reserved:
            return True
        totals = self.verdict.reckoning.totals[office]
        return any(self._went_first(office, woman) and totals[woman] < total for woman in self.verdict.sure[office])
