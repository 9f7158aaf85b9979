"""The acts of the register of persons, in one of two villages where people of the same names live."""

from datetime import date

import pytest

from elections.journal import reference
from elections.models import Person, StaffMember
from elections.services import merging, persons
from tests.acts.table import of
from tests.acts.world import HERE, World
from tests.elections.make_persons import an_entry
from tests.footprint import only
from tests.voters.make_voters import an_id
from voters.hourly_limits import SEARCHES

pytestmark = pytest.mark.django_db
NUMBER = an_id(7, date(1975, 5, 6))


def entered(world: World, **more) -> tuple[Person, Person]:
    """The same person by name and group in both villages."""
    here = persons.add_person(world.here.election.village, an_entry(**more), actor=world.township)
    there = persons.add_person(world.there.election.village, an_entry(), actor=world.township)
    return here, there


@of(persons.add_person)
def test_a_namesake_changes_the_label_of_one_village_only(world: World):
    here, _ = entered(world)
    row = StaffMember.objects.create(election=world.here.election, person=here, name=here.label, task="helper")
    line = (HERE, "person.added", "elections.person:new", "relabelled")
    with only(
        at=HERE, by=world.township.user, added=["elections.Person"], changed={here: "label", row: "name"}, lines=[line]
    ):
        persons.add_person(
            world.here.election.village,
            an_entry(group="5组", id_number=NUMBER, phone="13900000000"),
            actor=world.township,
        )


@of(persons.correct_person)
def test_a_correction_says_which_items_and_nothing_of_them(world: World):
    here, _ = entered(world)
    line = (HERE, "person.corrected", reference(here), "items relabelled")
    with only(at=HERE, by=world.township.user, changed={here: "group id_index id_sealed version"}, lines=[line]):
        persons.correct_person(here, an_entry(group="6组", id_number=NUMBER), version=0, actor=world.township)


@of(merging.merge_persons)
def test_two_records_of_one_village_become_one(world: World):
    here, _ = entered(world)
    other = persons.add_person(world.here.election.village, an_entry(group="5组"), actor=world.township)
    row = StaffMember.objects.create(election=world.here.election, person=other, name=other.label, task="helper")
    line = (HERE, "person.merged", reference(other), "into rows")
    with only(
        at=HERE, by=world.township.user,
        changed={here: "label version", other: "label merged_into_id merged_why", row: "name person_id"}, lines=[line],
    ):  # fmt: skip
        merging.merge_persons(here, other, "户口簿核对", actor=world.township)


@of(persons.by_last_four)
def test_a_search_by_the_last_four_digits_is_counted_and_noted(world: World):
    here, _ = entered(world, id_number=NUMBER)
    election = world.here.election
    line = (HERE, "person.searched_by_number", reference(election), "body found")
    with only(by=world.township.user, added=["voters.Tally"], lines=[line]):
        found = persons.by_last_four(election, NUMBER[-4:], actor=world.township)
    assert here in [each.person for each in found]
    assert SEARCHES.most == 60
