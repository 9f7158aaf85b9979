"""The pages of seats and nominations: who may, where it lies, refusals, bad forms, one act once."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.models import Nominee
from candidates.selectors.nominees import seats_of
from elections.models import CommitteeMember
from elections.rules.kinds import Body, Stage
from elections.selectors.election_committee import serving
from elections.services.persons import add_person
from tests.candidates.make_candidates import (
    SEATS,
    a_nominee,
    a_voter,
    an_election_committee,
    decided,
    related,
    some_voters,
)
from tests.candidates.make_pages import NOW, POLL_DAY, SIBLING, at, browser, text
from tests.elections.make_persons import an_entry
from tests.make import an_actor, an_election
from voters.sealing import number_of

pytestmark = pytest.mark.django_db
MEETING = {
    "kind": "representatives", "held_on": "2026年11月20日", "adults": "", "households": "", "members": "30",
    "present": "25", "present_households": "", "in_favour": "20", "published_on": "",
}  # fmt: skip
NOMINATION = {
    "office": "member", "source": "voters", "votes": "12", "nominated_on": "2026-11-30", "education": "大专",
    "party": "群众", "present_post": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def nominating():
    election = an_election(Stage.NOMINATION, poll_day=POLL_DAY)
    decided(election)
    some_voters(election, 20)
    return election


def test_seats_by_a_plain_form():
    election = an_election(Stage.NOMINATION)
    typed = MEETING | {office: str(number) for office, number in SEATS.items()}
    response = browser().post(at("nomination_seats"), typed, follow=True)
    assert response.redirect_chain == [(at("nominations"), 302)]
    assert seats_of(election) == SEATS
    assert "村民代表会议应到30人，实到25人，达到三分之二以上，赞成20人（至少13人）" in text(response)


def test_meeting_that_cannot_decide_is_said_at_the_form():
    an_election(Stage.NOMINATION)
    typed = MEETING | {"present": "19", "in_favour": "19", "chair": "2", "member": "1"}
    response = browser().post(at("nomination_seats"), typed)
    page = text(response)
    assert response.status_code == 422
    assert "主任应选1名，现填2名。请核对后重新填写。" in page
    assert "应到30人，实到19人" in page
    assert 'value="19"' in page


def test_faults_of_the_seats_are_told_in_the_order_of_the_page():
    an_election(Stage.NOMINATION)
    page = text(browser().post(at("nomination_seats"), {"chair": ""}))
    assert page.index("主任（名）没有填写") < page.index("会议没有选择") < page.index("召开日期没有填写")


def test_empty_page_says_what_comes_first():
    an_election(Stage.NOMINATION)
    page = text(browser().get(at("nominations")))
    assert "还没有决定职位职数" in page
    assert "职位和名额还没有决定" in page
    assert at("nominee_find") not in page


def test_person_is_found_on_the_roll_by_name(nominating):
    voter = a_voter(nominating, "王芳", "F", initials="wf")
    a_voter(nominating, "王芳芳", listed=False)
    page = text(browser().get(at("nominee_find"), {"q": "王芳"}))
    assert at("nominee_propose", voter.pk) in page
    assert "王芳芳" not in page
    assert at("nominee_propose", voter.pk) in text(browser().get(at("nominee_find"), {"q": "wf"}))
    assert "名单上没有找到这个人" in text(browser().get(at("nominee_find"), {"q": "查无此人"}))


def test_people_of_one_name_are_told_apart_by_group_and_year(nominating):
    one, other = a_voter(nominating, "王芳", "F"), a_voter(nominating, "王芳", "F", group="2组", birth=date(1975, 5, 6))
    a_voter(nominating, "王芳芳", "F")
    page = text(browser().get(at("nominee_find"), {"q": "王芳"}))
    for words in ("王芳（1组，1980年生）", "王芳（2组，1975年生）", "王芳芳"):
        assert f"<td>{words}</td>" in page
        assert f"：{words}</span>" in page
    assert "王芳（2组，1975年生）" in text(browser().get(at("nominee_propose", other.pk)))
    assert "的提名已登记" in text(browser().post(at("nominee_propose", one.pk), NOMINATION, follow=True))
    said = text(browser().post(at("nominee_propose", other.pk), NOMINATION, follow=True))
    assert "王芳（2组）的提名已登记。" in said
    assert "王芳（1组）" in said


def test_twelve_of_one_name_cost_no_more_statements_than_two(nominating):
    def asked(path: str, **query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "王芳" in text(signed_in.get(path, query))
        return len(captured)

    signed_in = browser()
    for number in (1, 2):
        a_nominee(nominating, "王芳", "chair", label=f"王芳（{number}组）", group=f"{number}组")
    signed_in.get(at("nominations"))
    found, shown = asked(at("nominee_find"), q="王芳"), asked(at("nominations"))
    for number in range(3, 13):
        a_nominee(nominating, "王芳", label=f"王芳（{number}组）", group=f"{number}组")
    assert (asked(at("nominee_find"), q="王芳"), asked(at("nominations"))) == (found, shown)


def test_what_the_record_knows_stands_in_the_form(nominating):
    voter = a_voter(nominating, "王芳", "F", party="群众")
    assert 'value="群众"' in text(browser().get(at("nominee_propose", voter.pk)))
    entry = an_entry("王芳", sex="F", id_number=number_of(voter), education="60", politics="01", present_work="村会计")
    add_person(nominating.village, entry, actor=an_actor("county"))
    page = text(browser().get(at("nominee_propose", voter.pk)))
    assert '<option value="高中（中专）" selected>' in page
    assert 'value="中共党员"' in page
    assert 'value="村会计"' in page
    browser().post(at("nominee_propose", voter.pk), NOMINATION | {"present_post": "村文书"})
    nominee = Nominee.objects.get()
    assert (nominee.education, nominee.party, nominee.present_post) == ("大专", "群众", "村文书")  # as typed
    assert nominee.person.present_work == "村会计"


def test_nomination_by_a_plain_form(nominating):
    voter = a_voter(nominating, "王芳", "F")
    response = browser().post(at("nominee_propose", voter.pk), NOMINATION, follow=True)
    assert response.redirect_chain == [(at("nominations"), 302)]
    assert Nominee.objects.get().education == "大专"
    assert "王芳的提名已登记。" in text(response)


def test_member_of_the_committee_leaves_before_everybodys_eyes(nominating):
    an_election_committee(nominating)
    voter = a_voter(nominating, "李某")
    response = browser().post(at("nominee_propose", voter.pk), NOMINATION | {"office": "chair"}, follow=True)
    said = "李某已被提名，退出选举委员会，由胡某递补；需要另行推选主任。变动应当公布并报镇备案。"
    assert said in text(response)
    assert "李某" not in serving(nominating).values_list("name", flat=True)
    assert "李某已被提名，退出选举委员会，由胡某递补" in text(browser("township").get(at("nominations")))


def test_refused_nomination_says_all_reasons(nominating):
    voter = a_voter(nominating, "王芳", "F")
    response = browser().post(at("nominee_propose", voter.pk), NOMINATION | {"votes": "0", "nominated_on": "2026-12-2"})
    page = text(response)
    assert response.status_code == 409
    assert "选民提名的应有1名以上选民，现填0名" in page
    assert "提名日期（2026年12月2日）在今天以后，请核对" in page
    assert not Nominee.objects.exists()


def test_bad_nomination_form(nominating):
    voter = a_voter(nominating, "王芳", "F")
    response = browser().post(at("nominee_propose", voter.pk), {"votes": "十二"})
    page = text(response)
    assert response.status_code == 422
    assert "提名职务没有选择。请选择一项。" in page
    assert "提名票“十二”不是整数。请只填数字。" in page


def test_self_nomination_is_not_offered(nominating):
    voter = a_voter(nominating, "王芳", "F")
    assert "自荐" not in text(browser().get(at("nominee_propose", voter.pk)))
    assert browser().post(at("nominee_propose", voter.pk), NOMINATION | {"source": "self"}).status_code == 422


def test_voter_of_another_village_does_not_exist(nominating):
    voter = a_voter(an_election(Stage.NOMINATION, code=SIBLING), "外村人")
    assert browser().get(at("nominee_propose", voter.pk)).status_code == 404
    assert browser("township").post(at("nominee_propose", voter.pk), NOMINATION).status_code == 404


def test_same_nomination_sent_twice_is_one(nominating):
    voter = a_voter(nominating, "王芳", "F")
    key, client = {"act": str(uuid4())}, browser()
    for _ in range(2):
        assert client.post(at("nominee_propose", voter.pk), NOMINATION | key).status_code == 302
    assert Nominee.objects.count() == 1


def test_change_and_withdrawal(nominating):
    nominee = a_nominee(nominating, "王芳")
    client = browser()
    client.post(at("nominee_change", nominee.pk), {"votes": "13", "education": "", "party": "", "present_post": ""})
    assert Nominee.objects.get().votes == 13
    unconfirmed = client.post(at("nominee_withdraw", nominee.pk), {"withdrawn_on": "2026-12-1"})
    assert unconfirmed.status_code == 422
    assert "“本人已书面提出，选举委员会已确认”没有勾选。请核实后勾选。" in text(unconfirmed)
    done = client.post(
        at("nominee_withdraw", nominee.pk), {"withdrawn_on": "2026-12-1", "in_writing": "on"}, follow=True
    )
    assert "王芳退出已登记。委员应选3人，候选人应不少于4人，现有0人。" in text(done)


def test_nominee_of_another_village_does_not_exist(nominating):
    other = an_election(Stage.NOMINATION, code=SIBLING)
    decided(other)
    nominee = a_nominee(other, "王芳")
    for name in ("nominee_change", "nominee_withdraw"):
        assert browser("township").get(at(name, nominee.pk)).status_code == 404


def test_change_that_is_due_is_offered_and_done(nominating):
    an_election_committee(nominating)
    related(nominating, "徐某", "徐小某", "child")
    a_nominee(nominating, "徐小某")
    client = browser()
    page = text(client.get(at("nominations")))
    assert "徐某：其近亲属徐小某（子女）被提名为候选人，应退出选举委员会" in page
    assert "办理退出并递补" in page
    client.post(at("nomination_election_committee"))
    assert CommitteeMember.objects.get(name="胡某").post == "member"
    assert "办理退出并递补" not in text(client.get(at("nominations")))


def test_wrong_stage_and_wrong_role(nominating):
    voter = a_voter(nominating, "王芳", "F")
    assert browser("county").post(at("nominee_propose", voter.pk), NOMINATION).status_code == 403
    type(nominating).objects.update(stage=Stage.VOTING)
    response = browser().post(at("nominee_propose", voter.pk), NOMINATION)
    assert response.status_code == 409
    assert "登记提名在提名环节办理，现在是投票环节" in text(response)


def test_other_bodies_have_no_such_pages(nominating):
    an_election(Stage.NOMINATION, body=Body.PARTY)
    for name in ("nominations", "candidates", "candidates_publish"):
        assert browser("township").get(at(name) + "?body=party").status_code == 404
