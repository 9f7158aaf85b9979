"""Persons for tests of the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from config.demo import people
from elections.models import Election, Person
from elections.rules.persons import Entry
from elections.selectors.persons import Chosen, by_key
from elections.services.persons import add_person
from tests.make import an_actor
from voters.models import Voter


def an_entry(name: str = "王伟", group: str = "3组", year: int = 1975, sex: str = "M", **more) -> Entry:
    """What a clerk enters of one person, born on the sixth of May."""
    return Entry(name, sex, date(year, 5, 6), group, **more)


def a_person(election: Election, name: str = "王伟", label: str = "", sex: str = "M", **fields) -> Person:
    """Somebody in the register of the election's village."""
    return Person.objects.create(village=election.village, name=name, label=label or name, sex=sex, **fields)


def two_wangs(election: Election) -> tuple[Person, Person]:
    """王伟 of the third group and 王伟 of the fifth."""
    actor = an_actor()
    one = add_person(election.village, an_entry(), actor=actor)
    other = add_person(election.village, an_entry(group="5组"), actor=actor)
    one.refresh_from_db()
    return one, other


def recorded(election: Election, voter: Voter) -> Person:
    """The record made of somebody's row of the roll."""
    chosen = by_key(election, f"v-{voter.pk}")
    assert chosen is not None and chosen.row is not None
    return add_person(election.village, chosen.row.entry, actor=an_actor())


def somebody_new(name: str, sex: str = "M", **fields) -> Chosen:
    """Somebody who is in no list yet, as a form names him."""
    return Chosen(new=Entry(name, sex, **fields))


def renamed(villagers: Sequence[people.Person], called: Mapping[int, tuple[str, str]]) -> list[people.Person]:
    """The invented people of a village, some with other names and groups; ``called``: by their place."""
    return [
        replace(each, name=called[place][0], group=called[place][1]) if place in called else each
        for place, each in enumerate(villagers)
    ]
