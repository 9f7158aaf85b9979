"""The woman member (WN-02 … WN-04, mode A): a woman over half comes first, or a place is kept for a woman."""

from collections.abc import Iterator
from dataclasses import replace

from elections.rules.counting.posts import Post
from elections.rules.counting.seating import Branch, Ranking, Seating, Winners

NOBODY: Winners = frozenset()


def with_a_woman(post: Post, ranking: Ranking, women: Winners, before: Seating) -> Iterator[Seating]:
    """Every lawful seating of the members' post while no woman sits yet. `women`: the women of the ranking."""
    cuts = list(ranking.fill(post.seats))
    inside = [(cut, branches) for cut, branches in cuts if cut & women]  # WN-04: a woman is inside the normal cut
    for cut, branches in inside:
        yield before.adding(post, cut, branches)
    if len(inside) < len(cuts):
        hangs_on = _in_all(branches for _, branches in cuts) if inside else frozenset()
        yield from _a_woman_first(post, ranking, women, before.adding(post, NOBODY, hangs_on))


def _a_woman_first(post: Post, ranking: Ranking, women: Winners, before: Seating) -> Iterator[Seating]:
    """WN-02 for the women whom no kin with more votes bar (CT-27 goes before the women's rule); otherwise WN-03."""
    ways: dict[Winners, list[Seating]] = {}
    for others, branches in ranking.fill(post.seats - 1):
        free = frozenset(w for w in women if not ranking.kin.among(w, others & ranking.above(w)))
        ways.setdefault(free, []).append(before.adding(post, others, branches))
    if len(ways) > 1:
        hangs_on = _in_all(seating.branches for seatings in ways.values() for seating in seatings)
        before = before.adding(post, NOBODY, hangs_on)
    for free, without in ways.items():
        yield from _seat_first(post, ranking, free, before) if free else (_one_kept(post, each) for each in without)


def _seat_first(post: Post, ranking: Ranking, free: Winners, before: Seating) -> Iterator[Seating]:
    """The woman with most votes, then the other places by votes."""
    for woman, equals in ranking.only(free).fill(1):
        below = ranking.only(ranking.names - woman)
        for others, branches in below.fill(post.seats - 1, woman):
            seating = before.adding(post, woman | others, equals | branches)
            yield replace(seating, first=seating.first | woman)


def _one_kept(post: Post, seating: Seating) -> Seating:
    return replace(seating, reserved=seating.reserved | {post})


def _in_all(ways: Iterator[frozenset[Branch]]) -> frozenset[Branch]:
    """The equalities that arise whichever way the others are settled."""
    return frozenset.intersection(*ways)
