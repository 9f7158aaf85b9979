"""Why a round does not count at all: the grounds that its own figures show (CT-01, CT-02, VT-19, NM-04, C70)."""

from elections.counting.majority import quorum_reached
from elections.counting.poll import Poll, Votes
from elections.counting.posts import WITHOUT_SURPLUS
from elections.kinds import Labelled
from elections.policy import Policy


class Ground(Labelled):
    """Codes of the grounds, in the order they are looked at; the first found makes the later ones pointless."""

    R_GT_I = "R_GT_I", "收回的选票多于发出的选票"
    NO_QUORUM = "NO_QUORUM", "参加投票的人数没有达到规定"
    I_GT_N = "I_GT_N", "发出的选票多于有选举权的人数"
    BAD_TOTALS = "BAD_TOTALS", "得票数与收回的选票数不符"
    EQUAL_CANDIDATES = "EQUAL_CANDIDATES", "候选人没有多于应选名额"


def ground_of_invalidity(poll: Poll, totals: Votes, policy: Policy) -> Ground | None:
    """The first ground on which this round is invalid, or None."""
    if poll.returned > poll.issued or (poll.for_party and poll.returned > poll.present):
        return Ground.R_GT_I
    if not quorum_reached(poll, policy):
        return Ground.NO_QUORUM
    entitled = poll.present if poll.for_party else poll.registered
    if entitled is not None and poll.issued > entitled:
        return Ground.I_GT_N
    if not _totals_possible(poll, totals):
        return Ground.BAD_TOTALS
    return None if _surplus(poll) else Ground.EQUAL_CANDIDATES


def _totals_possible(poll: Poll, totals: Votes) -> bool:
    """Nobody has more votes than ballots, no office more than its places allow, every ballot was entered."""
    if poll.entered_ballots is not None and poll.entered_ballots != poll.returned:
        return False
    for office in {post.office for post in poll.posts}:
        places = sum(post.seats for post in poll.posts if post.office is office)
        if sum(poll.votes.get(office, {}).values()) > places * poll.returned:
            return False
        if any(votes > poll.returned for votes in (*poll.votes.get(office, {}).values(), *totals[office].values())):
            return False
    return True


def _surplus(poll: Poll) -> bool:
    """More candidates than places for every post whose candidates were named; a second vote has only the tied."""
    if poll.round == "tie":
        return True
    contested = (post for post in poll.posts if post.office not in WITHOUT_SURPLUS)
    return all(len(standing) > post.seats for post in contested if (standing := poll.candidates(post)))
