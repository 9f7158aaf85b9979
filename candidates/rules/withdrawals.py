"""Candidates for a post: the most nominated, a woman among them, the next after a withdrawal (NM-03, NM-11, NM-13)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from elections.rules.policy import Policy

Who = TypeVar("Who", str, tuple[str, int])  # by name, or by name and key where two may have one name


@dataclass(frozen=True)
class Chosen(Generic[Who]):
    """Candidates by nomination votes; `equal`: those with the same votes of whom only `places` can stand."""

    names: tuple[Who, ...]
    equal: tuple[Who, ...] = ()
    places: int = 0


def most_nominated(votes: Mapping[Who, int], number: int) -> Chosen[Who]:
    """NM-03: the `number` persons with most nominations; who has none is not nominated."""
    ranking = sorted((name for name, count in votes.items() if count), key=lambda name: (-votes[name], name))
    if len(ranking) <= number:
        return Chosen(tuple(ranking))
    last = votes[ranking[number - 1]] if number else 0
    if not number or votes[ranking[number]] != last:
        return Chosen(tuple(ranking[:number]))
    sure = tuple(name for name in ranking if votes[name] > last)
    return Chosen(sure, tuple(name for name in ranking if votes[name] == last), number - len(sure))


def with_woman(on_list: Sequence[Who], votes: Mapping[Who, int], women: Collection[Who], policy: Policy) -> Chosen[Who]:
    """NM-11: without a woman among the candidates, the woman with most nominations replaces the last or is added."""
    candidates = sorted((name for name in women if votes.get(name)), key=lambda name: (-votes[name], name))
    if any(name in women for name in on_list) or not candidates:
        return Chosen(tuple(on_list))
    best = tuple(name for name in candidates if votes[name] == votes[candidates[0]])
    kept = tuple(on_list[:-1]) if policy.women_candidate_slot == "replace_last" else tuple(on_list)
    return Chosen(kept, best, 1) if len(best) > 1 else Chosen(kept + best)


def after_withdrawal(
    on_list: Sequence[Who], withdrawn: Collection[Who], votes: Mapping[Who, int], able: Collection[Who]
) -> Chosen[Who]:
    """NM-13: who fills the places of those who withdrew, next in order of nominations; `able` may stand at all.
    `names` are the new ones only."""
    gone = [name for name in on_list if name in withdrawn]
    free = {name: votes.get(name, 0) for name in able if name not in on_list and name not in withdrawn}
    return most_nominated(free, len(gone))
