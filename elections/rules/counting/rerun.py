"""After a round that left places open: who stands in the rerun, and what follows when it fails too (RR-)."""

from collections.abc import Mapping

from elections.rules.kinds import Labelled
from elections.rules.policy import Policy


def candidates(votes: Mapping[str, int], places: int, surplus: int) -> tuple[str, ...]:
    """Those with most votes, `surplus` more than places; equals at the last place all stand (RR-01, RR-02)."""
    ranking = sorted((name for name, count in votes.items() if count), key=lambda name: (-votes[name], name))
    wanted = places + surplus
    if len(ranking) <= wanted:
        return tuple(ranking)
    last = votes[ranking[wanted - 1]]
    return tuple(name for name in ranking if votes[name] >= last)


class Next(Labelled):
    """The way on after a rerun."""

    COMPLETE = "complete", "名额已满，不再选举"
    RERUN = "rerun", "不足的名额另行选举"
    VILLAGE_DECIDES = "village_decides", "当选人数已达到最低人数，不足的名额可以空缺，由村里决定"
    VOTE_AGAIN = "vote_again", "当选人数少于最低人数，应当重新投票"


def next_step(seated: int, missing: int, reruns_held: int, policy: Policy) -> Next:
    """RR-08, RR-11: after `max_reruns` places may stay empty if enough were elected (CT-29)."""
    if missing <= 0:
        return Next.COMPLETE
    if reruns_held < policy.max_reruns:
        return Next.RERUN
    return Next.VILLAGE_DECIDES if seated >= policy.committee_min_seated else Next.VOTE_AGAIN
