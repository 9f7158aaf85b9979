"""Seatings: every one that the votes allow (in the order of CT-21 … CT-27).

Equal votes leave open who wins, so there may be several lawful seatings. All of them are worked out; what is the same
in all is decided, and an equality matters only if it makes a difference (CT-22). The order in which names were typed
therefore cannot matter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from elections.rules.counting.kin import Kin
from elections.rules.counting.offices import Office, Opening

MOST_SEATINGS = 2000  # seven places and thirteen equals over half: 1716
_MOST_KIN_EQUALS = 11

Level = tuple[str, ...]
Winners = frozenset[str]


class TooManyEquals(ValueError):
    """So many people have the same votes that the possible results cannot be worked out one by one."""

    def __init__(self, count: int):
        super().__init__(f"得票相等的有{count}人，无法逐一推算，请先就得票相等的人再次投票")


@dataclass(frozen=True, slots=True)
class Branch:
    """Equals of whom only some can win: the office, their names, the places between them."""

    office: Office
    names: Winners
    places: int


@dataclass(frozen=True, slots=True)
class Seating:
    """One lawful result. `first`: women seated before others (WN-02); `reserved`: openings with a place kept (WN-03)."""

    seated: frozenset[tuple[Opening, str]] = frozenset()
    branches: frozenset[Branch] = frozenset()
    first: Winners = frozenset()
    reserved: frozenset[Opening] = frozenset()

    @property
    def names(self) -> Winners:
        return frozenset(name for _, name in self.seated)

    def winners(self, office: Office) -> Winners:
        return frozenset(name for opening, name in self.seated if opening.office is office)

    def adding(self, opening: Opening, winners: Winners, branches: frozenset[Branch]) -> "Seating":
        seats = frozenset((opening, name) for name in winners)
        return replace(self, seated=self.seated | seats, branches=self.branches | branches)


@dataclass(frozen=True, slots=True)
class Ranking:
    """People for one office by votes: `levels` of equals, the most votes first, and who must avoid whom."""

    office: Office
    levels: tuple[Level, ...]
    kin: Kin

    def fill(self, places: int, taken: Winners = frozenset()) -> Iterator[tuple[Winners, frozenset[Branch]]]:
        """Return every way to give out the places by votes, passing over near kin of those already seated (CT-27)."""
        if not self.levels or places == 0:
            yield frozenset(), frozenset()
            return
        free = tuple(name for name in self.levels[0] if not self.kin.among(name, taken))
        below = Ranking(self.office, self.levels[1:], self.kin)
        choices = _choices(free, places, self.kin)
        branch = self._branch(free, choices)
        for chosen in choices:
            for rest, branches in below.fill(places - len(chosen), taken | chosen):
                yield chosen | rest, branch | branches

    def _branch(self, free: Level, choices: list[Winners]) -> frozenset[Branch]:
        if len(choices) < 2:
            return frozenset()
        return frozenset({Branch(self.office, frozenset(free), min(len(each) for each in choices))})

    def only(self, names: Winners) -> "Ranking":
        """Return the same order, of these people alone."""
        kept = (tuple(name for name in level if name in names) for level in self.levels)
        return Ranking(self.office, tuple(level for level in kept if level), self.kin)

    def above(self, name: str) -> Winners:
        """Those with more votes."""
        level = next(n for n, names in enumerate(self.levels) if name in names)
        return frozenset(each for names in self.levels[:level] for each in names)

    @property
    def names(self) -> Winners:
        return frozenset(name for level in self.levels for name in level)


def rank(office: Office, votes: Mapping[str, int], settled: Winners, kin: Kin) -> Ranking:
    """Order people by votes; among equals those who won the second vote come first."""
    keys = {name: (-count, name not in settled) for name, count in votes.items()}
    levels = (tuple(sorted(n for n in votes if keys[n] == key)) for key in sorted(set(keys.values())))
    return Ranking(office, tuple(levels), kin)


def _choices(equals: Level, places: int, kin: Kin) -> list[Winners]:
    """Return every set of winners that some order of these equals would give."""
    size = min(places, len(equals))
    if kin.apart(equals):
        if comb(len(equals), size) > MOST_SEATINGS:
            raise TooManyEquals(len(equals))
        return [frozenset(each) for each in combinations(equals, size)]
    if len(equals) > _MOST_KIN_EQUALS:
        raise TooManyEquals(len(equals))
    return _choices_among_kin(equals, size, kin)


def _choices_among_kin(equals: Level, places: int, kin: Kin) -> list[Winners]:
    """Sets without near kin that fill the places, or to which nobody more could be added."""
    apart = [frozenset(each) for size in range(places, 0, -1) for each in combinations(equals, size) if kin.apart(each)]
    return [each for each in apart if len(each) == places or not any(each < larger for larger in apart)]
