"""Every lawful result of a round, office by office from the highest down (CT-24, CT-25), with the woman member among
them (WN-02 … WN-04, mode A): a woman over half comes first, or a place is kept for a woman."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from elections.rules.counting.kin import Kin
from elections.rules.counting.majority import Threshold
from elections.rules.counting.offices import Office, Opening
from elections.rules.counting.poll import Poll, Votes
from elections.rules.counting.seating import MOST_SEATINGS, Branch, Ranking, Seating, TooManyEquals, Winners, rank
from elections.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A valid round with what is needed to decide it. `kin` is empty where relatives need not avoid each other."""

    poll: Poll
    totals: Votes
    needed: Threshold
    kin: Kin
    woman_required: bool

    def seatings(self) -> frozenset[Seating]:
        """Return all lawful results. Raises `TooManyEquals`."""
        found = {Seating()}
        for opening in sorted(self.poll.openings, key=lambda each: each.order):
            found = {after for before in found for after in self._fill(opening, before)}
            if len(found) > MOST_SEATINGS:
                raise TooManyEquals(len(frozenset.union(*(each.names for each in found))))
        return frozenset(found)

    def _fill(self, opening: Opening, before: Seating) -> Iterator[Seating]:
        ranking = self._ranking(opening, before)
        if self.woman_required and opening.office is Office.MEMBER and not self._has_woman(before):
            yield from with_a_woman(opening, ranking, self._women(ranking.names), before)
        else:
            for winners, branches in ranking.fill(opening.seats):
                yield before.adding(opening, winners, branches)

    def _ranking(self, opening: Opening, before: Seating) -> Ranking:
        """Return the pool of the reference order: over the threshold, not seated higher, not near kin of those
        seated."""
        sitting = before.names | {seat.name for seat in self.poll.seated}
        pool = {
            name: votes
            for name, votes in self.totals[opening.office].items()
            if self.needed.passes(votes)
            and name not in sitting
            and self.poll.can_hold(name, opening)
            and not self.kin.among(name, sitting)
        }
        settled = frozenset(seat.name for seat in self.poll.settled if seat.office is opening.office)
        return rank(opening.office, pool, settled, self.kin)

    def _has_woman(self, before: Seating) -> bool:
        return bool(self._women(before.names | {seat.name for seat in self.poll.seated}))

    def _women(self, names: Winners) -> Winners:
        return frozenset(name for name in names if self.poll.person(name).is_woman)


def reckoning(poll: Poll, totals: Votes, needed: Threshold, policy: Policy) -> Reckoning:
    """Return the reckoning under a policy. A rerun keeps the women's places that the first round marked, so mode A
    (WN-02, WN-03) speaks in the first round only."""
    avoid = policy.member_kin_rule == "forbid" and not poll.for_party
    priority = policy.women_mode in ("A_priority", "both") and not poll.for_party and poll.round == "first"
    return Reckoning(poll, totals, needed, poll.kin if avoid else Kin(), priority)


NOBODY: Winners = frozenset()


def with_a_woman(opening: Opening, ranking: Ranking, women: Winners, before: Seating) -> Iterator[Seating]:
    """Return every lawful seating of the members' opening while no woman sits yet. `women`: the women of the ranking."""
    cuts = list(ranking.fill(opening.seats))
    inside = [(cut, branches) for cut, branches in cuts if cut & women]  # WN-04: a woman is inside the normal cut
    for cut, branches in inside:
        yield before.adding(opening, cut, branches)
    if len(inside) < len(cuts):
        hangs_on = _in_all(branches for _, branches in cuts) if inside else frozenset()
        yield from _a_woman_first(opening, ranking, women, before.adding(opening, NOBODY, hangs_on))


def _a_woman_first(opening: Opening, ranking: Ranking, women: Winners, before: Seating) -> Iterator[Seating]:
    """WN-02 for the women whom no kin with more votes bar (CT-27 goes before the women's rule); otherwise WN-03."""
    ways: dict[Winners, list[Seating]] = {}
    for others, branches in ranking.fill(opening.seats - 1):
        free = frozenset(w for w in women if not ranking.kin.among(w, others & ranking.above(w)))
        ways.setdefault(free, []).append(before.adding(opening, others, branches))
    if len(ways) > 1:
        hangs_on = _in_all(seating.branches for seatings in ways.values() for seating in seatings)
        before = before.adding(opening, NOBODY, hangs_on)
    for free, without in ways.items():
        yield from (
            _seat_first(opening, ranking, free, before) if free else (_one_kept(opening, each) for each in without)
        )


def _seat_first(opening: Opening, ranking: Ranking, free: Winners, before: Seating) -> Iterator[Seating]:
    """The woman with most votes, then the other places by votes."""
    for woman, equals in ranking.only(free).fill(1):
        below = ranking.only(ranking.names - woman)
        for others, branches in below.fill(opening.seats - 1, woman):
            seating = before.adding(opening, woman | others, equals | branches)
            yield replace(seating, first=seating.first | woman)


def _one_kept(opening: Opening, seating: Seating) -> Seating:
    return replace(seating, reserved=seating.reserved | {opening})


def _in_all(ways: Iterator[frozenset[Branch]]) -> frozenset[Branch]:
    """Return the equalities that arise whichever way the others are settled."""
    return frozenset.intersection(*ways)
