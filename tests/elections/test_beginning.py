"""A cycle begins with the elections of every village; a void election is held again as a new record."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from elections.models import Election, Role
from elections.rules import policy
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.machine import Refused
from elections.services.beginning import begin_again, begin_cycle
from tests.make import COUNTY, a_user, an_actor, an_area, an_election

pytestmark = pytest.mark.django_db


def begin(pack: str = "national-2025"):
    return begin_cycle(
        an_area(COUNTY), "第十二届", term_no=12, starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30), pack=pack,
        actor=a_user(Role.COUNTY),
    )  # fmt: skip


def test_a_cycle_begins_with_three_elections_for_each_village():
    an_area("990100101201"), an_area("990100101202")
    cycle = begin("fujian")
    assert cycle.elections.count() == 2 * len(Body)
    election = cycle.elections.first()
    assert (election.stage, election.standing) == (Stage.PREPARATION, Standing.ACTIVE)
    assert election.policy == policy.load("fujian")


def test_nothing_begins_under_a_pack_that_nobody_can_read():
    an_area("990100101201")
    with pytest.raises(policy.PolicyError), transaction.atomic():
        begin("nowhere-2030")
    assert not Election.objects.exists()


def test_a_void_election_is_held_again_and_only_once():
    void = an_election(Stage.VOTING, standing=Standing.ANNULLED)
    actor = an_actor()
    again = begin_again(void, actor=actor)
    assert (again.attempt, again.stage, again.standing) == (2, Stage.PREPARATION, Standing.ACTIVE)
    with pytest.raises(Refused, match="重新选举已经建立"), transaction.atomic():
        begin_again(void, actor=actor)


@pytest.mark.parametrize("standing", [Standing.ACTIVE, Standing.SUSPENDED, Standing.CLOSED])
def test_only_a_void_election_is_held_again(standing):
    with pytest.raises(Refused, match="只有宣布无效的选举才能重新选举"), transaction.atomic():
        begin_again(an_election(Stage.VOTING, standing=standing), actor=an_actor())


def test_an_election_of_another_cycle_does_not_stand_in_the_way():
    void = an_election(Stage.VOTING, standing=Standing.ANNULLED)
    later = an_election(pack="national-2018", attempt=2)
    assert later.cycle != void.cycle
    assert begin_again(void, actor=an_actor()).cycle == void.cycle


def test_another_village_held_again_does_not_stand_in_the_way_either():
    void = an_election(Stage.VOTING, standing=Standing.ANNULLED)
    an_election(code="990100101202", attempt=2)
    an_election(body=Body.PARTY, attempt=2)
    assert begin_again(void, actor=an_actor()).attempt == 2
