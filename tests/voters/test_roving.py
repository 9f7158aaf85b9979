"""流动票箱 and 代写人: who may have them, hands for the boxes, the lists that are put up (VT-03, VT-14)."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
import time_machine

from elections.models import Election, PollArrangement, Round, StaffMember
from elections.rules import law
from elections.rules.kinds import Body, Stage
from elections.selectors.persons import meant
from office.papers import catalogue
from tests.candidates.make_candidates import a_nominee
from tests.elections.make_persons import somebody_new
from tests.make import an_election
from tests.voters.make_polling import ASKED, POLL_DAY, Village, why
from voters import assisting
from voters.assisting import record_helper, record_roving, strike_helper, strike_roving
from voters.models import HelpedVoter, RovingVoter
from voters.selectors.polling import roving_by_route, roving_voters
from voters.selectors.register import box_warnings
from voters.services.listing import omit
from voters.services.proxies import end_proxy

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return Village()


def box(village, name, **given):
    said = {"why": "old", "note": "", "route": "1号箱", "applied_on": ASKED, "actor": village.clerk, "today": ASKED}
    return record_roving(village.election, village.who(name), **said | given)


def test_people_stand_by_route_in_the_order_of_the_roll(village):
    for name, route in (("周涛", "2号箱"), ("李四", "1号箱"), ("王芳", "1号箱")):
        box(village, name, route=route)
    found = [(route, [each.voter.name for each in people]) for route, people in roving_by_route(village.election)]
    ranked = sorted(("王芳", "李四"), key=lambda name: village.who(name).number)
    assert found == [("1号箱", ranked), ("2号箱", ["周涛"])]


def test_nobody_is_on_the_list_twice(village):
    box(village, "王芳")
    assert why(lambda: box(village, "王芳", route="2号箱")) == ["王芳已在流动票箱“1号箱”的名单中。"]


def test_a_proxy_and_the_box_exclude_each_other_until_one_ends(village):
    given = village.authorise("王芳", "李四")
    assert why(lambda: box(village, "王芳")) == ["王芳已委托李四投票（第1号）。改用流动票箱的，请先终止委托。"]
    end_proxy(given, "withdrawn", actor=village.clerk, today=ASKED)
    row = box(village, "王芳")
    assert why(lambda: village.authorise("王芳", "李四"))[0].startswith("王芳已登记使用流动票箱“1号箱”")
    strike_roving(row, actor=village.clerk)
    assert village.authorise("王芳", "李四").number == 2


def test_who_leaves_the_roll_leaves_the_list(village):
    box(village, "王芳")
    voter = village.who("王芳")
    omit(voter, "DIED", evidence="死亡医学证明", version=voter.version, actor=village.clerk)
    assert not roving_voters(village.election).exists()
    assert why(lambda: box(village, "王芳"))[0] == "王芳不在选民名单上（死亡）。请核对姓名。"


def test_nothing_changes_while_a_vote_is_held(village):
    row = box(village, "王芳")
    Round.objects.create(
        election=village.election, number=1, kind="first", held_on=POLL_DAY, registered=10, contest='{"posts":[]}'
    )
    assert why(lambda: box(village, "李四")) == ["正在投票，名单不再改变。"]
    assert why(lambda: strike_roving(row, actor=village.clerk)) == ["正在投票，名单不再改变。"]
    assert RovingVoter.objects.count() == 1


def test_an_application_of_tomorrow(village):
    ahead = ASKED + timedelta(days=1)
    assert why(lambda: box(village, "王芳", applied_on=ahead)) == ["申请日期（2026年12月11日）在今天以后。请核对。"]


def test_not_before_the_roll_and_not_in_other_elections():
    early = an_election(Stage.REGISTRATION, poll_day=POLL_DAY)
    party = an_election(Stage.VOTING, body=Body.PARTY)
    texts = [
        [text for _, text in assisting.opening_conditions(election, law.MOBILE_BOX) if text]
        for election in (early, party)
    ]
    assert texts == [["选民名单还没有公布，公布后才能登记。"], ["只有村民委员会的选举登记这一名单。"]]


def staffed(village, hands, boxes):
    PollArrangement.objects.update_or_create(
        election=village.election,
        defaults={
            "place": "大院",
            "opens_at": time(8),
            "closes_at": time(15),
            "form": "meeting",
            "mobile_boxes": boxes,
        },
    )
    StaffMember.objects.filter(election=village.election).delete()
    for number in range(hands):
        StaffMember.objects.create(election=village.election, name=f"工作{number}", task="box")
    return box_warnings(Election.objects.get(pk=village.election.pk))


def test_three_hands_a_box_two_are_too_few(village):
    assert staffed(village, 0, 0) == []
    box(village, "王芳")
    assert staffed(village, 3, 1) == []
    assert staffed(village, 2, 1) == [
        "流动票箱1个，每个不少于3名工作人员，共需3人，现有流动票箱人员2人。请在投票准备中补足。"
    ]
    box(village, "李四", route="2号箱")
    assert staffed(village, 6, 2) == []
    assert staffed(village, 6, 1) == ["已登记2条路线，投票安排中只有1个流动票箱。请核对投票安排。"]


def test_a_helper_is_trusted_and_no_candidate(village):
    a_nominee(village.election, "赵敏", formal_order=1)
    actor = village.clerk

    def helped(name, helper):
        who = meant(village.election, helper).one or somebody_new(helper)
        return record_helper(village.election, village.who(name), helper=who, reason="不识字", actor=actor)

    assert why(lambda: helped("王芳", "赵敏")) == ["赵敏是候选人，不能代写。请换一位信任的人。"]
    assert why(lambda: helped("王芳", "王芳")) == ["王芳不能给自己代写。请填写代写人。"]
    row = helped("王芳", "孙某")
    assert why(lambda: helped("王芳", "李某")) == ["王芳的代写人已登记为孙某。如需更换，请先移出原来的一行。"]
    strike_helper(row, actor=actor)
    helped("王芳", "李某")
    assert HelpedVoter.objects.get().helper == "李某"


def test_the_notices_name_who_is_on_them(village):
    with time_machine.travel("2026-12-12T09:00:00+08:00", tick=True):
        box(village, "王芳", why="ill", note="住院")
        record_helper(
            village.election, village.who("李强"), helper=somebody_new("孙某"), reason="视力残疾", actor=village.clerk
        )
    mobile = catalogue.BY_KEY["mobile"].gather(village.election)
    group = village.who("王芳").group
    assert mobile["routes"] == [{"route": "1号箱", "people": [["王芳", group, "患病"]]}]
    assert (mobile["count"], mobile["dated"]) == (1, "2026年12月12日")
    helper = catalogue.BY_KEY["helper"].gather(village.election)
    assert helper["lines"] == [["李强", village.who("李强").group, "孙某"]]
