"""How persons of one name are told apart on the lists, ballots and papers of a village.

Whoever shares his name with nobody is called by the bare name. Of namesakes each gets the shortest of these that is his
alone: 王伟（3组）, 王伟（3组，1975年生）, 王伟（3组，1975年生，东头). One of whom nothing is known may keep the bare name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Described:
    """What tells a person from his namesakes. ``kept``: the label that stands on what was posted and cannot change."""

    name: str
    group: str = ""
    birth: date | None = None
    mark: str = ""
    kept: str = ""

    @property
    def traits(self) -> tuple[str, ...]:
        """What is known of him, the plainest first."""
        year = f"{self.birth.year}年生" if self.birth else ""
        return tuple(each for each in (self.group, year, self.mark) if each)

    @property
    def full(self) -> str:
        """王伟（3组，1975年生）: with everything, as lists of choices show him."""
        return with_traits(self.name, self.traits)


def with_traits(name: str, traits: Sequence[str]) -> str:
    return f"{name}（{'，'.join(traits)}）" if traits else name


def label_in(label: str, home: str) -> str:
    """What he is called in another village than his own: 王伟 → 王伟（石门村）, 王伟（3组） → 王伟（石门村，3组）."""
    name, bracket, traits = label.partition("（")
    return with_traits(name, (home, traits.removesuffix("）"))) if bracket else with_traits(name, (home,))


def labels(people: Sequence[Described]) -> tuple[str, ...]:
    """A label for each, in order. They are distinct unless :func:`alike` names two."""
    clusters: dict[str, list[Described]] = {}
    for each in people:
        clusters.setdefault(each.name, []).append(each)
    return tuple(_label(each, clusters[each.name]) for each in people)


def alike(people: Sequence[Described]) -> tuple[Described, Described] | None:
    """Two that cannot be told apart yet; one of them needs a mark, or a group, or a day of birth."""
    first: dict[str, Described] = {}
    for each, label in zip(people, labels(people), strict=True):
        if label in first:
            return first[label], each
        first[label] = each
    return None


def _label(one: Described, cluster: Sequence[Described]) -> str:
    if one.kept:
        return one.kept
    if len(cluster) == 1:
        return one.name
    rungs = _rungs(one)
    taken = Counter(label for each in cluster for label in _claims(each))
    return next((label for label in rungs if taken[label] == 1), rungs[-1])


def _rungs(one: Described) -> list[str]:
    """From the shortest label to the longest; the bare name only where nothing is known."""
    traits = one.traits
    return [with_traits(one.name, traits[:length]) for length in range(1, len(traits) + 1)] or [one.name]


def _claims(one: Described) -> Iterable[str]:
    """The labels that could be his: nobody else gets one of them."""
    return {*_rungs(one), one.kept} - {""} if one.kept else _rungs(one)


def may_be(one: Described, other: Described) -> bool:
    """Whether two of one name may be one person: nothing that is known of both differs."""
    days = one.birth is None or other.birth is None or one.birth == other.birth
    return one.name == other.name and days and _same_group(one.group, other.group)


def _same_group(one: str, other: str) -> bool:
    """3组 is 第3村民小组; a group that is not known is no other."""
    numbers = ["".join(filter(str.isdigit, each)) for each in (one, other)]
    return not (one and other) or one == other or ("" not in numbers and numbers[0] == numbers[1])


def why_not_named(one: Described, others: Iterable[Described]) -> str | None:
    """Why this person cannot be entered among those who are in the register."""
    namesakes = [each for each in others if each.name == one.name]
    if not namesakes:
        return None
    if not one.traits:
        return f"已经有一位{one.name}。请填写小组或者出生日期，才能和同名的{one.name}区分开。"
    if alike([*namesakes, one]):
        same = with_traits(one.name, one.traits)
        return f"已经有一位{same}。是同一人的请选择已有的人员；不是同一人的，请填写区别同名的字样。"
    return None


@dataclass(frozen=True)
class Entry:
    """One person as a clerk enters or corrects him; what is not known stays empty. Codes as in ``codes``."""

    name: str
    sex: str
    birth: date | None = None
    group: str = ""
    mark: str = ""
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    nation: str = ""
    education: str = ""
    politics: str = ""
    joined_on: date | None = None
    present_work: str = ""
    callings: tuple[str, ...] = ()

    @property
    def described(self) -> Described:
        return Described(self.name, self.group, self.birth, self.mark)
