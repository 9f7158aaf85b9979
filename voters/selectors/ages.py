"""People who came of age, or became too young, when election day moved (VR-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from elections.models import Election
from voters.models import Omission, Voter, Young
from voters.rules.columns import COLUMNS, GROUP, NAME, SEX
from voters.rules.eligibility import anniversary, old_enough
from voters.sealing import unpack
from voters.selectors.roll import roll_of

MOST_NAMED = 30


@dataclass(frozen=True)
class Shift:
    """Changes demanded by the present election day: who may join the list, who has to leave it."""

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
    """Return those of the files who were too young, the oldest first; whoever was registered since is none of them."""
    registered = roll_of(election).filter(id_index=OuterRef("id_index"))
    return Young.objects.filter(~Exists(registered), election=election).order_by("birth", "pk")


def shift_of(election: Election) -> Shift:
    """Compare everybody near the limit with election day as it stands."""
    if election.poll_day is None:
        return NO_SHIFT
    near = list(_near([election]).select_related("circumstances"))
    until = [getattr(getattr(each, "circumstances", None), "deprived_until", None) for each in near]
    fates = [
        _fates(each.birth, each.listed, each.omission, day, election) for each, day in zip(near, until, strict=True)
    ]

    def rows_of(fate: Fate) -> list[Voter]:
        return [each for each, found in zip(near, fates, strict=True) if fate in found]

    young = [each for each in set_aside(election) if _old(each.birth, election)]
    return Shift(
        young, rows_of(Fate.OF_AGE), rows_of(Fate.TOO_YOUNG), rows_of(Fate.RIGHTS_BACK), rows_of(Fate.DEPRIVED)
    )


@dataclass
class Count:
    """Numbers of those who would join the list, leave it, and were set aside as too young."""

    joining: int = 0
    leaving: int = 0
    set_aside: int = 0

    @property
    def empty(self) -> bool:
        return not (self.joining or self.leaving)


def shifts_of(elections: Iterable[Election]) -> dict[int, Count]:
    """Return the size of the shift of each election with a day, in one statement; days and codes are all it reads of
    anybody."""
    rolls = {each.pk: each for each in elections if each.poll_day}
    if not rolls:
        return {}
    registered = Voter.objects.filter(election=OuterRef("election"), id_index=OuterRef("id_index"))
    young = Young.objects.filter(~Exists(registered), election__in=rolls).order_by()
    near = _near(rolls.values()).order_by()
    rows = _columns(near, listed=F("listed"), omission=F("omission"), until=F("circumstances__deprived_until")).union(
        _columns(young, listed=Value(False), omission=Value(SET_ASIDE), until=NO_DAY), all=True
    )
    found = {pk: Count() for pk in rolls}
    for pk, birth, listed, omission, until in rows:
        fates = _fates(birth, listed, omission, until, rolls[pk])
        found[pk].joining += sum(fate.joins for fate in fates)
        found[pk].leaving += sum(not fate.joins for fate in fates)
        found[pk].set_aside += omission == SET_ASIDE
    return found


SET_ASIDE = "SET_ASIDE"  # beside the codes of omissions: not registered, in a file only
NO_DAY = Cast(Value(None), DateField())


def _columns(rows: QuerySet[Any], **shown: Any) -> QuerySet[Any]:
    """Return election, day of birth, listed, omission, last day of a deprivation: the same of both tables."""
    named = {f"its_{name}": expression for name, expression in shown.items()}
    return rows.annotate(**named).values_list("election_id", "birth", *named)


def _near(elections: Iterable[Election]) -> QuerySet[Voter]:
    """Return everybody whose place on the list may hang on election day; nobody born before the first of these is in
    doubt."""
    rolls = list(elections)
    first = min(anniversary(each.poll_day, -each.policy.voting_age - 1) for each in rolls if each.poll_day)
    asked = Q(omission=Omission.UNDER_AGE) | Q(omission=Omission.DEPRIVED, circumstances__deprived_until__isnull=False)
    asked |= Q(listed=True, birth__gte=first) | Q(listed=True, circumstances__deprived_until__isnull=False)
    return Voter.objects.filter(asked, election__in=[each.pk for each in rolls])


class Fate(Enum):
    """The fate of somebody under the present election day."""

    OF_AGE, TOO_YOUNG, RIGHTS_BACK, DEPRIVED = "of_age", "too_young", "rights_back", "deprived"

    @property
    def joins(self) -> bool:
        return self in (Fate.OF_AGE, Fate.RIGHTS_BACK)


def _fates(birth: date, listed: bool, omission: str, until: date | None, election: Election) -> list[Fate]:
    """``until``: the last day of a deprivation of political rights (VR-08)."""
    day = election.poll_day
    assert day is not None  # the callers leave out elections without one
    held = {
        Fate.OF_AGE: omission in (Omission.UNDER_AGE, SET_ASIDE) and _old(birth, election),
        Fate.TOO_YOUNG: listed and not _old(birth, election),
        Fate.RIGHTS_BACK: omission == Omission.DEPRIVED and until is not None and until < day,
        Fate.DEPRIVED: listed and until is not None and until >= day,
    }
    return [fate for fate, holds in held.items() if holds]


def _old(birth: date, election: Election) -> bool:
    assert election.poll_day is not None
    return old_enough(birth, election.poll_day, election.policy)


@dataclass(frozen=True)
class YoungLine:
    """Somebody who was set aside, as the file has them, and the day from which they are of age."""

    name: str
    sex: str
    group: str
    of_age_on: date


def young_lines(young: Iterable[Young], election: Election) -> list[YoungLine]:
    """Open their rows; the number stays sealed."""
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
