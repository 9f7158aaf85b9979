"""The invented people as the register of persons takes them."""

from __future__ import annotations

from config.demo.people import Person
from elections.rules.persons import Entry
from elections.selectors.persons import Chosen, record_of_number


def who(villager: Person) -> Chosen:
    """One of the invented people, as a form names him."""
    entry = Entry(villager.name, villager.sex, villager.birth, villager.group, id_number=villager.id_number)
    known = record_of_number(villager.id_number)
    return Chosen(known) if known else Chosen(new=entry)
