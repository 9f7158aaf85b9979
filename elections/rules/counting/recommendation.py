"""Putting the two recommendations together (两推: Party members and villagers, PB-23)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Model = Literal["raw", "rate"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One recommendation: its weight, the ballots returned, the votes of each name. Raises ValueError."""

    weight: Fraction
    ballots: int
    votes: Mapping[str, int]

    def __post_init__(self) -> None:
        if self.weight < 0:
            raise ValueError("权重不能小于0")
        over = [name for name, votes in self.votes.items() if votes > self.ballots]
        if over:
            raise ValueError(f"{'、'.join(over)}的得票多于收回的{self.ballots}张票")

    def score(self, name: str, model: Model) -> Fraction:
        """Weighted votes, or weighted share of the ballots."""
        votes = self.votes.get(name, 0)
        return self.weight * (Fraction(votes, self.ballots or 1) if model == "rate" else votes)


def ranking(voices: tuple[Voice, ...], model: Model) -> tuple[tuple[str, Fraction], ...]:
    """Return everybody recommended with the exact score, the highest first; equals by name."""
    names = {name for voice in voices for name in voice.votes}
    scores = {name: sum((voice.score(name, model) for voice in voices), Fraction()) for name in names}
    return tuple(sorted(scores.items(), key=lambda each: (-each[1], each[0])))
