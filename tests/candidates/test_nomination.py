"""Accepting nominations and withdrawals, and what both mean for others."""

from dataclasses import replace
from datetime import date

import pytest

from candidates.models import Nominee
from candidates.selectors.nominees import nominees_of
from candidates.selectors.vetting import flags_of
from candidates.services.nomination import accept_nominee, change_nominee, withdraw
from elections.models import Area
from elections.models.journal import JournalEntry
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.sealing import numbers_of
from elections.services.hold import Overtaken
from elections.services.persons import add_person, correct_person, entry_of
from tests.candidates.make_candidates import (
    PASSED,
    TODAY,
    a_nominee,
    a_slate,
    a_voter,
    decided,
    related,
    some_voters,
)
from tests.elections.make_persons import an_entry
from tests.make import VILLAGE, an_actor, an_election
from voters.sealing import number_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def election():
    election = an_election(Stage.NOMINATION)
    decided(election)
    some_voters(election)
    return election


@pytest.fixture
def clerk():
    return an_actor("village")


def propose(election, clerk, name="王芳", **said):
    voter = said.pop("voter", None) or a_voter(election, name, said.pop("sex", "F"))
    typed = {"office": "member", "source": "voters", "votes": 12, "nominated_on": date(2026, 11, 30)}
    return accept_nominee(election, voter=voter, **(typed | said), actor=clerk, today=TODAY)


def refusal(election, clerk, **said) -> list[str]:
    with pytest.raises(Refused) as refused:
        propose(election, clerk, **said)
    return [problem.text for problem in refused.value.problems]


def test_nominee_comes_from_the_roll(election, clerk):
    accepted = propose(election, clerk, party="中共党员")
    nominee = Nominee.objects.get()
    assert accepted.notes == []
    assert (nominee.name, nominee.sex, nominee.office, nominee.votes, nominee.party) == (
        "王芳", "F", "member", 12, "中共党员",
    )  # fmt: skip
    line = JournalEntry.objects.filter(area_code=VILLAGE).latest("seq")
    assert (line.act, line.details["votes"]) == ("nominee.accepted", 12)
    assert "王芳" not in line.body


def test_who_is_not_listed_cannot_stand(election, clerk):
    voter = a_voter(election, "外来人", listed=False)
    assert refusal(election, clerk, voter=voter) == ["委员候选人外来人不在本村选民名单上"]


def test_somebody_of_another_roll_cannot_stand(election, clerk):
    voter = a_voter(an_election(Stage.NOMINATION, code="990100101202"), "外来人")
    assert refusal(election, clerk, voter=voter) == ["委员候选人外来人不在本村选民名单上"]


def test_no_office_without_a_seat(election, clerk):
    assert refusal(election, clerk, office="woman") == ["没有决定设妇女委员，不能提名"]


def test_no_nomination_before_seats(clerk):
    election = an_election(Stage.NOMINATION)
    some_voters(election, 20)
    assert refusal(election, clerk) == ["职位和名额还没有决定，应先登记职位职数"]


def test_same_person_twice_for_one_post(election, clerk):
    voter = a_voter(election, "王芳", "F")
    propose(election, clerk, voter=voter)
    assert refusal(election, clerk, voter=voter) == ["王芳已经登记为委员提名人选，票数有误的请修改原登记"]
    assert propose(election, clerk, voter=voter, office="deputy").nominee.office == "deputy"


def test_two_people_of_one_name_stand_for_one_office(election, clerk):
    one = propose(election, clerk).nominee
    assert one.name == "王芳"
    other = propose(election, clerk, voter=a_voter(election, "王芳", "F", group="2组")).nominee
    one.refresh_from_db()
    assert (one.name, other.name) == ("王芳（1组）", "王芳（2组）")
    assert (one.person.label, other.person.label) == ("王芳（1组）", "王芳（2组）")
    assert refusal(election, clerk, voter=one.voter) == ["王芳（1组）已经登记为委员提名人选，票数有误的请修改原登记"]


def test_one_person_has_one_record_for_all_nominations(election, clerk):
    voter = a_voter(election, "王芳", "F")
    chair, member = (propose(election, clerk, voter=voter, office=office).nominee for office in ("chair", "member"))
    assert chair.person == member.person
    assert numbers_of([chair.person]) == [number_of(voter)]
    assert (chair.person.group, chair.person.birth, chair.person.sex) == ("1组", date(1980, 5, 1), "F")


def test_who_cannot_be_told_from_a_namesake_gets_a_mark_first(election, clerk):
    one = propose(election, clerk).nominee.person
    twin = a_voter(election, "王芳", "F", birth=date(1980, 8, 9))
    assert refusal(election, clerk, voter=twin) == [
        "人员名册上已有一位王芳（1组，1980年生）。是同一人的，请先在人员名册中补填身份证号；"
        "不是同一人的，请先在人员名册中填写区别同名的字样"
    ]
    correct_person(one, replace(entry_of(one), mark="东头"), version=one.version, actor=clerk)
    assert propose(election, clerk, voter=twin).nominee.name == "王芳（1组，1980年生）"
    assert Nominee.objects.get(person=one).name == "王芳（1组，1980年生，东头）"


def test_roll_and_register_agree_on_the_name(election, clerk):
    voter = a_voter(election, "王芳", "F")
    entry = an_entry("王方", id_number=number_of(voter), sex="F")
    person = add_person(election.village, entry, actor=clerk)
    assert refusal(election, clerk, voter=voter) == [
        "选民名单上的王芳与人员名册上的王方身份证号相同、姓名不同，请核对更正后再登记"
    ]
    correct_person(person, replace(entry, name="王芳"), version=0, actor=clerk)
    assert propose(election, clerk, voter=voter).nominee.person == person


def test_voters_nominate_with_votes(election, clerk):
    assert refusal(election, clerk, votes=0) == ["选民提名的应有1名以上选民，现填0名"]
    assert propose(election, clerk, votes=1).nominee.votes == 1


def test_party_may_nominate_without_votes(election, clerk):
    assert propose(election, clerk, source="party", votes=0).nominee.source == "party"


def test_no_more_votes_than_voters(election, clerk):
    voter = a_voter(election, "王芳")  # the 41st on the roll
    assert refusal(election, clerk, voter=voter, votes=42) == ["提名票42张，多于登记参加选举的41人，请核对"]
    assert propose(election, clerk, voter=voter, votes=41).nominee.votes == 41


def test_edition_of_2018_knows_voters_only(clerk):
    election = an_election(Stage.NOMINATION, pack="national-2018")
    decided(election)
    some_voters(election, 20)
    assert refusal(election, clerk, source="party") == ["提名方式不合规定：王芳"]
    assert propose(election, clerk, name="李春兰").nominee.name == "李春兰"


def test_ten_residents_nominate_jointly():
    election = an_election(Stage.NOMINATION, code="990100001001")
    Area.objects.filter(code="990100001001").update(kind="community")
    election.village.refresh_from_db()
    decided(election, {"chair": 1, "member": 4})
    some_voters(election, 20)
    actor = an_actor("county")
    assert refusal(election, actor, votes=9) == ["选民提名的应有10名以上选民，现填9名"]
    assert propose(election, actor, name="李春兰", votes=10).nominee.votes == 10


def test_all_reasons_at_once(election, clerk):
    voter = a_voter(election, "外来人", listed=False)
    said = refusal(
        election, clerk, voter=voter, source="self", office="woman", votes=99, nominated_on=date(2026, 12, 2)
    )
    assert said == [
        "没有决定设妇女委员，不能提名",
        "提名方式不合规定：外来人",
        "妇女委员候选人外来人不在本村选民名单上",
        "妇女委员候选人外来人不是女性，妇女委员只能提名妇女",
        "提名票99张，多于登记参加选举的40人，请核对",
        "提名日期（2026年12月2日）在今天以后，请核对",
    ]
    assert not Nominee.objects.exists()


def test_votes_are_corrected(election, clerk):
    nominee = a_nominee(election, "王芳", votes=12)
    change_nominee(nominee, votes=13, education="大专", actor=clerk)
    assert (Nominee.objects.get().votes, Nominee.objects.get().education) == (13, "大专")


def test_a_correction_tells_only_what_it_changed_itself(election, clerk):
    a_nominee(election, "王芳", votes=12)
    seen = Nominee.objects.get()
    Nominee.objects.update(first_check="passed", first_checked_on=TODAY)  # the township, meanwhile
    change_nominee(seen, votes=13, actor=clerk)
    details = JournalEntry.objects.filter(act="nominee.changed").get().said["details"]
    assert (details["before"], details["after"]) == ({"votes": 12}, {"votes": 13})


def test_who_has_withdrawn_meanwhile_is_not_corrected(election, clerk):
    a_nominee(election, "王芳", votes=12)
    seen = Nominee.objects.get()
    withdraw(Nominee.objects.get(), withdrawn_on=TODAY, actor=clerk, today=TODAY)
    with pytest.raises(Refused, match="王芳已经退出，不能再改"):
        change_nominee(seen, votes=13, actor=clerk)
    assert Nominee.objects.get().votes == 12


def test_withdrawal_says_what_is_missing(election, clerk):
    a_slate(election)
    chair = Nominee.objects.get(name="丁卫国")
    gone = withdraw(chair, withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert (gone.follows, gone.short) == ((), "主任应选1人，候选人应不少于2人，现有1人")
    assert "丁卫国" not in nominees_of(election).values_list("name", flat=True)


def test_withdrawal_that_leaves_enough(election, clerk):
    a_slate(election)
    a_nominee(election, "黄大山", "chair", 3)
    gone = withdraw(Nominee.objects.get(name="丁卫国"), withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert gone.short is None


def test_next_by_nominations_follows_a_formal_candidate(clerk):
    election = an_election(Stage.VETTING)
    decided(election)
    a_slate(election, **PASSED)
    for name, votes in (("黄大山", 4), ("曾小河", 3)):
        a_nominee(election, name, "member", votes, **PASSED)
    for place, name in enumerate(("王芳", "李春兰", "欧阳明", "张三宝"), start=1):
        Nominee.objects.filter(name=name).update(formal_order=place)
    gone = withdraw(Nominee.objects.get(name="李春兰"), withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert gone.follows == ("黄大山",)
    assert gone.short == "委员应选3人，候选人应不少于4人，现有3人"


def test_of_two_of_one_name_only_the_one_who_withdrew_is_followed(clerk):
    election = an_election(Stage.VETTING)
    decided(election)
    a_slate(election, **PASSED)
    for group, order, votes in (("1组", 1, 30), ("2组", None, 4)):
        a_nominee(
            election, "王伟", "deputy", votes, label=f"王伟（{group}）", group=group, formal_order=order, **PASSED
        )
    first = Nominee.objects.get(name="王伟（1组）")
    gone = withdraw(first, withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert gone.follows == ("于小梅",)  # 30 votes; the other 王伟 has 4
    Nominee.objects.filter(name__in=["于小梅", "刘志强"]).update(withdrawn_on=TODAY)
    Nominee.objects.filter(pk=first.pk).update(withdrawn_on=None)
    assert withdraw(first, withdrawn_on=TODAY, actor=clerk, today=TODAY).follows == ("王伟（2组）",)


def test_equal_reserves_are_named_not_chosen(clerk):
    election = an_election(Stage.VETTING)
    decided(election)
    a_slate(election, **PASSED)
    for name in ("黄大山", "曾小河"):
        a_nominee(election, name, "chair", 4, **PASSED)
    Nominee.objects.filter(name__in=["丁卫国", "马建军"]).update(formal_order=1)
    gone = withdraw(Nominee.objects.get(name="丁卫国"), withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert (gone.follows, gone.equal) == ((), ("曾小河", "黄大山"))


def test_withdrawal_is_dated(election, clerk):
    nominee = a_nominee(election, "王芳")  # nominated on 25 November
    for day in (date(2026, 11, 24), date(2026, 12, 2)):
        with pytest.raises(Refused):
            withdraw(nominee, withdrawn_on=day, actor=clerk, today=TODAY)
    assert withdraw(nominee, withdrawn_on=date(2026, 11, 25), actor=clerk, today=TODAY).nominee.withdrawn_on


def test_second_withdrawal_is_told(election, clerk):
    nominee = a_nominee(election, "王芳")
    withdraw(nominee, withdrawn_on=TODAY, actor=clerk, today=TODAY)
    with pytest.raises(Overtaken, match="退出已经登记"):
        withdraw(nominee, withdrawn_on=TODAY, actor=clerk, today=TODAY)


def test_withdrawn_person_may_be_nominated_again(election, clerk):
    voter = a_voter(election, "王芳", "F")
    first = propose(election, clerk, voter=voter).nominee
    withdraw(first, withdrawn_on=TODAY, actor=clerk, today=TODAY)
    assert propose(election, clerk, voter=voter).nominee.pk != first.pk


def test_flags_are_facts(election):
    a_slate(election)
    a_voter(election, "王芳", "F", group="2组")
    a_nominee(election, "丁卫国", "member", 5)
    related(election, "丁卫国", "马建军", "sibling")
    related(election, "于小梅", "马建军", "sister_in_law")
    rows = {(each.name, each.office): each.pk for each in nominees_of(election)}
    flags = flags_of(nominees_of(election).select_related("voter", "election__village"))
    assert flags[rows["王芳", "member"]] == ["名单上有2人同名，本人是王芳（1组，1980年生）"]
    assert flags[rows["丁卫国", "chair"]] == [
        "同时被提名为2个职务的人选，须是选举办法允许的",
        "候选人丁卫国与马建军有近亲属关系（兄弟姐妹），不能同时当选",
    ]
    assert flags[rows["于小梅", "deputy"]] == ["与候选人马建军登记有亲属关系（姻亲），不属于规定的近亲属"]
    assert flags[rows["李春兰", "member"]] == []
