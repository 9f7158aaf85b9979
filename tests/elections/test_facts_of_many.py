"""The facts of many elections at once: as they were when each election was asked by itself, in as few statements."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from elections.models import Area, Election, Training
from elections.rules.facts import Facts, PartyFacts
from elections.rules.kinds import Body, Stage
from elections.selectors.facts import facts_for, facts_for_many
from elections.selectors.steps import open_problems
from tests.elections.mixed_county import NOON, OBJECTIONS, TODAY, VETTING, a_mixed_county, every_election
from tests.make import rows_of_module

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BEFORE = Path(__file__).with_name("facts_of_mixed_county.txt")  # what the gathering one by one said


@pytest.fixture(scope="module")
def rows(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Twelve villages, 37 elections."""
    with rows_of_module(django_db_blocker):
        with time_machine.travel(NOON, tick=False):
            a_mixed_county()
        yield


@pytest.fixture
def county(rows: None) -> Iterator[list[Election]]:
    """All elections, the clock standing still."""
    with time_machine.travel(NOON, tick=False):
        yield every_election()


def told(value: Any) -> str:
    """Facts as one line: what differs from "nothing is known"; mappings by their keys."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {told(item)}" for key, item in sorted(value.items())) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(told, value)) + ")"
    if not dataclasses.is_dataclass(value):
        return str(value)
    given = {each.name: getattr(value, each.name) for each in dataclasses.fields(value) if _is_said(value, each)}
    return "[" + " ".join(f"{name}={told(item)}" for name, item in given.items()) + "]"


def _is_said(value: Any, field: dataclasses.Field) -> bool:
    if field.name == "person":  # the key of a record, another in every run
        return False
    default = field.default_factory() if callable(field.default_factory) else field.default
    return getattr(value, field.name) != default


def line(election: Election, facts: Facts) -> str:
    return f"{election.village_id} {election.body} {election.attempt} {told(facts)}"


def asked(elections: list[Election]) -> int:
    """Statements for everything the rules may know of these."""
    with CaptureQueriesContext(connection) as statements:
        for facts in facts_for_many(elections, TODAY).values():
            told(facts)
    return len(statements)


def test_many_say_what_each_said_by_itself(county):
    many = facts_for_many(county, TODAY)
    assert list(many) == [each.pk for each in county]
    assert [line(each, many[each.pk]) for each in county] == BEFORE.read_text(encoding="utf-8").splitlines()
    assert [told(facts_for(each, TODAY)) for each in county] == [told(many[each.pk]) for each in county]


def bare(number: int) -> list[Election]:
    """The committees' elections of so many more villages, begun and no more."""
    like = Election.objects.filter(body=Body.VILLAGERS_COMMITTEE, stage=Stage.PREPARATION).first()
    areas = [Area(code=f"99010020{each:04}", name=f"测试{each}村", kind="village") for each in range(number)]
    Area.objects.bulk_create(areas)
    Election.objects.bulk_create(
        Election(village=area, cycle=like.cycle, body=like.body, pack=like.pack, policy_values=like.policy_values)
        for area in areas
    )
    return list(Election.objects.filter(village__in=areas).select_related("village", "cycle"))


@pytest.mark.figure
def test_hundreds_are_asked_as_often_as_one(county, figure):
    calm = [each for each in county if each.village_id not in (OBJECTIONS, VETTING)]
    one = {asked([each]) for each in calm}
    figure("facts of one election: statements", now=max(one), promised=8, before=45)
    assert one == {7, 8}  # the eighth: rounds, or who joins and leaves before the vote
    assert (len(calm), asked(calm)) == (31, 9)  # both
    assert asked(county) == 11  # changes that wait for a supplement; a list of proxies put up today
    assert asked(county + bare(600)) == 11


def test_a_step_of_preparation_never_asks_the_roll(county):
    election = next(
        each for each in county if each.stage == Stage.PREPARATION and each.body == Body.VILLAGERS_COMMITTEE
    )
    with CaptureQueriesContext(connection) as statements:
        open_problems(election, today=TODAY)
    assert len(statements) == 4
    assert [each["sql"] for each in statements if 'FROM "voters_' in each["sql"]] == []


def test_what_would_follow_leaves_the_rest_unread(county):
    facts = facts_for(county[0], TODAY)
    with CaptureQueriesContext(connection) as statements:
        given = facts.as_if(approval="清委〔2026〕1号", party=PartyFacts(seats=3))
    assert (given.approval, given.party.seats, facts.approval, facts.party.seats) == ("清委〔2026〕1号", 3, "", 0)
    assert len(statements) == 0
    with pytest.raises(AssertionError):
        facts.as_if(aproval="")


def test_an_act_gathers_anew(county):
    election = next(
        each for each in county if each.stage == Stage.PREPARATION and each.body == Body.VILLAGERS_COMMITTEE
    )
    before = facts_for(election, TODAY)
    assert before.preparation.trainings == ()
    Training.objects.create(election=election, held_on=TODAY, topic="业务", attendees=9)
    assert before.preparation.trainings == ()
    assert facts_for(election, TODAY).preparation.trainings == (TODAY,)
