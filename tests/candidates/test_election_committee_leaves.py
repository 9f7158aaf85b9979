"""Through the service: the election committee is left on nomination, and reserves follow by their votes (EC-09…11)."""

from datetime import date

import pytest

from candidates.services.nomination import accept_nominee, withdraw
from elections.models import CommitteeMember, Election, Kinship
from elections.models.journal import JournalEntry
from elections.rules import policy
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.selectors import election_committee as read
from elections.services import election_committee as services
from elections.services.election_committee import Place
from tests.candidates.make_candidates import (
    TODAY,
    a_member,
    a_voter,
    an_election_committee,
    decided,
    related,
    some_voters,
)
from tests.elections.make_persons import somebody_new
from tests.make import VILLAGE, an_actor, an_election

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return an_actor("village")


def prepared(pack="national-2025", **overrides) -> Election:
    election = an_election(Stage.NOMINATION, pack=pack)
    if overrides:
        election.policy_values = policy.freeze(policy.load(pack, overrides))
        election.save()
    decided(election)
    some_voters(election, 20)
    an_election_committee(election)
    return election


def nominate(election, clerk, name, office="chair"):
    return accept_nominee(
        election, voter=a_voter(election, name), office=office, source="voters", votes=9,
        nominated_on=date(2026, 11, 30), actor=clerk, today=TODAY,
    )  # fmt: skip


def serving(election) -> dict[str, str]:
    return dict(read.serving(election).values_list("name", "post"))


def test_chair_leaves_first_reserve_follows_new_chair_needed(clerk):
    election = prepared()
    accepted = nominate(election, clerk, "李某")
    assert accepted.notes == ["李某已被提名，退出选举委员会，由胡某递补", "需要另行推选主任"]
    assert "李某" not in serving(election)
    assert serving(election)["胡某"] == "member"
    assert len(serving(election)) == 7
    assert list(read.reserves(election).values_list("name", flat=True)) == ["唐某"]


def test_in_the_journal_without_names(clerk):
    election = prepared()
    nominate(election, clerk, "李某")
    acts = list(JournalEntry.objects.filter(area_code=VILLAGE).order_by("seq").values_list("act", flat=True))
    assert acts == ["person.added", "nominee.accepted", "committee.left_for_nomination"]
    line = JournalEntry.objects.filter(area_code=VILLAGE).latest("seq")
    assert (line.details["posts"], line.details["followed"], line.details["remaining"]) == (["chair"], 1, 7)
    assert "李某" not in line.body
    assert "胡某" not in line.body


def test_daughter_nominated_2025(clerk):
    election = prepared()
    related(election, "徐某", "徐小某", "child")
    accepted = nominate(election, clerk, "徐小某", "member")
    assert accepted.notes == [
        "徐某的近亲属徐小某（子女）已被提名，退出选举委员会，由胡某递补",
        "需要另行推选副主任",
    ]


def test_daughter_nominated_2018(clerk):
    election = prepared("national-2018")
    related(election, "徐某", "徐小某", "child")
    assert nominate(election, clerk, "徐小某", "member").notes == []
    assert serving(election)["徐某"] == "deputy"


@pytest.mark.parametrize(
    ("scope", "notes"),
    [
        ("civil_code_1045", []),
        ("wide", ["周某的近亲属周嫂（姻亲）已被提名，退出选举委员会，由胡某递补"]),
    ],
)
def test_sister_in_law(clerk, scope, notes):
    election = prepared(kin_scope=scope)
    related(election, "周某", "周嫂", "sister_in_law")
    assert nominate(election, clerk, "周嫂", "member").notes == notes


def test_nomination_refused_leaves_the_committee_alone(clerk):
    election = prepared()
    with pytest.raises(Refused):
        nominate(election, clerk, "李某", "woman")
    assert serving(election)["李某"] == "chair"


def test_two_leave_at_once_two_follow(clerk):
    election = prepared()
    related(election, "徐某", "李某", "sibling")
    assert nominate(election, clerk, "李某").notes[:2] == [
        "李某已被提名，退出选举委员会，由胡某递补",
        "徐某的近亲属李某（兄弟姐妹）已被提名，退出选举委员会，由唐某递补",
    ]


def test_nominated_reserve_is_passed_over(clerk):
    election = prepared()
    nominate(election, clerk, "胡某", "member")
    assert nominate(election, clerk, "李某").notes[0] == "李某已被提名，退出选举委员会，由唐某递补"


def test_no_reserve_left_is_said(clerk):
    election = prepared()
    CommitteeMember.objects.filter(post="reserve").delete()
    assert nominate(election, clerk, "周某", "member").notes == [
        "周某已被提名，退出选举委员会",
        "选举委员会还缺1人，没有可以递补的候补，请由原推选会议另行推选",
    ]
    new = services.elect_member(election, Place(somebody_new("新某", "F"), "", "member", 40), actor=clerk)
    assert (new.replaces.name, read.places_open(election)) == ("周某", 0)


def test_equal_reserves_wait_for_the_meeting(clerk):
    election = prepared()
    CommitteeMember.objects.filter(name="唐某").update(votes=31)
    assert nominate(election, clerk, "周某", "member").notes == [
        "周某已被提名，退出选举委员会",
        "候补胡某、唐某得票相同，请由原推选会议确定其中1人递补",
    ]
    with pytest.raises(Refused, match="还有候补可以递补"):
        services.elect_member(election, Place(somebody_new("新某", "F"), "", "member", 40), actor=clerk)
    services.name_follower(election, CommitteeMember.objects.get(name="唐某"), actor=clerk)
    assert read.notes_of(election) == ["周某已被提名，退出选举委员会，由唐某递补"]


def test_reserve_who_becomes_able_later_comes_before_anybody_new(clerk):
    election = prepared()
    CommitteeMember.objects.filter(name="唐某").delete()
    stands = nominate(election, clerk, "胡某", "member").nominee
    nominate(election, clerk, "周某", "member")
    withdraw(stands, withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert read.notes_of(election)[1:] == ["选举委员会还缺1人，请先由候补胡某递补"]
    with pytest.raises(Refused, match="还有候补可以递补"):
        services.elect_member(election, Place(somebody_new("新某", "F"), "", "member", 40), actor=clerk)
    services.name_follower(election, CommitteeMember.objects.get(name="胡某"), actor=clerk)
    assert read.notes_of(election) == ["周某已被提名，退出选举委员会，由胡某递补"]


def test_reserve_whose_turn_it_is_not_waits(clerk):
    election = prepared()
    standing = [nominate(election, clerk, name, "member").nominee for name in ("胡某", "唐某")]
    nominate(election, clerk, "周某", "member")
    for nominee in standing:
        withdraw(nominee, withdrawn_on=TODAY, actor=clerk, today=TODAY)
    with pytest.raises(Refused, match="请先由得票多的候补递补"):
        services.name_follower(election, CommitteeMember.objects.get(name="唐某"), actor=clerk)


def test_asked_again_nothing_more_happens(clerk):
    election = prepared()
    nominate(election, clerk, "李某")
    lines = JournalEntry.objects.count()
    assert services.leave_for_nomination(election, actor=clerk, today=TODAY) == []
    assert JournalEntry.objects.count() == lines


def test_withdrawal_does_not_bring_anybody_back(clerk):
    election = prepared()
    nominee = nominate(election, clerk, "李某").nominee
    withdraw(nominee, withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert "李某" not in serving(election)


def test_kinship_that_comes_to_light_later(clerk):
    election = prepared()
    nominate(election, clerk, "徐小某", "member")
    tie = Kinship(election=election, name="徐某", other="徐小某", relation="child")
    notes = services.declare_kinship(election, tie, actor=clerk, today=TODAY)
    assert notes[0] == "徐某的近亲属徐小某（子女）已被提名，退出选举委员会，由胡某递补"


def test_committee_chooses_its_new_chair(clerk):
    election = prepared()
    nominate(election, clerk, "李某")
    with pytest.raises(Refused, match="不是现任成员"):
        services.choose_officer(election, CommitteeMember.objects.get(name="唐某"), "chair", actor=clerk)
    services.choose_officer(election, CommitteeMember.objects.get(name="周某"), "chair", actor=clerk)
    assert serving(election)["周某"] == "chair"
    assert read.officers_note(election) == []
    with pytest.raises(Refused, match="已经有主任"):
        services.choose_officer(election, CommitteeMember.objects.get(name="吴某"), "chair", actor=clerk)


def test_member_leaves_for_another_cause(clerk):
    election = prepared()
    member = CommitteeMember.objects.get(name="钱某")
    notes = services.record_change(election, member, why="病故", left_on=TODAY, actor=clerk, today=TODAY)
    assert notes == ["钱某因病故，退出选举委员会，由胡某递补"]


def test_leaving_says_why_and_when(clerk):
    election = prepared()
    member = CommitteeMember.objects.get(name="钱某")
    with pytest.raises(Refused) as refused:
        services.record_change(election, member, why=" ", left_on=date(2026, 12, 2), actor=clerk, today=TODAY)
    assert [problem.text for problem in refused.value.problems] == [
        "没有写明退出原因",
        "退出日期（2026年12月2日）在今天以后，请核对",
    ]


def test_committee_is_formed_whole(clerk):
    election = an_election(Stage.PREPARATION)
    a_member(election, "旧名单")
    places = [
        Place(somebody_new("李某", "M"), "", "chair", 60),
        Place(somebody_new("徐某", "F"), "", "member", 50),
        Place(somebody_new("胡某", "M"), "", "reserve", 31),
    ]
    services.form_election_committee(election, places, actor=clerk)
    assert serving(election) == {"李某": "chair", "徐某": "member"}
    line = JournalEntry.objects.filter(area_code=VILLAGE).latest("seq")
    assert (line.details["members"], line.details["reserves"]) == (2, 1)


def test_committee_with_faults_is_not_formed(clerk):
    election = an_election(Stage.PREPARATION)
    places = [Place(somebody_new("李某", "M"), "", "chair", 60), Place(somebody_new("李某", "M"), "", "chair", 50)]
    with pytest.raises(Refused) as refused:
        services.form_election_committee(election, places, actor=clerk)
    assert [problem.text for problem in refused.value.problems] == [
        "名单上有重复的人：李某",
        "选举委员会只能有一名主任",
    ]


def test_changed_committee_is_not_formed_anew(clerk):
    election = an_election(Stage.PREPARATION)
    a_member(election, "李某", left_on=TODAY, left_why="病故")
    with pytest.raises(Refused, match="不能整体重新登记"):
        services.form_election_committee(election, [Place(somebody_new("徐某", "F"), "", "member", 50)], actor=clerk)


def chosen_before_the_roll(clerk, name: str = "赵某") -> Election:
    """An election committee whose chair was entered as somebody new, with no more than name and sex."""
    election = an_election(Stage.NOMINATION)
    decided(election)
    some_voters(election, 20)
    places = [
        Place(somebody_new(name, "M"), "", "chair", 60),
        *(Place(somebody_new(f"委员{each}"), "", "member", 50 - each) for each in range(4)),
    ]
    services.form_election_committee(election, places, actor=clerk)
    return election


def test_member_entered_before_the_roll_is_the_one_row_of_that_name(clerk):
    election = chosen_before_the_roll(clerk)
    member = CommitteeMember.objects.get(post="chair")
    accepted = nominate(election, clerk, "赵某")
    assert accepted.notes[0] == "赵某已被提名，退出选举委员会"
    member.person.refresh_from_db()
    assert accepted.nominee.person == member.person
    assert member.person.id_index is not None
    assert member.person.label == accepted.nominee.name == "赵某"


def test_member_who_may_be_one_of_two_rows_is_asked_for_not_guessed(clerk):
    election = chosen_before_the_roll(clerk)
    a_voter(election, "赵某")
    with pytest.raises(Refused, match="请先在人员名册中补填身份证号"):
        nominate(election, clerk, "赵某")
    assert "赵某" in serving(election)


def test_member_known_to_be_of_another_group_is_somebody_else(clerk):
    election = chosen_before_the_roll(clerk)
    member = CommitteeMember.objects.get(post="chair")
    type(member.person).objects.filter(pk=member.person.pk).update(group="9组")
    accepted = accept_nominee(
        election, voter=a_voter(election, "赵某", group="3组"), office="member", source="voters", votes=9,
        nominated_on=date(2026, 11, 30), actor=clerk, today=TODAY,
    )  # fmt: skip
    assert accepted.notes == []
    assert accepted.nominee.person != member.person
