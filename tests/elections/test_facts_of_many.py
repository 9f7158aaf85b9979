"""The facts of many elections at once: as they were when each election was asked by itself, in as few statements."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from elections.facts import Facts
from elections.models import Election
from elections.selectors.facts import facts_for, facts_for_many
from tests.elections.mixed_county import NOON, TODAY, a_mixed_county, every_election

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BEFORE = Path(__file__).with_name("facts_of_mixed_county.txt")  # what the gathering one by one said


@pytest.fixture
def county():
    """Twelve villages, 37 elections, the clock standing still."""
    with time_machine.travel(NOON, tick=False):
        a_mixed_county()
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
