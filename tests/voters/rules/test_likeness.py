"""Names that may be one person's, and the pairs of the roll (VR-07)."""

from datetime import date

import pytest
from django.test import Client

from elections.selectors.counts import counts
from office.screens.desk import registered_twice
from tests.make import TOWN, a_user, an_actor
from tests.voters.make_voters import a_clerk, a_roll_election, a_typed_row, a_voter, an_id
from voters.rules.likeness import likeness
from voters.selectors.duplicates import listed_twice, pairs_within, same_person_elsewhere
from voters.services.registering import register_voter

OTHER, FAR = "990100101202", "990100102201"
BIRTH = date(1980, 5, 6)


@pytest.mark.parametrize(
    ("name", "other", "how"),
    [
        ("王芳", "王芳", "同名"),
        ("李国升", "李國昇", "异体字"),
        ("张伟", "章玮", "同音"),
        ("欧阳修文", "欧阳修武", "差一个字"),
        ("王小明", "王小刚", "差一个字"),
        ("王芳", "王丽", None),
        ("王芳", "李芳", None),
        ("王小明", "李大刚", None),
    ],
)
def test_in_what_two_names_are_alike(name, other, how):
    assert likeness(name, other) == likeness(other, name) == how


@pytest.mark.django_db
def test_pairs_of_one_village_are_those_born_on_one_day_with_alike_names():
    election = a_roll_election()
    for serial, name in ((1, "王小明"), (3, "王小刚"), (5, "李大海")):
        a_voter(election, serial, 姓名=name, 身份证号=an_id(serial, BIRTH))
    a_voter(election, 7, 姓名="王小明")
    assert [(pair.one.name, pair.other.name, pair.how) for pair in pairs_within(election)] in (
        [("王小明", "王小刚", "差一个字")],
        [("王小刚", "王小明", "差一个字")],
    )


@pytest.mark.django_db
def test_the_township_learns_where_somebody_is_listed_and_only_of_its_own_villages():
    here, there, far = a_roll_election(), a_roll_election(OTHER), a_roll_election(FAR)
    a_voter(there, 1)
    register_voter(here, a_typed_row(1), circumstances={}, checked=False, actor=a_clerk(), despite_elsewhere=True)
    register_voter(far, a_typed_row(1), circumstances={}, checked=False, actor=a_clerk(FAR), despite_elsewhere=True)
    [pair] = listed_twice(an_actor("township", TOWN))
    assert (pair.one.election_id, pair.other.election_id) == (here.pk, there.pk)
    assert len(listed_twice(an_actor("county"))) == 2
    assert listed_twice(a_clerk()) == []
    assert counts(**registered_twice(an_actor("township", TOWN))) == {"twice": 1}  # what the desk tells
    assert counts(**registered_twice(an_actor("county"))) == {"twice": 2}
    assert registered_twice(a_clerk()) == registered_twice(an_actor("inspector")) == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "page"), [("township", "/desk/"), ("county", "/overview/")])
def test_the_first_screen_leads_to_who_is_registered_twice(role, page):
    a_roll_election()
    browser = Client()
    browser.force_login(a_user(role), backend="django.contrib.auth.backends.ModelBackend")
    assert 'href="/duplicates/"' in browser.get(page).content.decode()


@pytest.mark.django_db
def test_one_name_and_day_with_two_numbers_in_two_villages_is_a_hint():
    here, there = a_roll_election(), a_roll_election(OTHER)
    a_voter(here, 1, 姓名="王芳", 身份证号=an_id(1, BIRTH))
    a_voter(there, 3, 姓名="王芳", 身份证号=an_id(3, BIRTH))
    a_voter(there, 5, 姓名="李芳", 身份证号=an_id(5, BIRTH))
    [pair] = same_person_elsewhere(an_actor("township", TOWN))
    assert {pair.one.election_id, pair.other.election_id} == {here.pk, there.pk}
