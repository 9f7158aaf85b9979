"""Two people of one name are ordinary: on the election committee, among the staff, as relatives, as supervisors."""

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from elections.forms.bodies import SupervisionMemberForm
from elections.forms.election_committee import PlacesForm
from elections.forms.voting import StaffForm
from elections.models import CommitteeMember, Kinship, Person, Role, Round, Seated, StaffMember
from elections.rules.kinds import Body, Stage
from elections.rules.machine import Refused
from elections.selectors import election_committee as read
from elections.selectors.facts import facts_for
from elections.selectors.kin import kin_pairs
from elections.selectors.persons import Chosen
from elections.services import election_committee, records
from elections.services.persons import add_person
from tests.elections.make_pages import TODAY, a_browser, a_nominee, address, text_of
from tests.elections.make_persons import a_person, an_entry, two_wangs
from tests.elections.test_pages_election_committee import grid
from tests.make import an_actor, an_election

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture
def _today():
    with time_machine.travel("2026-12-20 10:00+08:00", tick=False):
        yield


def a_place(election, person, post="member", votes=50, **fields):
    return CommitteeMember.objects.create(
        election=election, person=person, name=person.label, sex=person.sex, post=post, votes=votes, **fields
    )


# --- The election committee ---------------------------------------------------------------------------------


def test_two_of_one_name_are_entered_on_one_list_and_nobody_twice():
    election = an_election()
    browser = a_browser(Role.VILLAGE)
    rows = [("王伟", "M", "chair", 900), ("王伟", "M", "member", 880)]
    groups = {"members-0-name_new-group": "3组", "members-1-name_new-group": "5组"}
    page = browser.post(
        address("election_committee", part="members"), grid(rows, **groups | {"members-1-name_new-group": "3组"})
    )
    assert "王伟（3组）填了两行。请删去一行。" in text_of(page)
    assert browser.post(address("election_committee", part="members"), grid(rows, **groups)).status_code == 302
    found = list(read.members_of(election).values_list("name", "person__group", "person__label"))
    assert found == [("王伟（3组）", "3组", "王伟（3组）"), ("王伟（5组）", "5组", "王伟（5组）")]
    again = text_of(browser.get(address("election_committee")))
    assert 'value="王伟（3组）"' in again
    one, other = Person.objects.order_by("group")
    picked = {"members-0-name_picked": f"p-{other.pk}", "members-1-name_picked": f"p-{other.pk}"}
    page = browser.post(address("election_committee", part="members"), grid(rows, **picked))
    assert "王伟（5组）填了两行。请删去一行。" in text_of(page)
    picked["members-1-name_picked"] = f"p-{one.pk}"
    assert browser.post(address("election_committee", part="members"), grid(rows, **picked)).status_code == 302
    assert list(read.members_of(election).values_list("person", flat=True)) == [other.pk, one.pk]
    assert Person.objects.count() == 2


def test_of_two_who_are_new_and_alike_none_is_entered():
    election = an_election()
    a_person(election, "王伟", group="3组")
    rows = [("王伟", "M", "chair", 900)]
    new = {"members-0-name_new-is_new": "on", "members-0-name_new-group": "3组"}
    page = a_browser(Role.VILLAGE).post(address("election_committee", part="members"), grid(rows, **new))
    assert "已经有一位王伟（3组）。是同一人的请选择已有的人员" in text_of(page)
    assert not read.members_of(election).exists()


def test_the_sex_is_that_of_the_record_and_a_contradiction_is_named():
    election = an_election()
    a_person(election, "王芳", sex="F")
    browser = a_browser(Role.VILLAGE)
    page = browser.post(address("election_committee", part="members"), grid([("王芳", "M", "chair", 9)]))
    assert "王芳登记的性别是女，与所选的不一致。请核对是不是同一人。" in text_of(page)
    assert (
        browser.post(address("election_committee", part="members"), grid([("王芳", "", "chair", 9)])).status_code == 302
    )
    assert read.members_of(election).get().sex == "F"


def statements(election, rows: int, posted: bool) -> int:
    lines = [(f"王甲{number:02}", "", "member", 9) for number in range(rows)]
    data = grid(lines, blank=0) if posted else None
    with CaptureQueriesContext(connection) as made:
        form = PlacesForm(data, election=election, today=TODAY, prefix="members")
        assert str(form.forms[0]["name"])
        if posted:
            assert form.is_valid(), form.errors
    return len(made)


@pytest.mark.parametrize("posted", [False, True])
def test_thirty_lines_cost_no_more_statements_than_one(posted):
    one, many = an_election(), an_election(code="990100101202")
    for election, rows in ((one, 1), (many, 30)):
        for number in range(rows):
            a_place(election, a_person(election, f"王甲{number:02}"))
    assert statements(one, 1, posted) == statements(many, 30, posted) <= 7


def test_only_the_nominated_of_two_namesakes_leaves_and_his_namesake_may_follow():
    election = an_election(Stage.NOMINATION)
    one, other = two_wangs(election)
    leaver = a_place(election, one, "chair")
    for name in ("李某", "赵某", "钱某", "孙某", "周某", "吴某"):
        a_place(election, a_person(election, name))
    reserve = a_place(election, other, "reserve", 30)
    a_nominee(election, one.label, person=one)
    election_committee.leave_for_nomination(election, actor=an_actor(), today=TODAY)
    leaver.refresh_from_db()
    reserve.refresh_from_db()
    assert (leaver.left_on, reserve.left_on, reserve.post) == (TODAY, None, "member")
    assert reserve.replaces == leaver
    assert read.notes_of(election)[0] == "王伟（3组）已被提名，退出选举委员会，由王伟（5组）递补"
    assert read.places_open(election) == 0


def test_a_nominee_is_found_by_his_record_though_the_rows_call_him_otherwise():
    election = an_election(Stage.NOMINATION)
    one, other = two_wangs(election)
    member = a_place(election, one)
    CommitteeMember.objects.filter(pk=member.pk).update(name="王伟")
    a_nominee(election, one.label, person=one)
    assert [leaver.name for leaver in read.change_due(election).leaves] == ["王伟"]
    assert facts_for(election, TODAY).preparation.election_committee[0].nominated
    CommitteeMember.objects.filter(pk=member.pk).update(person=other, name=other.label)
    assert read.change_due(election).leaves == ()
    assert not facts_for(election, TODAY).preparation.election_committee[0].nominated


def test_a_row_of_an_earlier_release_is_known_by_its_label():
    election = an_election(Stage.NOMINATION)
    CommitteeMember.objects.create(election=election, name="李某", sex="M", post="member", votes=9)
    a_nominee(election, "李某")
    assert [leaver.name for leaver in read.change_due(election).leaves] == ["李某"]


# --- Staff and kin ------------------------------------------------------------------------------------------


def staffed(election, text, **more):
    return StaffForm({"name": text, "task": "teller", **more}, election=election, today=TODAY)


def test_the_namesake_of_a_candidate_may_be_staff_and_the_candidate_may_not():
    election = an_election(Stage.VOTING)
    one, other = two_wangs(election)
    a_nominee(election, one.label, person=one)
    assert staffed(election, "王伟").errors["name"] == ["有2人符合“王伟”。请选择其中一人。"]
    assert staffed(election, "王伟(3组)").errors["name"] == ["计票人王伟（3组）是候选人，请更换。"]
    form = staffed(election, "王伟", name_picked=f"p-{other.pk}")
    assert form.is_valid(), form.errors
    records.record(election, form.save(commit=False), people=form.named, actor=an_actor())
    row = StaffMember.objects.get()
    assert (row.person, row.name) == (other, "王伟（5组）")
    again = staffed(election, "王伟（5组）")
    assert again.errors["name"] == ["王伟（5组，1975年生）已经担任这一项工作。请在原来的一行修改。"]


def test_a_relation_holds_beyond_the_election_and_calls_the_two_as_they_are_called_now():
    before = an_election(Stage.NOMINATION)
    village, actor = before.village, an_actor()
    wei = add_person(village, an_entry(), actor=actor)
    hong = add_person(village, an_entry("马红", sex="F"), actor=actor)
    tie = Kinship(election=before, name="", other="", relation="spouse")
    election_committee.declare_kinship(
        before, tie, people={"person": Chosen(wei), "relative": Chosen(hong)}, actor=actor, today=TODAY
    )
    type(before).objects.filter(pk=before.pk).update(standing="annulled")
    now = an_election(Stage.VOTING, attempt=2)
    add_person(village, an_entry(group="5组"), actor=actor)
    assert kin_pairs(now) == [("王伟（3组）", "马红", "spouse")]
    wei.refresh_from_db()
    a_nominee(now, wei.label, person=wei)
    assert staffed(now, "马红").errors["name"] == ["计票人马红是候选人王伟（3组）的近亲属，请更换。"]
    StaffMember.objects.create(election=now, person=hong, name="马红", task="teller")
    assert facts_for(now, TODAY).voting.staff_conflicts == ("计票人马红是候选人王伟（3组）的近亲属，请更换",)


def test_a_relation_declared_from_the_other_side_is_recognised_in_the_act_too():
    election = an_election(Stage.NOMINATION)
    wei, hong = a_person(election), a_person(election, "马红", sex="F")
    Kinship.objects.create(person=wei, relative=hong, name="王伟", other="马红", relation="child")
    tie = Kinship(election=election, person=hong, relative=wei, name="马红", other="王伟", relation="parent")
    with pytest.raises(Refused, match="王伟与马红的关系已经登记"):
        election_committee.declare_kinship(election, tie, actor=an_actor(), today=TODAY)
    assert Kinship.objects.count() == 1


def test_a_row_that_is_put_back_calls_its_person_as_he_is_called_by_then():
    election, actor = an_election(Stage.VOTING), an_actor()
    wei = add_person(election.village, an_entry(), actor=actor)
    row = StaffMember.objects.create(election=election, person=wei, name="王伟", task="teller")
    removal = records.remove(election, row, actor=actor)
    add_person(election.village, an_entry(group="5组"), actor=actor)
    records.restore(election, removal, actor=actor)
    assert StaffMember.objects.get().name == "王伟（3组）"


# --- The supervision committee ------------------------------------------------------------------------------


def a_seat(election, person, office="chair"):
    round_ = Round.objects.create(
        election=election, number=1, kind="first", held_on=TODAY, registered=9, contest='{"people":[],"posts":[]}'
    )
    with transaction.atomic():
        return Seated.objects.create(
            election=election, round=round_, person=person, office=office, name=person.label, sex="M", votes=9, why=""
        )


def test_what_is_known_of_a_supervisor_is_shown_and_a_contradiction_is_named():
    home = an_election(Stage.HANDOVER)
    election = an_election(Stage.VOTING, body=Body.SUPERVISION)
    one, other = two_wangs(home)
    hong = a_person(home, "马红", sex="F")
    a_seat(home, one)
    Kinship.objects.create(person=hong, relative=one, name="马红", other=one.label, relation="spouse")

    def asked(text, **ticks):
        return SupervisionMemberForm({"name": text, **ticks}, election=election, today=TODAY).errors

    assert asked("王伟（3组）") == {"on_committee": ["王伟（3组）已当选主任。请勾选，或者核对是不是同一人。"]}
    assert asked("王伟（5组）") == {}
    assert asked("马红") == {
        "kin_on_committee": ["马红与王伟（3组）（配偶）有登记的亲属关系。请勾选，或者更正亲属关系。"]
    }
    assert asked("马红", kin_on_committee="on") == {}
    election.supervision_members.create(person=hong, name="马红")
    election.supervision_members.create(person=other, name=other.label, kin_on_committee=True)
    assert facts_for(election, TODAY).supervision.barred == (
        "马红与村（居）民委员会成员有近亲属关系，应当回避",
        "王伟（5组）与村（居）民委员会成员有近亲属关系，应当回避",
    )
    page = text_of(a_browser().get(address("supervision", body=Body.SUPERVISION)))
    assert "否（与王伟（3组）（配偶）有登记的亲属关系，没有勾选）" in page
    assert "是（没有登记亲属关系）" in page
