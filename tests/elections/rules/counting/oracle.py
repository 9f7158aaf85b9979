"""The reference order of deciding, written as plainly as possible, for one given order among equals.

It knows nothing of ties: somebody says in which order equals come. Run for every such order it shows which results are
lawful at all, and what is the same in all of them must be what the project decides.
"""

from itertools import permutations

RANKS = ["chair", "deputy", "woman", "member"]


def results(question):
    """Every result over all orders among equals: frozensets of (post, name)."""
    names = sorted({name for votes in question["votes"].values() for name in votes})
    return {frozenset(one_result(question, order)) for order in permutations(names)}


def one_result(question, order):
    women = {person["name"] for person in question["people"] if person["sex"] == "F"}
    kin = {frozenset(pair) for pair in question["kin"]}
    seats = {post["post"]: post["seats"] for post in question["posts"]}
    seated = []
    for post in (each for each in RANKS if each in seats):
        votes = question["votes"][post]
        ranked = sorted(votes, key=lambda name: (-votes[name], order.index(name)))
        sitting = [name for _, name in seated]
        pool = [
            name
            for name in ranked
            if _enough(votes[name], question)
            and name not in sitting
            and not any(frozenset({name, other}) in kin for other in sitting)
        ]
        if post == "member" and question["round"] == "first" and not women & set(sitting):
            winners = _with_a_woman(pool, seats[post], women, kin, votes)
        else:
            winners = _walk(pool, seats[post], kin)
        seated += [(post, name) for name in winners]
    return seated


def _enough(votes, question):
    if question["round"] == "first":
        return 2 * votes > question["returned"]
    return votes > 0 and 3 * votes >= question["returned"]


def _walk(pool, places, kin, taken=()):
    winners = []
    for name in pool:
        if len(winners) < places and not any(frozenset({name, other}) in kin for other in (*winners, *taken)):
            winners.append(name)
    return winners


def _with_a_woman(pool, places, women, kin, votes):
    cut = _walk(pool, places, kin)
    if women & set(cut):
        return cut
    others = _walk(pool, places - 1, kin)
    for woman in (name for name in pool if name in women):
        if not any(frozenset({woman, o}) in kin and votes[o] > votes[woman] for o in others):
            return [woman, *_walk([name for name in pool if name != woman], places - 1, kin, [woman])]
    return others
