"""The formal list: its gates, its order, its snapshot, further lists after changes, the meeting with the voters."""

import json
from datetime import date

import pytest

from candidates.models import FormalList, Nominee
from candidates.selectors.facts import nomination_facts
from candidates.selectors.formal import formal_candidates, groups_to_publish, passed_by_office
from candidates.services.nomination import withdraw
from candidates.services.publication import list_notes, list_problems, note_meeting, publish_formal_list
from elections.models import Person, StaffMember
from elections.models.journal import JournalEntry
from elections.rules import policy
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.services.persons import add_person
from tests.candidates.make_candidates import PASSED, TODAY, a_nominee, a_slate, decided
from tests.elections.make_persons import an_entry
from tests.make import VILLAGE, an_actor, an_election
from voters.models import Voter

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return an_actor("village")


def vetted(**overrides):
    election = an_election(Stage.VETTING, poll_day=date(2026, 12, 20))
    if overrides:
        election.policy_values = policy.freeze(policy.load("national-2025", overrides))
        election.save()
    decided(election)
    a_slate(election, **PASSED)
    return election


def proposal(election) -> dict[str, list[int]]:
    return {office: [line.key for line in lines] for office, lines in passed_by_office(election).items()}


def publish(election, clerk, order=None, day=TODAY):
    return publish_formal_list(
        election, order or proposal(election), published_on=day, place="村务公开栏", actor=clerk, today=TODAY
    )


def refusal(election, clerk, order=None, **more) -> list[str]:
    with pytest.raises(Refused) as refused:
        publish(election, clerk, order, **more)
    return [problem.text for problem in refused.value.problems]


def names(election) -> list[tuple[str, str]]:
    return [(each.office, each.name) for each in formal_candidates(election)]


def test_list_is_published_in_order_of_votes(clerk):
    election = vetted()
    formal = publish(election, clerk)
    assert names(election) == [
        ("chair", "丁卫国"), ("chair", "马建军"), ("deputy", "于小梅"), ("deputy", "刘志强"),
        ("member", "王芳"), ("member", "李春兰"), ("member", "欧阳明"), ("member", "张三宝"),
    ]  # fmt: skip
    assert (formal.number, formal.order, formal.place) == (1, "votes", "村务公开栏")
    assert nomination_facts([election])[election.pk].formal_published_on == TODAY


def test_snapshot_says_what_is_posted_and_no_more(clerk):
    election = vetted()
    first = json.loads(publish(election, clerk).snapshot)["candidates"][0]
    assert first == {
        "office": "chair", "name": "丁卫国", "sex": "男", "age": 46, "party": "", "education": "", "present_post": "",
    }  # fmt: skip


def test_journal_has_the_fingerprint_and_no_names(clerk):
    election = vetted()
    formal = publish(election, clerk)
    line = JournalEntry.objects.filter(area_code=VILLAGE).latest("seq")
    assert (line.act, line.details["fingerprint"]) == ("candidates.published", formal.fingerprint)
    assert line.details["count"] == {"chair": 2, "deputy": 2, "member": 4}
    assert "丁卫国" not in line.body


def test_by_strokes_where_the_pack_says_so(clerk):
    election = vetted(candidate_order="strokes")
    assert [line.name for line in passed_by_office(election)["member"]] == [
        "王芳",
        "李春兰",
        "张三宝",
        "欧阳明",
    ]
    assert publish(election, clerk).order == "strokes"


def test_two_of_one_name_stand_on_the_list_by_their_labels(clerk):
    election = vetted(candidate_order="strokes")
    for group, votes in (("5组", 7), ("3组", 6)):
        a_nominee(election, "王芳", "member", votes, label=f"王芳（{group}）", group=group, sex="F", **PASSED)
    Voter.objects.filter(group="3组").update(birth=date(1975, 5, 6))
    Nominee.objects.filter(name="王芳").update(name="王芳（1组）")
    order = ["王芳（3组）", "王芳（1组）", "王芳（5组）", "李春兰", "张三宝", "欧阳明"]
    proposed = proposal(election)
    rows = groups_to_publish(election, proposed)[-1]["rows"]
    assert [row["nominee"].name for row in rows] == order
    assert [row["place"] for row in rows[:4]] == [
        "王4 芳7，1975年5月6日生", "王4 芳7，1980年5月1日生", "王4 芳7，1980年5月1日生", "李7 春9 兰5",
    ]  # fmt: skip
    publish(election, clerk)
    assert [name for office, name in names(election) if office == "member"] == order
    assert [each.name for each in FormalList.objects.get().candidates][-6:] == order
    assert nomination_facts([election])[election.pk].formal_published_on == TODAY


def test_whoever_comes_after_the_list_changes_no_name_on_it(clerk):
    election = vetted()
    one, other = (add_person(election.village, an_entry(name), actor=clerk) for name in ("丁卫国", "石大山"))
    Nominee.objects.filter(name="丁卫国").update(person=one)
    row = StaffMember.objects.create(election=election, person=other, name="石大山", task="helper")
    publish(election, clerk)
    for name in ("丁卫国", "石大山"):
        add_person(election.village, an_entry(name, group="5组"), actor=clerk)
    row.refresh_from_db()
    labels = {each.label for each in Person.objects.all()}
    assert labels == {"丁卫国", "丁卫国（5组）", "石大山（3组）", "石大山（5组）"}
    assert (names(election)[0], row.name) == (("chair", "丁卫国"), "石大山（3组）")
    assert nomination_facts([election])[election.pk].formal_published_on == TODAY


def test_order_against_the_votes_is_refused(clerk):
    election = vetted()
    order = proposal(election)
    order["chair"].reverse()
    assert refusal(election, clerk, order) == ["丁卫国得30票，排在得25票的马建军之后；名单应按得票从多到少排列"]


def test_everybody_must_be_concluded_on(clerk):
    election = vetted()
    a_nominee(election, "黄大山", "member", 3, first_check="passed")
    a_nominee(election, "曾小河", "member", 2)
    assert refusal(election, clerk) == ["镇级初审还有1人没有完成：曾小河", "县级联审还有1人没有结论：黄大山"]


def test_refusals_may_have_eaten_the_surplus(clerk):
    election = vetted()
    Nominee.objects.filter(name="马建军").update(conclusion="refused")
    assert refusal(election, clerk) == ["主任应选1人，候选人应不少于2人，现有1人"]


def test_barred_or_refused_person_is_never_listed(clerk):
    election = vetted()
    order = proposal(election)
    Nominee.objects.filter(name="张三宝").update(bars="VOTE_BUYING")
    Nominee.objects.filter(name="马建军").update(conclusion="refused")
    said = refusal(election, clerk, order)
    assert said[:2] == ["有禁止情形，不能作为候选人：张三宝", "没有通过资格审查，不能列为正式候选人：马建军"]
    assert not FormalList.objects.exists()


def test_more_votes_are_not_left_off(clerk):
    election = vetted()
    extra = a_nominee(election, "黄大山", "member", 40, **PASSED)
    order = proposal(election)
    order["member"].remove(extra.pk)
    assert refusal(election, clerk, order) == ["黄大山得40票，多于已列入的张三宝（15票），应按得票多少列入"]


def test_fewest_votes_may_be_left_off(clerk):
    election = vetted()
    extra = a_nominee(election, "黄大山", "member", 2, **PASSED)
    order = proposal(election)
    order["member"].remove(extra.pk)
    publish(election, clerk, order)
    assert ("member", "黄大山") not in names(election)


def test_list_that_changed_meanwhile_is_not_published(clerk):
    election = vetted()
    order = proposal(election)
    Nominee.objects.filter(name="张三宝").update(withdrawn_on=TODAY)
    assert "名单在核对期间有变动，请刷新页面后重新核对" in refusal(election, clerk, order)


def test_posted_before_it_is_recorded(clerk):
    election = vetted()
    assert refusal(election, clerk, day=date(2026, 12, 2)) == ["公布日期（2026年12月2日）在今天以后，张贴后再登记"]


def test_same_list_is_not_published_twice(clerk):
    election = vetted()
    publish(election, clerk)
    assert refusal(election, clerk) == ["名单和已经公布的一致，不需要重新公布"]


def test_after_a_withdrawal_the_list_is_published_again(clerk):
    election = vetted()
    a_nominee(election, "黄大山", "member", 2, **PASSED)
    publish(election, clerk)
    withdraw(Nominee.objects.get(name="李春兰"), withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert nomination_facts([election])[election.pk].formal_published_on is None
    assert publish(election, clerk).number == 2
    assert nomination_facts([election])[election.pk].formal_published_on == TODAY
    assert len(json.loads(FormalList.objects.get(number=1).snapshot)["candidates"]) == 9


def test_page_shows_beforehand_what_would_be_refused(clerk):
    election = vetted()
    Nominee.objects.filter(name="马建军").update(conclusion="")
    shown = [problem.text for problem in list_problems(election, proposal(election), today=TODAY)]
    assert shown == refusal(election, clerk)


def test_meeting_with_voters_after_publication(clerk):
    election = vetted()
    with pytest.raises(Refused, match="名单还没有公布"):
        note_meeting(election, met_on=TODAY, actor=clerk, today=TODAY)
    publish(election, clerk, day=date(2026, 11, 28))
    with pytest.raises(Refused, match="早于正式候选人名单公布日期"):
        note_meeting(election, met_on=date(2026, 11, 27), actor=clerk, today=TODAY)
    note_meeting(election, met_on=date(2026, 11, 28), actor=clerk, today=TODAY)
    assert nomination_facts([election])[election.pk].met_voters_on == date(2026, 11, 28)


def test_meeting_not_after_election_day(clerk):
    election = vetted()
    publish(election, clerk)
    late = date(2026, 12, 21)
    with pytest.raises(Refused, match="选举日（2026年12月20日）前"):
        note_meeting(election, met_on=late, actor=clerk, today=late)
    assert note_meeting(election, met_on=date(2026, 12, 20), actor=clerk, today=late).met_voters_on == date(
        2026, 12, 20
    )


def test_page_notes_what_would_have_to_be_explained(clerk):
    election = vetted()
    assert list_notes(election, proposal(election), today=date(2026, 12, 15)) == ()
    [late] = list_notes(election, proposal(election), today=date(2026, 12, 16))
    assert late.text == "正式候选人名单在选举日前4天公布，少于5天"
    Nominee.objects.update(sex="M")
    [men] = list_notes(election, proposal(election), today=TODAY)
    assert men.text == "正式候选人中没有女性"
