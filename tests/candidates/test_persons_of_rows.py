"""What an earlier release knew by name alone gets its record: decided where the roll decides, else a doubt in words."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from candidates.models import Nominee
from elections.models import CommitteeMember, Kinship, Person, StaffMember
from elections.rules.kinds import Stage
from elections.sealing import numbers_of, phones_of
from tests.make import an_election
from tests.voters.make_voters import a_roll_election, a_voter, an_id
from voters.models import Voter
from voters.sealing import number_of, seal_into

pytestmark = pytest.mark.django_db
upgrade = import_module("candidates.migrations.0003_persons_of_rows").give_persons
BIRTH = date(1975, 5, 6)


@pytest.fixture
def election():
    return a_roll_election()


def on_staff(election, name, task="teller"):
    return StaffMember.objects.create(election=election, name=name, task=task)


def nominated(election, voter, office="member", **fields):
    fields = {"name": voter.name, "sex": voter.sex} | fields
    return Nominee.objects.create(
        election=election, voter=voter, office=office, source="voters", nominated_on=date(2026, 12, 1), **fields
    )


def registered(election, serial, name, group="3组", birth=BIRTH):
    number = an_id(serial, birth)
    return a_voter(
        election,
        serial,
        姓名=name,
        身份证号=number,
        性别="男" if serial % 2 else "女",
        村民小组=group,
        电话="10000000001",
    )


def person_of(row) -> Person:
    row.refresh_from_db()
    return row.person


def test_a_name_that_stands_once_on_the_roll_is_that_person(election):
    voter = registered(election, 7, "王伟")
    rows = on_staff(election, "王伟"), nominated(election, voter)
    upgrade(apps, None)
    person = person_of(rows[0])
    assert person_of(rows[1]) == person
    assert (person.label, person.group, person.birth, person.sex, person.doubt) == ("王伟", "3组", BIRTH, "M", "")
    assert (numbers_of([person]), phones_of([person])) == ([number_of(voter)], ["10000000001"])
    assert (person.initials, person.nation, person.politics) == ("ww", "01", "13")


def test_a_name_that_stands_twice_is_not_guessed(election):
    one, other = registered(election, 7, "王伟"), registered(election, 9, "王伟", "5组")
    rows = nominated(election, one), nominated(election, other, "chair"), on_staff(election, "王伟")
    upgrade(apps, None)
    found = [person_of(row) for row in rows]
    assert [each.label for each in found] == ["王伟（3组）", "王伟（5组）", "王伟"]
    assert [row.name for row in rows] == ["王伟（3组）", "王伟（5组）", "王伟"]
    assert found[2].doubt == "选民名单上有2人叫王伟，登记为选举工作人员的是哪一位没有写明。"
    assert [each.doubt for each in found[:2]] == ["", ""]


def test_what_stands_posted_keeps_its_name(election):
    one, other = registered(election, 7, "王伟"), registered(election, 9, "王伟", "5组")
    rows = nominated(election, one), nominated(election, other, "chair")
    type(election).objects.update(standing="closed")
    upgrade(apps, None)
    assert [person_of(row).label for row in rows] == ["王伟（3组）", "王伟（5组）"]
    assert [row.name for row in rows] == ["王伟", "王伟"]


def test_namesakes_of_one_group_and_year_get_a_mark_for_the_time_being(election):
    rows = [nominated(election, registered(election, n, "王伟"), office) for n, office in ((7, "chair"), (9, "member"))]
    upgrade(apps, None)
    found = [person_of(row) for row in rows]
    assert [each.label for each in found] == ["王伟（3组，1975年生，甲）", "王伟（3组，1975年生）"]
    assert "请改成本村看得懂的区别字样" in found[0].doubt


def test_relatives_who_are_not_on_the_roll_are_known_by_name_only(election):
    registered(election, 7, "王伟")
    row = Kinship.objects.create(election=election, name="王伟", other="李娜", relation="妻")
    upgrade(apps, None)
    assert person_of(row).name == "王伟"
    assert (row.relative.label, row.relative.sex, row.relative.id_index) == ("李娜", "", None)
    assert row.relative.doubt == "选民名单上没有李娜，登记为亲属关系，其他情况不明。"


def test_a_sex_that_contradicts_the_roll_is_a_doubt(election):
    registered(election, 7, "王伟")
    row = CommitteeMember.objects.create(election=election, name="王伟", sex="F", post="member", votes=1)
    upgrade(apps, None)
    assert person_of(row).id_index is None
    assert row.person.doubt == "登记为选举委员会成员时写的性别与选民名单上的王伟不一致，不能确定是同一人。"


def test_without_a_roll_rows_of_one_name_are_one_person():
    election = an_election(Stage.PREPARATION)
    rows = [
        CommitteeMember.objects.create(election=election, name="王伟", sex="M", post="member", votes=1),
        on_staff(election, "王伟"), on_staff(election, "钱进"),
    ]  # fmt: skip
    upgrade(apps, None)
    found = [person_of(row) for row in rows]
    assert found[0] == found[1] != found[2]
    assert [each.doubt for each in found] == ["", "", "登记为选举工作人员，只知道姓名。"]


def test_one_number_in_two_villages_is_one_person(election):
    there, one = a_roll_election("990100101202"), registered(election, 7, "王伟")
    other = Voter(
        election=there, cycle=there.cycle, id_index=one.id_index, name="王伟", sex="M", birth=BIRTH, category="CAT1",
        listed=False, omission="LISTED_ELSEWHERE",
    )  # fmt: skip
    seal_into(other, id_number=number_of(one))
    other.save()
    rows = nominated(election, one), nominated(there, other)
    upgrade(apps, None)
    assert person_of(rows[0]) == person_of(rows[1]) == Person.objects.get()


def test_a_relation_declared_twice_and_of_oneself(election):
    again = an_election(attempt=2)
    old = Kinship.objects.create(election=election, name="王伟", other="李娜", relation="妻")
    new = Kinship.objects.create(election=again, name="王伟", other="李娜", relation="妻")
    own = Kinship.objects.create(election=again, name="王伟", other="王伟", relation="兄")
    upgrade(apps, None)
    assert person_of(old) == person_of(new)
    assert (old.relative, new.relative.name, person_of(own)) == (None, "李娜", None)


def test_run_twice_it_changes_nothing(election):
    nominated(election, registered(election, 7, "王伟"))
    upgrade(apps, None)
    before = list(Person.objects.values_list("pk", "label"))
    upgrade(apps, None)
    assert list(Person.objects.values_list("pk", "label")) == before


def test_the_number_of_statements_does_not_grow_with_the_villages(election, django_assert_max_num_queries):
    for number in range(202, 212):
        other = an_election(code=f"990100101{number}")
        for name in ("王伟", "李娜", "赵敏"):
            on_staff(other, name)
    with django_assert_max_num_queries(20):
        upgrade(apps, None)
    assert Person.objects.count() == 30
