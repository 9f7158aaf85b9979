"""Election day moves: who comes of age joins, who becomes too young leaves, both before and after publication (VR-05)."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from elections.models import Role
from elections.rules.machine import Refused
from tests.client import Browser
from tests.make import VILLAGE, a_user
from tests.voters.make_voters import POLL_DAY, TODAY, a_clerk, a_roll_election, a_row, a_voter, an_id, table, xlsx
from voters.importing.source import SourceTable
from voters.models import Evidence, RollChange, Voter, Young
from voters.selectors.ages import set_aside, shift_of
from voters.selectors.facts import registration_facts
from voters.selectors.statistics import by_age, by_category, groups_against_last_term, registers
from voters.services import imports
from voters.services.ages import Followed, follow_the_day
from voters.services.listing import omit
from voters.services.publishing import publish_roll

pytestmark = pytest.mark.django_db
EIGHTEEN = POLL_DAY.replace(year=2008)


def move(election, days):
    election.poll_day = POLL_DAY + timedelta(days=days)
    election.save()


@pytest.fixture
def election():
    """One of age to the day, one a day too young in the file, one a day too young by hand, one old."""
    election = a_roll_election()
    rows = [
        a_row(1), a_row(2, 身份证号=an_id(2, EIGHTEEN)), a_row(3, 身份证号=an_id(3, EIGHTEEN + timedelta(days=1))),
    ]  # fmt: skip
    imports.import_roll(election, SourceTable.read(xlsx(table(rows)), "x"), actor=a_clerk(), today=TODAY)
    a_voter(election, 4, 身份证号=an_id(4, EIGHTEEN + timedelta(days=1)))
    return election


def test_nothing_to_do_while_the_day_stands(election):
    assert shift_of(election).empty
    with pytest.raises(Refused, match="没有需要按选举日更新的人"):
        follow_the_day(election, actor=a_clerk())


def test_those_who_come_of_age_join(election):
    assert (Young.objects.count(), Voter.objects.filter(listed=True).count()) == (1, 2)
    move(election, 1)
    assert (len(shift_of(election).young), len(shift_of(election).of_age)) == (1, 1)
    follow_the_day(election, actor=a_clerk())
    assert (Young.objects.count(), Voter.objects.filter(listed=True).count()) == (0, 4)
    assert Voter.objects.get(name=a_row(3)["姓名"]).group == "4组"


def test_who_becomes_too_young_leaves(election):
    move(election, -1)
    assert len(shift_of(election).too_young) == 1
    follow_the_day(election, actor=a_clerk())
    assert Voter.objects.get(name=a_row(2)["姓名"]).omission == "UNDER_AGE"


def test_who_was_registered_meanwhile_is_not_asked_for_again(election):
    a_voter(election, 3, 身份证号=an_id(3, EIGHTEEN + timedelta(days=1)))
    assert set_aside(election).count() == 0
    move(election, 1)
    assert follow_the_day(election, actor=a_clerk()) == Followed(joined=2, left=0, waiting=0)
    assert Voter.objects.filter(listed=True).count() == 4


def test_another_rule_may_still_keep_somebody_off(election):
    late = Voter.objects.get(omission="UNDER_AGE")
    Evidence.objects.create(voter=late, deprived_until=date(2027, 12, 31))
    move(election, 1)
    assert follow_the_day(election, actor=a_clerk()) == Followed(joined=1, left=0, waiting=1)
    late.refresh_from_db()
    assert not late.listed


def test_rights_come_back_by_themselves_when_their_term_ends_before_the_day(election):
    """VR-08: the term of a deprivation is kept with the omission; nobody has to remember its end."""
    clerk = a_clerk()
    voter = Voter.objects.get(name=a_row(1)["姓名"])
    omit(voter, "DEPRIVED", evidence="判决书", version=voter.version, actor=clerk, until=POLL_DAY)
    assert shift_of(election).empty
    move(election, 1)
    assert [each.pk for each in shift_of(election).rights_back] == [voter.pk]
    assert follow_the_day(election, actor=clerk) == Followed(joined=3, left=0, waiting=0)
    voter.refresh_from_db()
    assert voter.listed
    move(election, 0)
    assert [each.pk for each in shift_of(election).deprived] == [voter.pk]
    follow_the_day(election, actor=clerk)
    voter.refresh_from_db()
    assert (voter.listed, voter.omission) == (False, "DEPRIVED")


def test_whose_rights_are_back_by_the_day_cannot_be_taken_off_for_it(election):
    voter = Voter.objects.get(name=a_row(1)["姓名"])
    with pytest.raises(Refused, match="选举日已经恢复"):
        omit(
            voter, "DEPRIVED", evidence="判决书", version=voter.version, actor=a_clerk(),
            until=POLL_DAY - timedelta(days=1),
        )  # fmt: skip


def test_they_are_told_by_name_on_the_page_of_the_roll(election):
    clerk = Browser()
    clerk.force_login(a_user(Role.VILLAGE), backend="django.contrib.auth.backends.ModelBackend")
    young = clerk.get(reverse("roll_young", args=[VILLAGE])).content.decode()
    assert a_row(3)["姓名"] in young
    assert "2026年12月21日" in young
    assert an_id(3, EIGHTEEN + timedelta(days=1)) not in young
    move(election, 1)
    with time_machine.travel(f"{TODAY}T09:00:00+08:00"):
        page = clerk.get(reverse("roll", args=[VILLAGE])).content.decode()
        assert f"{a_row(3)['姓名']}，4组，年满18周岁" in page
        told = clerk.post(reverse("roll_ages", args=[VILLAGE]), follow=True).content.decode()
        move(election, -1)
        page = clerk.get(reverse("roll", args=[VILLAGE])).content.decode()
    assert "列入2人，移出0人。" in told
    assert f"{a_row(2)['姓名']}，3组，未满18周岁" in page


def test_after_publication_they_are_changes_with_their_cause(election):
    clerk = a_clerk()
    publish_roll(election, place="公开栏", posted_by="甲", actor=clerk, today=TODAY)
    move(election, 1)
    follow_the_day(election, actor=clerk)
    assert registration_facts([election])[election.pk].unpublished_changes == 2
    causes = RollChange.objects.filter(after_publication=True).values_list("cause", "reason")
    assert set(causes) == {("CAME_OF_AGE", "选举日改为2026年12月21日，年满18周岁")}
    assert dict(registers(election)["四增"])["选举日年满18周岁"] == 2


def test_undoing_an_import_forgets_those_set_aside_too(election):
    from voters.models import RollImport

    imports.undo_import(RollImport.objects.get(), actor=a_clerk())
    assert Young.objects.count() == 0


def test_the_roll_in_figures(election):
    clerk = a_clerk()
    publish_roll(election, place="公开栏", posted_by="甲", actor=clerk, today=TODAY)
    voter = Voter.objects.get(name=a_row(1)["姓名"])
    omit(voter, "DIED", evidence="死亡证明", version=voter.version, actor=clerk)
    assert sum(men + women for _, men, women in by_age(election)) == 1
    assert by_category(election)[0] == ("户籍在本村且居住", 1)
    assert dict(registers(election)["四减"])["死亡"] == 1
    assert dict(registers(election)["四不登"])["选举日未满18周岁的"] == 1
    assert [(each.name, each.now, each.before) for each in groups_against_last_term(election)] == [("3组", 1, None)]
    assert date(2008, 12, 20) == EIGHTEEN
