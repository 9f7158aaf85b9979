"""The roll broken down by group, sex and listing in one statement: totals, groups and omissions are read from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Min

from elections.models import Election
from voters.models import Omission
from voters.selectors.roll import roll_of

WITHOUT_GROUP = "未分组"


@dataclass(frozen=True)
class Totals:
    """Numbers of people registered, on the list, left out; men and women of those on the list."""

    registered: int
    listed: int
    men: int
    women: int

    @property
    def left_out(self) -> int:
        return self.registered - self.listed


@dataclass(frozen=True)
class GroupCount:
    """One 村民小组 on the notice."""

    name: str
    total: int
    men: int
    women: int


@dataclass(frozen=True)
class Cell:
    """So many rows of one group, one sex, listed or left out; ``omission`` is empty for those on the list."""

    group: str
    sex: str
    omission: str
    count: int


class Breakdown:
    """The cells in the order of the roll."""

    def __init__(self, election: Election) -> None:
        cells = roll_of(election).values("group", "sex", "omission").annotate(n=Count("pk"), first=Min("place"))
        self._cells = [Cell(*row) for row in cells.order_by("first").values_list("group", "sex", "omission", "n")]

    @property
    def _listed(self) -> Iterator[Cell]:
        return (cell for cell in self._cells if not cell.omission)

    @property
    def totals(self) -> Totals:
        sexes: Counter[str] = Counter()
        for cell in self._listed:
            sexes[cell.sex] += cell.count
        return Totals(sum(cell.count for cell in self._cells), sexes["M"] + sexes["F"], sexes["M"], sexes["F"])

    @property
    def names(self) -> list[str]:
        """The names of the groups, in the order of the roll."""
        return list(dict.fromkeys(cell.group for cell in self._cells))

    @property
    def groups(self) -> list[GroupCount]:
        """Those on the list by group, in the order of the roll."""
        found: dict[str, Counter[str]] = {}
        for cell in self._listed:
            found.setdefault(cell.group, Counter())[cell.sex] += cell.count
        return [GroupCount(name or WITHOUT_GROUP, s.total(), s["M"], s["F"]) for name, s in found.items()]

    @property
    def omissions(self) -> list[tuple[str, str, int]]:
        """Code, word and number of those who are not on the list, the most first."""
        codes: Counter[str] = Counter()
        for cell in self._cells:
            codes[cell.omission] += cell.count
        return [(code, Omission(code).label, count) for code, count in codes.most_common() if code]
