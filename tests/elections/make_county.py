"""A county of many villages at once: some in every stage, voting on different days, some overdue."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import cycle

from elections.models import Area, Election
from elections.rules import policy
from elections.rules.kinds import Body, Stage, Standing
from tests.make import COUNTY, a_cycle, an_area

A_TOWN = 30  # villages
STAGES = (Stage.PREPARATION, Stage.AUDIT, Stage.REGISTRATION, Stage.NOMINATION, Stage.VETTING, Stage.VOTING)


def a_county(villages: int, today: date) -> list[Election]:
    """The committees' elections of so many villages: nothing of them was ever shown in a list."""
    an_area(COUNTY)
    codes = [f"{COUNTY}{101 + place // A_TOWN}{201 + place % A_TOWN}" for place in range(villages)]
    towns = {code[:9] for code in codes}
    Area.objects.bulk_create(
        [
            *(Area(code=code, name=f"第{code[-3:]}号镇", kind=Area.Kind.TOWN) for code in sorted(towns)),
            *(Area(code=code, name=f"{code[6:9]}镇{code[-3:]}村", kind=Area.Kind.VILLAGE) for code in codes),
        ]
    )
    term, values = a_cycle(), policy.freeze(policy.load())
    bodies = [
        Election(
            village_id=code, cycle=term, body=body, pack=term.pack, policy_values=values, stage=stage,
            poll_day=today + timedelta(days=place % 40 - 5), registration_start=today,
            standing=Standing.SUSPENDED if place % 50 == 49 else Standing.ACTIVE,
        )
        for (place, code), stage in zip(enumerate(codes), cycle(STAGES), strict=False)
        for body in Body
    ]  # fmt: skip
    made = Election.objects.bulk_create(bodies)
    return [each for each in made if each.body == Body.VILLAGERS_COMMITTEE]
