"""The votes that count for each office, carried down where the province says so (票数下加, CT-26)."""

from collections import Counter

from elections.rules.counting.poll import Poll, Votes
from elections.rules.counting.posts import CARRIED, Office
from elections.rules.policy import Policy


def counted_votes(poll: Poll, policy: Policy) -> Votes:
    """Office → name → votes that count: own votes of the office, and under carry-down also those for higher offices.

    Votes for someone who cannot be elected are void and left out (CT-08); never upwards."""
    own = {post.office: _valid(poll, post.office) for post in poll.posts}
    if not policy.vote_carry_down or poll.for_party or poll.round == "tie":
        return own
    return {office: _with_higher(office, own) if office in CARRIED else votes for office, votes in own.items()}


def _valid(poll: Poll, office: Office) -> dict[str, int]:
    """Own votes of one office, without those who cannot hold it."""
    return {
        name: votes
        for name, votes in poll.votes.get(office, {}).items()
        if poll.person(name).electable and (office is not Office.WOMAN or poll.person(name).is_woman)
    }


def _with_higher(office: Office, own: Votes) -> dict[str, int]:
    total: Counter[str] = Counter()
    for higher in CARRIED[: CARRIED.index(office) + 1]:
        total.update(own.get(higher, {}))
    return dict(total)
