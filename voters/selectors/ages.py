"""Who came of age, or became too young, when election day moved (VR-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from elections.models import Election
from voters.models import Omission, Voter, Young
from voters.rules.columns import COLUMNS, GROUP, NAME, SEX
from voters.rules.eligibility import anniversary, old_enough
from voters.sealing import unpack
from voters.selectors.roll import listed, roll_of

MOST_NAMED = 30


@dataclass(frozen=True)
class Shift:
    """What the present election day changes: who may join the list, who has to leave it."""

    young: list[Young]
    of_age: list[Voter]
    too_young: list[Voter]
    rights_back: list[Voter] = field(default_factory=list)  # whose deprivation ends before it (VR-08)
    deprived: list[Voter] = field(default_factory=list)  # on the list, and deprived on that day

    @property
    def joining(self) -> int:
        return len(self.young) + len(self.of_age) + len(self.rights_back)

    @property
    def leaving(self) -> int:
        return len(self.too_young) + len(self.deprived)

    @property
    def empty(self) -> bool:
        return not (self.joining or self.leaving)


NO_SHIFT = Shift([], [], [])


def set_aside(election: Election) -> QuerySet[Young]:
    """Those of the files who were too young, the oldest first; whoever was registered since is none of them."""
    registered = roll_of(election).filter(id_index=OuterRef("id_index"))
    return Young.objects.filter(~Exists(registered), election=election).order_by("birth", "pk")


def shift_of(election: Election) -> Shift:
    """Compare everybody near the limit with election day as it stands."""
    day, policy = election.poll_day, election.policy
    if day is None:
        return NO_SHIFT
    near = anniversary(day, -policy.voting_age - 1)  # nobody born before is in doubt

    def old(birth) -> bool:
        return old_enough(birth, day, policy)

    with_facts = roll_of(election).select_related("facts")
    left_out = with_facts.filter(omission=Omission.UNDER_AGE)
    return Shift(
        [each for each in set_aside(election) if old(each.birth)],
        [each for each in left_out if old(each.birth)],
        [each for each in listed(election).filter(birth__gte=near).select_related("facts") if not old(each.birth)],
        list(with_facts.filter(omission=Omission.DEPRIVED, facts__deprived_until__lt=day)),
        list(with_facts.filter(listed=True, facts__deprived_until__gte=day)),
    )


@dataclass(frozen=True)
class YoungLine:
    """Somebody who was set aside, as his file has him; from which day on he is of age."""

    name: str
    sex: str
    group: str
    of_age_on: date


def young_lines(young: Iterable[Young], election: Election) -> list[YoungLine]:
    """Their rows opened; the number stays where it is."""
    return [_line(each, election.policy.voting_age) for each in young]


def _line(young: Young, age: int) -> YoungLine:
    said = _cells(young)
    return YoungLine(said[NAME], said[SEX], said[GROUP], anniversary(young.birth, age))


def _cells(young: Young) -> dict[str, str]:
    return dict(zip(COLUMNS, unpack(young.row_sealed, young, "row_sealed") or [""] * len(COLUMNS), strict=True))


def names_of(shift: Shift) -> list[tuple[str, str, str]]:
    """Name, group and what becomes of each; the first of a long list."""
    young = [(said[NAME], said[GROUP]) for said in map(_cells, shift.young[:MOST_NAMED])]
    found = [(*person, "年满18周岁") for person in young]
    rows = (
        (shift.of_age, "年满18周岁"),
        (shift.rights_back, "恢复政治权利"),
        (shift.too_young, "未满18周岁"),
        (shift.deprived, "被剥夺政治权利"),
    )
    found += [(each.name, each.group, words) for voters, words in rows for each in voters]
    return found[:MOST_NAMED]
