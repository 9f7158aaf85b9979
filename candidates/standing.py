"""Who stands for a post: by nominations, with a woman, after a withdrawal; and in which order they are listed (NM-)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from elections import names
from elections.counting.poll import Body
from elections.policy import Policy


@dataclass(frozen=True, slots=True)
class Standing:
    """Candidates by nomination votes; `equal`: names with the same votes of whom only `places` can stand."""

    names: tuple[str, ...]
    equal: tuple[str, ...] = ()
    places: int = 0


def most_nominated(votes: Mapping[str, int], number: int) -> Standing:
    """NM-03: the `number` persons with most nominations; who has none is not nominated."""
    ranking = sorted((name for name, count in votes.items() if count), key=lambda name: (-votes[name], name))
    if len(ranking) <= number:
        return Standing(tuple(ranking))
    last = votes[ranking[number - 1]] if number else 0
    if not number or votes[ranking[number]] != last:
        return Standing(tuple(ranking[:number]))
    sure = tuple(name for name in ranking if votes[name] > last)
    return Standing(sure, tuple(name for name in ranking if votes[name] == last), number - len(sure))


def with_woman(standing: Sequence[str], votes: Mapping[str, int], women: Collection[str], policy: Policy) -> Standing:
    """NM-11: without a woman among the candidates, the woman with most nominations replaces the last or is added."""
    candidates = sorted((name for name in women if votes.get(name)), key=lambda name: -votes[name])
    if any(name in women for name in standing) or not candidates:
        return Standing(tuple(standing))
    best = tuple(name for name in candidates if votes[name] == votes[candidates[0]])
    kept = tuple(standing[:-1]) if policy.women_candidate_slot == "replace_last" else tuple(standing)
    return Standing(kept, best, 1) if len(best) > 1 else Standing((*kept, best[0]))


def after_withdrawal(
    standing: Sequence[str], withdrawn: Collection[str], votes: Mapping[str, int], able: Collection[str]
) -> Standing:
    """NM-13: who fills the places of those who withdrew, next in order of nominations; `able` may stand at all.
    `names` are the new ones only."""
    gone = [name for name in standing if name in withdrawn]
    free = {name: votes.get(name, 0) for name in able if name not in standing and name not in withdrawn}
    return most_nominated(free, len(gone))


def listed_order(
    candidates: Iterable[str], votes: Mapping[str, int], policy: Policy, body: Body = "committee"
) -> tuple[str, ...]:
    """NM-12: the order on the published list; the Party's is always by strokes of the surname (PB-14)."""
    if body == "party" or policy.candidate_order == "strokes":
        return tuple(sorted(candidates, key=names.sort_key))
    return tuple(sorted(candidates, key=lambda name: (-votes.get(name, 0), names.sort_key(name))))
