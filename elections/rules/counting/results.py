"""Every lawful result of a round, office by office from the highest down (CT-24, CT-25)."""

from collections.abc import Iterator
from dataclasses import dataclass

from elections.rules.counting.kin import Kin
from elections.rules.counting.majority import Threshold
from elections.rules.counting.poll import Poll, Votes
from elections.rules.counting.posts import Office, Post
from elections.rules.counting.seating import MOST_SEATINGS, Ranking, Seating, TooManyEquals, Winners, rank
from elections.rules.counting.women import with_a_woman
from elections.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Contest:
    """A valid round with what is needed to decide it. `kin` is empty where relatives need not avoid each other."""

    poll: Poll
    totals: Votes
    needed: Threshold
    kin: Kin
    woman_required: bool

    def seatings(self) -> frozenset[Seating]:
        """All lawful results. Raises `TooManyEquals`."""
        found = {Seating()}
        for post in sorted(self.poll.posts, key=lambda each: each.order):
            found = {after for before in found for after in self._fill(post, before)}
            if len(found) > MOST_SEATINGS:
                raise TooManyEquals(len(frozenset.union(*(each.names for each in found))))
        return frozenset(found)

    def _fill(self, post: Post, before: Seating) -> Iterator[Seating]:
        ranking = self._ranking(post, before)
        if self.woman_required and post.office is Office.MEMBER and not self._has_woman(before):
            yield from with_a_woman(post, ranking, self._women(ranking.names), before)
        else:
            for winners, branches in ranking.fill(post.seats):
                yield before.adding(post, winners, branches)

    def _ranking(self, post: Post, before: Seating) -> Ranking:
        """The pool of the reference order: over the threshold, not seated higher, not near kin of those seated."""
        sitting = before.names | {seat.name for seat in self.poll.seated}
        pool = {
            name: votes
            for name, votes in self.totals[post.office].items()
            if self.needed.passes(votes)
            and name not in sitting
            and self.poll.can_hold(name, post)
            and not self.kin.among(name, sitting)
        }
        settled = frozenset(seat.name for seat in self.poll.settled if seat.office is post.office)
        return rank(post.office, pool, settled, self.kin)

    def _has_woman(self, before: Seating) -> bool:
        return bool(self._women(before.names | {seat.name for seat in self.poll.seated}))

    def _women(self, names: Winners) -> Winners:
        return frozenset(name for name in names if self.poll.person(name).is_woman)


def contest(poll: Poll, totals: Votes, needed: Threshold, policy: Policy) -> Contest:
    """The contest under a policy. A rerun keeps the women's places that the first round marked, so mode A (WN-02,
    WN-03) speaks in the first round only."""
    avoid = policy.member_kin_rule == "forbid" and not poll.for_party
    priority = policy.women_mode in ("A_priority", "both") and not poll.for_party and poll.round == "first"
    return Contest(poll, totals, needed, poll.kin if avoid else Kin(), priority)
