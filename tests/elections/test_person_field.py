"""The field that asks for a person: found, picked among several, new only when asked; without any script."""

from datetime import date

import pytest
from django import forms
from django.http import HttpRequest

from elections.forms.fields import PlainForm
from elections.forms.persons import NamesPersons, PersonField, ask_in
from elections.models import Area, JournalEntry, Person, Role
from elections.rules.machine import Refused
from elections.sealing import numbers_of
from elections.services.act import act
from elections.services.lines import note
from elections.services.persons import add_person, person_of
from tests.elections.make_pages import a_browser
from tests.elections.make_persons import an_entry
from tests.make import an_actor, an_area
from tests.voters.make_voters import a_roll_election, a_voter, an_id
from voters.hourly_limits import SEARCHES
from voters.models import Tally

pytestmark = pytest.mark.django_db


class Asks(NamesPersons, PlainForm):
    helper = PersonField(label="工作人员")
    other = PersonField(label="另一人", required=False)

    def __init__(self, *args, election, **kwargs):
        super().__init__(*args, **kwargs)
        self.election = election


@act("test.named", "测试点名")
def named(election, chosen, *, actor):
    person = person_of(chosen, election.village, actor=actor)
    note(election, {})
    return person


@pytest.fixture
def election():
    return a_roll_election()


def asked(election, request=None, **data) -> Asks:
    form = Asks(data, election=election, prefix="x") if data else Asks(election=election, prefix="x")
    if request:
        ask_in(form, request)
    return form


def chosen(form):
    assert form.is_valid(), form.errors
    return form.cleaned_data["helper"]


def put_in(election, *entries) -> list[Person]:
    return [add_person(election.village, each, actor=an_actor()) for each in entries]


def test_one_of_the_register_is_taken_by_name_initials_or_label(election):
    (wei,) = put_in(election, an_entry())
    for text in ("王伟", "ww", " 王伟 "):
        assert chosen(asked(election, **{"x-helper": text})).person == wei
    assert asked(election, **{"x-helper": "王伟"}).is_valid()


def test_namesakes_are_listed_by_group_and_year_and_one_is_picked(election):
    one, other = put_in(election, an_entry(), an_entry(group="5组"))
    form = asked(election, **{"x-helper": "王伟"})
    assert form.errors["helper"] == ["有2人符合“王伟”。请选择其中一人。"]
    page = str(form["helper"])
    assert "王伟（3组，1975年生）" in page
    assert "王伟（5组，1975年生）" in page
    assert f'value="p-{other.pk}"' in page
    assert chosen(asked(election, **{"x-helper": "王伟", "x-helper_picked": f"p-{other.pk}"})).person == other
    one.refresh_from_db()
    assert chosen(asked(election, **{"x-helper": "王伟（3组）"})).person == one
    stale = asked(election, **{"x-helper": "李娜", "x-helper_picked": f"p-{other.pk}"})
    assert not stale.is_valid()


def test_a_row_of_the_roll_becomes_a_record_once(election):
    voter = a_voter(election, 1, 姓名="王伟", 政治面貌="党员")
    one = chosen(asked(election, **{"x-helper": "王伟"}))
    assert one.row.pk == voter.pk
    assert one.person is None
    actor = an_actor()
    person = named(election, one, actor=actor)
    assert (person.name, person.group, person.birth, person.politics, person.nation) == (
        "王伟", voter.group, voter.birth, "01", "01",
    )  # fmt: skip
    assert numbers_of([person]) == [one.row.entry.id_number]
    assert bytes(person.id_sealed) != bytes(voter.id_sealed)
    assert named(election, one, actor=actor) == person
    assert chosen(asked(election, **{"x-helper": "王伟"})).person == person
    assert Person.objects.count() == 1


def test_nobody_is_made_unless_asked(election):
    form = asked(election, **{"x-helper": "赵敏"})
    assert form.errors["helper"] == [
        "人员名册和选民名单上没有“赵敏”。请核对姓名；确是新的人员的，请勾选“登记新的人员”。"
    ]
    assert '<details class="person-new" open>' in str(form["helper"])
    assert '<details class="person-new">' in str(asked(election)["helper"])


def test_somebody_new_is_made_when_asked(election):
    data = {"x-helper": "赵 敏", "x-helper_new-is_new": "on"}
    assert asked(election, **data).errors["helper"] == ["性别没有选择。请选择一项。"]
    data |= {"x-helper_new-sex": "F", "x-helper_new-group": "3组", "x-helper_new-birth": "1980.1.2"}
    one = chosen(asked(election, **data))
    person = named(election, one, actor=an_actor())
    assert (person.label, person.sex, person.group, person.birth) == ("赵敏", "F", "3组", date(1980, 1, 2))


def test_somebody_new_who_cannot_be_told_from_a_namesake_is_refused_at_the_field(election):
    put_in(election, an_entry())
    data = {"x-helper": "王伟", "x-helper_new-is_new": "on", "x-helper_new-sex": "M"}
    assert asked(election, **data).errors["helper"] == [
        "已经有一位王伟。请填写小组或者出生日期，才能和同名的王伟区分开。"
    ]
    one = chosen(asked(election, **data, **{"x-helper_new-group": "5组"}))
    assert named(election, one, actor=an_actor()).label == "王伟（5组）"
    assert Person.objects.get(group="3组").label == "王伟（3组）"


def test_the_last_four_digits_are_counted_noted_and_only_looked_for_by_somebody(election):
    actor = an_actor()
    number = an_id(7)
    (wei,) = put_in(election, an_entry(id_number=number))
    assert not asked(election, **{"x-helper": number[-4:]}).is_valid()
    request = HttpRequest()
    request.actor, request.after_refusal = actor, []
    form = asked(election, request, **{"x-helper": number[-4:].lower()})
    assert chosen(form).person == wei
    str(form["helper"])
    assert Tally.objects.get(user=actor.user).count == 1
    assert JournalEntry.objects.get(act="person.searched_by_number").actor == actor.user
    request.after_refusal[0]()
    assert Tally.objects.get(user=actor.user).count == 2
    assert f'type="hidden" name="x-helper_picked" value="p-{wei.pk}"' in str(form["helper"])
    again = asked(election, request, **{"x-helper": number[-4:], "x-helper_picked": f"p-{wei.pk}"})
    assert chosen(again).person == wei
    assert Tally.objects.get(user=actor.user).count == 2
    Tally.objects.update(count=SEARCHES.most)
    with pytest.raises(Refused, match="请改用姓名查找"):
        asked(election, request, **{"x-helper": number[-4:]}).is_valid()


def test_a_field_begins_with_the_person_of_the_row(election):
    (wei,) = put_in(election, an_entry())
    form = Asks(election=election, initial={"helper": wei})
    assert 'value="王伟"' in str(form["helper"])
    assert not Asks({"helper": "王伟"}, election=election, initial={"helper": wei}).has_changed()
    assert Asks({"helper": "李娜"}, election=election, initial={"helper": wei}).has_changed()


def test_an_empty_field_says_nothing_and_a_needed_one_asks(election):
    form = asked(election, **{"x-helper": "", "x-other": ""})
    assert form.errors == {"helper": ["工作人员没有填写。请填写。"]}
    assert isinstance(form.fields["helper"], forms.Field)


def test_somebody_of_another_village_of_the_township_is_found_where_nobody_here_has_the_name(election):
    there: Area = an_area("990100101202", "石门村")
    wei = add_person(there, an_entry(), actor=an_actor())
    assert chosen(asked(election, **{"x-helper": "王伟"})).person == wei
    assert not asked(election, **{"x-helper": "王"}).is_valid()
    (own,) = put_in(election, an_entry(group="5组"))
    assert chosen(asked(election, **{"x-helper": "王伟"})).person == own


def test_while_typing_the_page_says_who_is_meant_but_not_by_digits(election):
    put_in(election, an_entry(), an_entry(group="5组"))
    browser, where = a_browser(), "/villages/990100101201/persons/meant/"
    page = browser.get(where, {"field": "x-helper", "x-helper": "王伟"}).content.decode()
    assert 'name="x-helper_picked"' in page
    assert "王伟（5组，1975年生）" in page
    assert "match" not in browser.get(where, {"field": "x-helper", "x-helper": "0018"}).content.decode()


def test_whoever_may_use_a_form_may_use_its_lookup(election):
    """The county records teams and does not work on the register."""
    where = "/villages/990100101201/persons/meant/"
    answers = {role: a_browser(role).get(where).status_code for role in (Role.COUNTY, Role.VILLAGE, Role.AUDITOR)}
    assert answers == {Role.COUNTY: 200, Role.VILLAGE: 200, Role.AUDITOR: 403}
