"""Candidates for a post: the most nominated, a woman among them, the next after a withdrawal (NM-03, NM-11, NM-13)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from elections.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Chosen:
    """Candidates by nomination votes; `equal`: names with the same votes of whom only `places` can stand."""

    names: tuple[str, ...]
    equal: tuple[str, ...] = ()
    places: int = 0


def most_nominated(votes: Mapping[str, int], number: int) -> Chosen:
    """NM-03: the `number` persons with most nominations; people without any are not nominated."""
    ranking = sorted((name for name, count in votes.items() if count), key=lambda name: (-votes[name], name))
    if len(ranking) <= number:
        return Chosen(tuple(ranking))
    last = votes[ranking[number - 1]] if number else 0
    if not number or votes[ranking[number]] != last:
        return Chosen(tuple(ranking[:number]))
    sure = tuple(name for name in ranking if votes[name] > last)
    return Chosen(sure, tuple(name for name in ranking if votes[name] == last), number - len(sure))


def with_woman(on_list: Sequence[str], votes: Mapping[str, int], women: Collection[str], policy: Policy) -> Chosen:
    """NM-11: without a woman among the candidates, the woman with most nominations replaces the last or is added."""
    candidates = sorted((name for name in women if votes.get(name)), key=lambda name: (-votes[name], name))
    if any(name in women for name in on_list) or not candidates:
        return Chosen(tuple(on_list))
    best = tuple(name for name in candidates if votes[name] == votes[candidates[0]])
    kept = tuple(on_list[:-1]) if policy.women_candidate_slot == "replace_last" else tuple(on_list)
    return Chosen(kept, best, 1) if len(best) > 1 else Chosen((*kept, best[0]))


def after_withdrawal(
    on_list: Sequence[str], withdrawn: Collection[str], votes: Mapping[str, int], able: Collection[str]
) -> Chosen:
    """NM-13: who fills the places of those who withdrew, next in order of nominations; `able` may stand at all.
    `names` are the new ones only."""
    gone = [name for name in on_list if name in withdrawn]
    free = {name: votes.get(name, 0) for name in able if name not in on_list and name not in withdrawn}
    return most_nominated(free, len(gone))
