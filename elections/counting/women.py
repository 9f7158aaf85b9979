"""The woman member (WN-02 … WN-04, mode A): a woman over half comes first, or a place is kept for a woman."""

from collections.abc import Iterator
from dataclasses import replace

from elections.counting.posts import Post
from elections.counting.seating import Branch, Ranking, Seating, Winners


def with_a_woman(post: Post, ranking: Ranking, women: Winners, before: Seating) -> Iterator[Seating]:
    """Every lawful seating of the members' post while no woman sits yet. `women`: the women of the ranking."""
    cuts = list(ranking.fill(post.seats))
    for cut, branches in cuts:
        if cut & women:
            yield before.adding(post, cut, branches)  # WN-04: a woman is inside the normal cut
    if not all(cut & women for cut, _ in cuts):
        yield from _a_woman_first(post, ranking, women, before.adding(post, frozenset(), _in_all(cuts)))


def _a_woman_first(post: Post, ranking: Ranking, women: Winners, before: Seating) -> Iterator[Seating]:
    """WN-02 for the women whom no kin with more votes bar (CT-27 goes before the women's rule); otherwise WN-03."""
    others = list(ranking.fill(post.seats - 1))
    before = before.adding(post, frozenset(), _in_all(others))
    free_women = set()
    for seated, branches in others:
        free = frozenset(w for w in women if not ranking.kin.among(w, seated & ranking.above(w)))
        if free:
            free_women.add(free)
        else:
            kept = before.adding(post, seated, branches)
            yield replace(kept, reserved=kept.reserved | {post})
    for free in free_women:
        yield from _seat_first(post, ranking, free, before)


def _seat_first(post: Post, ranking: Ranking, free: Winners, before: Seating) -> Iterator[Seating]:
    """The woman with most votes, then the other places by votes."""
    for woman, equals in ranking.only(free).fill(1):
        below = ranking.only(ranking.names - woman)
        for others, branches in below.fill(post.seats - 1, woman):
            seating = before.adding(post, woman | others, equals | branches)
            yield replace(seating, first=seating.first | woman)


def _in_all(ways: list[tuple[Winners, frozenset[Branch]]]) -> frozenset[Branch]:
    """The equalities that arise whichever way the others are settled."""
    return frozenset.intersection(*(branches for _, branches in ways))
