"""Who came of age, or became too young, when election day moved (VR-05)."""

from __future__ import annotations

from dataclasses import dataclass

from elections.models import Election
from voters import rules
from voters.models import Omission, Voter, Young
from voters.selectors.roll import listed, roll_of


@dataclass(frozen=True)
class Shift:
    """What the present election day changes: rows set aside that are of age now, rows left out, rows listed too young."""

    young: list[Young]
    of_age: list[Voter]
    too_young: list[Voter]

    @property
    def joining(self) -> int:
        return len(self.young) + len(self.of_age)

    @property
    def empty(self) -> bool:
        return not (self.joining or self.too_young)


def shift_of(election: Election) -> Shift:
    """Compare everybody near the limit with election day as it stands."""
    day, policy = election.poll_day, election.policy
    if day is None:
        return Shift([], [], [])
    near = rules.anniversary(day, -policy.voting_age - 1)  # nobody born before is in doubt

    def old(birth) -> bool:
        return rules.old_enough(birth, day, policy)

    left_out = roll_of(election).filter(omission=Omission.UNDER_AGE).select_related("facts")
    return Shift(
        [each for each in Young.objects.filter(election=election) if old(each.birth)],
        [each for each in left_out if old(each.birth)],
        [each for each in listed(election).filter(birth__gte=near).select_related("facts") if not old(each.birth)],
    )
