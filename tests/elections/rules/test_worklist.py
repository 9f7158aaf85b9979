"""The lists of tasks: nothing counts as done before there was anything to do."""

from __future__ import annotations

import pytest

from elections.rules.kinds import Body, Stage
from elections.rules.policy import load
from elections.rules.worklist import states_of
from tests.elections.rules.guards.facts import SLATE, a_nominee, change, ready

POLICY = load("national-2025")


def state(stage: Stage, key: str, **changes):
    facts = change(ready(stage), **changes)
    return next(each for each in states_of(Body.VILLAGERS_COMMITTEE, stage, facts, POLICY) if each.task.key == key)


@pytest.mark.parametrize(
    ("stage", "key", "nothing_yet"),
    [
        (Stage.NOMINATION, "nominees", {"nomination": {"seats_meeting": None, "seats": {}, "nominees": ()}}),
        (
            Stage.VETTING,
            "conclude",
            {"nomination": {"nominees": (a_nominee("甲", "chair", first_check=""), *SLATE[1:])}},
        ),
        (Stage.REGISTRATION, "objections", {"registration": {"published_on": None}}),
    ],
)
def test_a_task_waits_for_what_it_rests_on(stage, key, nothing_yet):
    assert (state(stage, key).done, state(stage, key).waiting) == (True, False)
    found = state(stage, key, **nothing_yet)
    assert (found.done, found.waiting) == (False, True)
    assert found.task.waits
