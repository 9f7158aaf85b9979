"""The register: labels follow who is in it, rows that are not frozen follow the labels, two records become one."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from elections.models import CommitteeMember, Kinship, Person, Round, StaffMember, SupervisionMember, Tenure
from elections.rules.kinds import Body, Standing
from elections.rules.machine import Refused
from elections.selectors.persons import label_here
from elections.services.hold import Overtaken
from elections.services.labels import rewrite
from elections.services.merging import merge_persons
from elections.services.persons import add_person, correct_person, entry_of, why_not_number
from tests.elections.make_persons import an_entry
from tests.make import an_actor, an_area, an_election
from tests.voters.make_voters import an_id

pytestmark = pytest.mark.django_db


@pytest.fixture
def election():
    return an_election()


@pytest.fixture
def actor():
    return an_actor()


def entered(election, actor, *entries) -> list[Person]:
    return [add_person(election.village, each, actor=actor) for each in entries]


def on_staff(election, person, task="teller") -> StaffMember:
    return StaffMember.objects.create(election=election, person=person, name=person.label, task=task)


def a_round(election) -> Round:
    return Round.objects.create(
        election=election, number=1, kind="first", held_on=date(2026, 12, 20), registered=1, contest="{}"
    )


def test_when_a_namesake_comes_both_get_a_label_and_the_rows_follow(election, actor):
    (one,) = entered(election, actor, an_entry())
    row = on_staff(election, one)
    relative = Kinship.objects.create(
        election=None, person=one, relative=None, name="王伟", other="李娜", relation="子"
    )
    (other,) = entered(election, actor, an_entry(group="5组"))
    for each in (one, row, relative):
        each.refresh_from_db()
    assert [one.label, other.label, row.name, relative.name] == [
        "王伟（3组）",
        "王伟（5组）",
        "王伟（3组）",
        "王伟（3组）",
    ]


@pytest.mark.parametrize("standing", [Standing.CLOSED, Standing.ANNULLED])
def test_what_is_closed_stays_as_posted_though_the_label_changes(election, actor, standing):
    (one,) = entered(election, actor, an_entry())
    row = on_staff(election, one)
    type(election).objects.update(standing=standing)
    entered(election, actor, an_entry(group="5组"))
    row.refresh_from_db(), one.refresh_from_db()
    assert (row.name, one.label) == ("王伟", "王伟（3组）")


def test_while_a_round_is_open_the_one_on_the_ballot_keeps_his_label(election, actor):
    one, elsewhere = entered(election, actor, an_entry(), an_entry("李娜", sex="F"))
    on_staff(election, one)
    a_round(election)
    other, another = entered(election, actor, an_entry(group="5组"), an_entry("李娜", group="5组"))
    one.refresh_from_db(), elsewhere.refresh_from_db()
    assert (one.label, other.label) == ("王伟", "王伟（5组）")
    assert (elsewhere.label, another.label) == ("李娜（3组）", "李娜（5组）")


def test_two_may_change_places(election, actor):
    one, other = entered(election, actor, an_entry(), an_entry(group="5组", year=1980))
    rows = on_staff(election, one), on_staff(election, other)
    Person.objects.filter(pk=one.pk).update(group="5组")
    correct_person(other, an_entry(group="3组", year=1980), version=0, actor=actor)
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.label, other.label) == ("王伟（5组）", "王伟（3组）")
    for row, label in zip(rows, ("王伟（5组）", "王伟（3组）"), strict=True):
        row.refresh_from_db()
        assert row.name == label


def test_another_village_calls_him_by_his_own(election, actor):
    there = an_election(code="990100101202")
    type(there.village).objects.filter(pk=there.village_id).update(name="石门村")
    (one,) = entered(there, actor, an_entry())
    one.refresh_from_db()
    assert label_here(Person.objects.get(pk=one.pk), election.village) == "王伟（石门村）"
    row = on_staff(election, one)
    entered(there, actor, an_entry(group="5组"))
    row.refresh_from_db()
    assert row.name == "王伟（石门村，3组）"
    far = an_area("990100102201", "远村")
    assert label_here(Person.objects.get(pk=one.pk), far) == "王伟（测试990100101石门村，3组）"


def test_a_corrected_name_leaves_the_namesake_the_bare_one(election, actor):
    one, other = entered(election, actor, an_entry(), an_entry(group="5组"))
    correct_person(other, an_entry("王玮", group="5组"), version=0, actor=actor)
    one.refresh_from_db(), other.refresh_from_db()
    assert (one.label, other.label) == ("王伟", "王玮")
    with pytest.raises(Overtaken):
        correct_person(other, an_entry("王玮"), version=0, actor=actor)


def test_a_number_has_one_record_and_who_has_it_is_said_to_his_own_only(election, actor):
    number = an_id(7, date(1975, 5, 6))
    entered(election, actor, an_entry(id_number=number))
    with pytest.raises(Refused, match="已经登记为测试201村的王伟"):
        entered(election, actor, an_entry(group="5组", id_number=number))
    stranger = an_actor("village", "990100101202")
    assert why_not_number(number, stranger) == "这个身份证号已经在其他村登记为人员。请与镇换届办核实。"
    with pytest.raises(IntegrityError), transaction.atomic():
        one = Person.objects.get()
        Person.objects.create(village=election.village, name="王", label="王", sex="M", id_index=one.id_index)


# --- Merging --------------------------------------------------------------------------------------------


def test_merging_points_every_row_at_the_one_that_stays(election, actor):
    number = an_id(7, date(1975, 5, 6))
    kept, other = entered(election, actor, an_entry("王伟", group=""), an_entry(id_number=number, phone="13900000000"))
    rows = [
        CommitteeMember.objects.create(election=election, person=other, name=other.label, sex="M", post="member", votes=1),
        on_staff(election, other),
        SupervisionMember.objects.create(election=election, person=other, name=other.label),
        Kinship.objects.create(election=election, person=other, name=other.label, other="李娜", relation="子"),
        Tenure.objects.create(
            person=other, village=election.village, body=Body.VILLAGERS_COMMITTEE, office="chair", since=date(2021, 1, 1), how="elected"
        ),
    ]  # fmt: skip
    now = merge_persons(kept, other, "户口簿核对", actor=actor)
    other.refresh_from_db()
    assert (other.merged_into, other.merged_why, now.label, now.group) == (kept, "户口簿核对", "王伟", "3组")
    assert entry_of(now).id_number == entry_of(other).id_number == number
    assert entry_of(now).phone == "13900000000"
    for row in rows:
        row.refresh_from_db()
        assert row.person == kept
        assert getattr(row, "name", "王伟") == "王伟"


@pytest.mark.parametrize("task", ["teller", "caller"])
def test_two_on_one_list_cannot_be_one(election, actor, task):
    kept, other = entered(election, actor, an_entry(), an_entry(group="5组"))
    on_staff(election, kept, "teller"), on_staff(election, other, task)
    if task == "teller":
        with pytest.raises(Refused, match="各自登记为测试201村测试换届：选举工作人员（计票人）"):
            merge_persons(kept, other, "同一人", actor=actor)
        assert Person.objects.filter(merged_into=None).count() == 2
    else:
        assert merge_persons(kept, other, "同一人", actor=actor).staff_places.count() == 2


def test_relatives_and_people_of_two_numbers_cannot_be_one(election, actor):
    one, other = entered(
        election,
        actor,
        an_entry(id_number=an_id(7, date(1975, 5, 6))),
        an_entry("李娜", id_number=an_id(9, date(1975, 5, 6))),
    )
    Kinship.objects.create(person=one, relative=other, name="王伟", other="李娜", relation="妻")
    with pytest.raises(Refused, match="身份证号不同"):
        merge_persons(one, other, "同一人", actor=actor)
    (third,) = entered(election, actor, an_entry("王炜"))
    Kinship.objects.create(person=third, relative=one, name="王炜", other="王伟", relation="兄")
    with pytest.raises(Refused, match="登记了亲属关系"):
        merge_persons(one, third, "同一人", actor=actor)
    with pytest.raises(Refused, match="同一条记录"):
        merge_persons(one, one, "同一人", actor=actor)
    (fourth,) = entered(election, actor, an_entry("王韦"))
    with pytest.raises(Refused, match="理由"):
        merge_persons(one, fourth, " ", actor=actor)


def test_a_merged_record_leads_on_and_is_merged_once(election, actor):
    one, other, third = entered(election, actor, an_entry(), an_entry(group="5组"), an_entry(group="6组"))
    merge_persons(other, one, "同一人", actor=actor)
    with pytest.raises(Overtaken):
        merge_persons(third, one, "同一人", actor=actor)
    merge_persons(third, other, "同一人", actor=actor)
    assert set(Person.objects.values_list("merged_into", flat=True)) == {None, third.pk}


def test_a_part_writes_only_within_an_act(election, actor):
    (one,) = entered(election, actor, an_entry())
    with pytest.raises(RuntimeError):
        rewrite(one)
