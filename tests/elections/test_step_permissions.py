"""A step's address asks for the row of the table that its name says."""

from __future__ import annotations

import pytest
from django.urls import resolve

from elections.models import Role
from elections.permissions import TABLE, rules_of
from elections.rules.kinds import Stage
from tests.make import COUNTY, VILLAGE, a_user, an_election

pytestmark = pytest.mark.django_db
STEPS = f"/villages/{VILLAGE}/steps"


def test_the_addresses_of_steps_and_acts_name_the_rows_they_stand_for():
    step, standing = resolve(f"{STEPS}/open_poll/").func, resolve(f"/villages/{VILLAGE}/standing/annul/").func
    assert (step.permission, standing.permission) == ("step.{step}", "standing.{act}")
    assert rules_of(standing.permission) == ("standing.suspend", "standing.resume", "standing.annul", "standing.close")
    assert set(rules_of(step.permission)) == {name for name in TABLE if name.startswith("step.")}
    assert rules_of("roll.view") == ("roll.view",)
    assert rules_of("roll.nothing") == ()


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        (Role.TOWNSHIP, f"{STEPS}/hand_over/", 200),
        (Role.VILLAGE, f"{STEPS}/hand_over/", 403),
        (Role.VILLAGE, f"{STEPS}/open_poll/", 200),
        (Role.COUNTY, f"{STEPS}/open_poll/", 403),
        (Role.TOWNSHIP, f"{STEPS}/nowhere/", 404),
        (Role.TOWNSHIP, f"{STEPS}/waive/", 404),
        (Role.COUNTY, f"/villages/{VILLAGE}/standing/annul/", 200),
        (Role.TOWNSHIP, f"/villages/{VILLAGE}/standing/annul/", 403),
        (Role.COUNTY, f"/villages/{VILLAGE}/standing/nothing/", 404),
    ],
)
def test_who_may_is_looked_up_under_the_name_in_the_address(client, role, address, status):
    an_election(Stage.VOTING)
    code = COUNTY if role == Role.COUNTY else None
    client.force_login(a_user(role, code))
    assert client.get(address).status_code == status
