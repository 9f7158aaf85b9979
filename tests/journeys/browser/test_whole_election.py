"""One village from 准备 to 归档, by three users, in a real browser; every page is looked at on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.demo.people import Person
from elections.models import Election
from elections.rules.kinds import Stage, Standing
from tests.journeys.browser import audit, ending, nominating, preparation, roll, voting
from tests.journeys.browser.clerk import Clerk
from tests.journeys.browser.days import Days, days_from

pytestmark = [pytest.mark.browser, pytest.mark.slow(seconds=120)]


def test_one_village_from_preparation_to_archive(clerk: Clerk, tmp_path: Path) -> None:
    people = roll.villagers()
    with days_from(-60) as days:
        prepare(clerk, days, people)
        audit_and_party(clerk, days)
        register(clerk, days, people, tmp_path)
        nominate_and_vet(clerk, days, people)
        vote(clerk, days, people)
        hand_over(clerk, days)
    election = Election.objects.get(village_id=clerk.code, body="committee")
    assert (election.stage, election.standing) == (Stage.HANDOVER, Standing.CLOSED)


def prepare(clerk: Clerk, days: Days, people: list[Person]) -> None:
    clerk.go("login")
    clerk.looks("login")
    clerk.log_in("county")
    preparation.begin_cycle(clerk, days)
    clerk.log_out()

    days.go(-57)
    clerk.log_in("township")
    clerk.looks("desk")
    clerk.is_refused("start_audit", *preparation.NOTHING_YET)
    preparation.bodies(clerk, days)
    preparation.survey(clerk, days)
    preparation.talks_and_training(clerk, days)
    preparation.set_election_day(clerk, days)
    clerk.log_out()
    clerk.log_in("village")
    clerk.looks("village-preparation")
    preparation.plan(clerk, days)
    preparation.election_committee(clerk, days, people)
    clerk.log_out()


def audit_and_party(clerk: Clerk, days: Days) -> None:
    clerk.log_in("township")
    clerk.steps("start_audit", "进入审计环节")
    clerk.looks("village-audit")
    clerk.is_refused("open_registration", *audit.NOT_YET)
    audit.begin(clerk, days)
    days.go(-47)
    clerk.log_in("township")
    audit.report(clerk, days)
    days.go(-40)
    clerk.log_in("township")
    audit.post(clerk, days, -44, -40)
    audit.objection(clerk, days)
    audit.party_first(clerk, days)
    days.go(-39)
    clerk.log_in("township")
    clerk.steps("open_registration", "开始选民登记")
    clerk.is_refused("open_nomination", *roll.NOT_YET)
    clerk.log_out()


def register(clerk: Clerk, days: Days, people: list[Person], folder: Path) -> None:
    file, missing = roll.write_file(folder, people)
    clerk.log_in("village")
    roll.announce(clerk, days)
    roll.import_file(clerk, file)
    days.go(-30)
    clerk.log_in("village")
    roll.publish(clerk)
    ending.print_papers(clerk, "石门村村民选举委员会名单公告", "石门村登记参加选举的村民名单公告")
    days.go(-28)
    clerk.log_in("village")
    roll.object_to_roll(clerk, missing)
    days.go(-27)
    clerk.log_in("township")
    clerk.is_refused("open_nomination", "申诉受理到2026年10月21日止，期限还没有过", "名单申诉还有1件没有作出处理决定")
    clerk.log_out()
    clerk.log_in("village")
    roll.decide(clerk, missing)


def nominate_and_vet(clerk: Clerk, days: Days, people: list[Person]) -> None:
    days.go(-24)
    clerk.log_in("township")
    clerk.steps("open_nomination", "开始提名")
    clerk.is_refused("open_vetting", *nominating.NO_SEATS)
    days.go(-19)
    clerk.log_in("village")
    nominating.decide_seats(clerk, days)
    nominating.announce(clerk, days)
    nominating.nominate_all(clerk, days, people)
    days.go(-16)
    clerk.log_in("township")
    clerk.looks("village-nomination")
    clerk.steps("open_vetting", "报送资格审查")
    clerk.is_refused("open_voting", "镇级初审还有8人没有完成", "正式候选人名单还没有确定")
    nominating.first_check(clerk, people)
    clerk.log_out()
    days.go(-11)
    clerk.log_in("county")
    nominating.conclude(clerk, people)
    clerk.log_out()
    days.go(-8)
    clerk.log_in("village")
    nominating.publish(clerk, days)


def vote(clerk: Clerk, days: Days, people: list[Person]) -> None:
    days.go(-7)
    clerk.log_in("township")
    clerk.steps("open_voting", "进入投票环节")
    clerk.is_refused("open_poll", *voting.NOT_READY)
    clerk.log_out()
    clerk.log_in("village")
    voting.arrange(clerk, days)
    voting.name_staff(clerk, people)
    days.go(-3)
    clerk.log_in("village")
    voting.meet(clerk, days)
    clerk.village()
    clerk.looks("village-voting")
    days.go(0)
    clerk.log_in("village")
    clerk.steps("open_poll", "开始第一次投票")
    voting.count(clerk, people, Election.objects.get(village_id=clerk.code, body="committee").rounds.get().registered)
    voting.confirm(clerk)
    voting.report(clerk, days)
    ending.print_papers(
        clerk, "石门村村民委员会正式候选人名单公告", "石门村村民委员会选举结果公告", "石门村村民选举委员会名单公告"
    )
    assert ending.download(clerk).startswith(b"%PDF")
    clerk.log_in("township")
    clerk.steps("hand_over", "确认选举完成，开始移交")
    clerk.is_refused("close", *ending.NOT_HANDED_OVER, act=True)
    clerk.log_out()


def hand_over(clerk: Clerk, days: Days) -> None:
    days.go(6)
    clerk.log_in("village")
    ending.hand_over(clerk, days)
    days.go(9)
    clerk.log_in("village")
    ending.fill_the_box(clerk, days)
    days.go(10)
    clerk.log_in("township")
    ending.close(clerk)
    ending.is_closed(clerk)
    clerk.go("desk")
    clerk.looks("desk-end")
    clerk.log_out()
    clerk.log_in("county")
    clerk.looks("overview-end")
    clerk.log_out()
