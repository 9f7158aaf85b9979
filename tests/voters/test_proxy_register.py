"""委托投票 as it is recorded: both sides of every limit, what ends by itself, what the village is told (VT-06…12)."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from elections.models import Election, Posting, Round
from elections.rules import policy
from elections.rules.kinds import Body, Stage
from elections.selectors.facts import facts_for
from elections.selectors.log import recent
from elections.services.hold import Overtaken
from elections.services.records import record
from office.papers import catalogue
from tests.make import an_actor, an_election
from tests.voters.make_polling import ASKED, POLL_DAY, Village, why
from voters.models import CheckIn, ProxyVote, RovingVoter, Voter
from voters.selectors import proxies as rules
from voters.selectors import register
from voters.selectors.polling import proxies_ended_since, proxies_in_force
from voters.services.listing import omit
from voters.services.proxies import end_proxy, record_proxy

pytestmark = pytest.mark.django_db
Ending = ProxyVote.Ending


@pytest.fixture
def village():
    return Village()


# ── how many ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_third_is_accepted_the_fourth_is_not(village):
    for number, name in enumerate(("王芳", "李强", "张三"), 1):
        assert village.authorise(name, "李四").number == number
    assert rules.places_words(village.election, village.who("李四")) == "已接受3人委托，已满。"
    assert why(lambda: village.authorise("赵敏", "李四")) == ["李四已接受3人委托，上限3人。请换一位受委托人。"]
    assert proxies_in_force(village.election).count() == 3


def test_a_place_given_back_may_be_taken_again(village):
    given = [village.authorise(name, "李四") for name in ("王芳", "李强", "张三")]
    end_proxy(given[0], Ending.WITHDRAWN, actor=village.clerk, today=ASKED)
    assert rules.places_words(village.election, village.who("李四")) == "已接受2人委托，还可接受1人。"
    assert village.authorise("赵敏", "李四").number == 4
    assert why(lambda: village.authorise("王芳", "李四")) == ["李四已接受3人委托，上限3人。请换一位受委托人。"]
    assert village.authorise("王芳", "吴霞").number == 5


def test_a_province_may_allow_two(village):
    village.election.policy_values = policy.freeze(policy.load(overrides={"proxy_max": 2}))
    village.election.save(update_fields=["policy_values"])
    village.authorise("王芳", "李四")
    village.authorise("李强", "李四")
    assert why(lambda: village.authorise("张三", "李四")) == ["李四已接受2人委托，上限2人。请换一位受委托人。"]


def test_one_agent_a_principal(village):
    village.authorise("王芳", "李四")
    assert why(lambda: village.authorise("王芳", "李强")) == ["王芳已委托李四。如需更换，请先撤回原委托。"]


def test_no_chain_either_way(village):
    village.authorise("王芳", "李四")
    assert why(lambda: village.authorise("张三", "王芳")) == [
        "王芳本人已委托他人投票，不能再接受委托。请换一位受委托人。"
    ]
    assert why(lambda: village.authorise("李四", "赵敏")) == ["李四已接受他人委托，不能转托。请先撤回他所接受的委托。"]


def test_nobody_for_himself(village):
    assert why(lambda: village.authorise("王芳", "王芳")) == ["委托人和受委托人是同一人。请核对姓名。"]


def test_near_relatives_where_the_province_says_so():
    village = Village()
    village.election.policy_values = policy.freeze(policy.load("national-2018"))
    village.election.save(update_fields=["policy_values"])
    assert why(lambda: village.authorise("王芳", "李四")) == ["李四不是王芳的近亲属。请换一位近亲属。"]
    assert why(lambda: village.authorise("王芳", "李四", relation="cousin")) == [
        "李四不是王芳的近亲属。请换一位近亲属。"
    ]
    assert village.authorise("王芳", "李四", relation="sibling").number == 1


# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_last_day_and_the_day_after(village):
    last = POLL_DAY - timedelta(days=3)
    assert village.authorise("王芳", "李四", applied_on=last).applied_on == last
    late = last + timedelta(days=1)
    assert why(lambda: village.authorise("李强", "李四", applied_on=late)) == [
        "委托申请应在2026年12月17日前办理，现已超过1天。"
    ]


def test_an_application_in_time_may_be_entered_until_the_eve_and_never_on_the_day(village):
    eve = POLL_DAY - timedelta(days=1)
    village.authorise("王芳", "李四", today=eve)
    assert why(lambda: village.authorise("李强", "李四", today=POLL_DAY)) == [
        "选举日（2026年12月20日）已到，现场不办理委托。"
    ]


def test_an_application_of_tomorrow(village):
    ahead = ASKED + timedelta(days=1)
    assert why(lambda: village.authorise("王芳", "李四", applied_on=ahead, today=ASKED)) == [
        "申请日期（2026年12月11日）在今天以后。请核对。"
    ]


def test_not_before_the_roll_is_published():
    from tests.candidates.make_candidates import a_voter

    election = an_election(Stage.REGISTRATION, poll_day=POLL_DAY)
    one, other = a_voter(election, "王芳"), a_voter(election, "李四")
    said = why(
        lambda: record_proxy(
            election, one, other, relation="other", reason="外出", applied_on=ASKED, consented_by="王某",
            actor=an_actor(), today=ASKED,
        )
    )  # fmt: skip
    assert said == ["选民名单还没有公布，公布后才能登记委托。"]


def test_only_in_the_election_of_the_villagers_committee(village):
    other = an_election(Stage.VOTING, body=Body.SUPERVISION, poll_day=POLL_DAY)
    [(_, said)] = rules.time_conditions(other, received_on=ASKED, today=ASKED)
    assert said == "只有村民委员会的选举可以委托投票。"


# ── who ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def leave(village, name):
    voter = village.who(name)
    omit(voter, "MOVED", evidence="迁出证明", version=voter.version, actor=village.clerk)


def test_both_must_be_on_the_list(village):
    leave(village, "王芳")
    assert why(lambda: village.authorise("王芳", "李四")) == ["委托人王芳不在选民名单上。请核对姓名。"]
    assert why(lambda: village.authorise("张三", "王芳")) == ["受委托人王芳不在选民名单上。请换一位受委托人。"]


def test_whoever_leaves_the_list_loses_what_he_gave_and_what_he_took(village):
    given = village.authorise("王芳", "李四"), village.authorise("李强", "赵敏"), village.authorise("张三", "周涛")
    leave(village, "王芳")
    leave(village, "赵敏")
    states = [ProxyVote.objects.get(pk=each.pk).ending for each in given]
    assert states == [Ending.OFF_ROLL, Ending.OFF_ROLL, ""]
    words = [line.words for line in recent(village.election.village_id, limit=9)]
    assert "委托人或者受委托人移出名单，委托自行终止" in words


def test_a_voter_with_the_box_at_home_votes_himself(village):
    RovingVoter.objects.create(
        election=village.election, voter=village.who("王芳"), why="old", route="1号箱", applied_on=ASKED,
        made_by=village.clerk.user,
    )  # fmt: skip
    assert why(lambda: village.authorise("王芳", "李四")) == [
        "王芳已登记使用流动票箱“1号箱”，由本人投票。改为委托的，请先移出流动票箱名单。"
    ]
    assert village.authorise("李强", "王芳").number == 1


def test_namesakes_are_two_persons():
    village = Village(("王芳", "王芳", "李四", "张三"))
    one, other = Voter.objects.filter(election=village.election, name="王芳").order_by("number")
    rest = {"relation": "other", "reason": "外出", "applied_on": ASKED, "consented_by": "王某"}
    rest |= {"actor": village.clerk, "today": ASKED}
    record_proxy(village.election, one, village.who("李四"), **rest)
    record_proxy(village.election, other, village.who("李四"), **rest)
    said = why(lambda: record_proxy(village.election, one, village.who("张三"), **rest))
    assert said == [f"王芳（{one.number}号）已委托李四。如需更换，请先撤回原委托。"]


# ── ending one by hand ───────────────────────────────────────────────────────────────────────────────────────────


def test_what_has_ended_does_not_end_twice(village):
    given = village.authorise("王芳", "李四")
    end_proxy(given, Ending.WITHDRAWN, actor=village.clerk, today=ASKED)
    with pytest.raises(Overtaken, match="第1号委托已经终止（委托人撤回）。"):
        end_proxy(given, Ending.CORRECTED, actor=village.clerk, today=ASKED)


def test_once_the_agent_has_the_ballot_nothing_is_withdrawn(village):
    given = village.authorise("王芳", "李四")
    round_ = Round.objects.create(
        election=village.election, number=1, kind="first", held_on=POLL_DAY, registered=10, contest='{"posts":[]}'
    )
    card = CheckIn.objects.create(round=round_, voter=given.principal, way="proxy", by=village.clerk.user)
    assert why(lambda: end_proxy(given, Ending.WITHDRAWN, actor=village.clerk, today=POLL_DAY)) == [
        "受委托人李四已经领取选票，委托不能再终止。"
    ]
    CheckIn.objects.filter(pk=card.pk).update(
        undone_at=timezone.now(), undone_why=CheckIn.Undoing.values[0], undone_by=village.clerk.user
    )
    assert end_proxy(given, Ending.WITHDRAWN, actor=village.clerk, today=POLL_DAY).ended_on == POLL_DAY


# ── the public list (VT-09) ───────────────────────────────────────────────────────────────────────────


def test_nobody_votes_for_another_before_the_list_is_up(village):
    from elections.rules.guards.voting import proxy_list_published, proxy_list_published_in_time

    def gates(today):
        facts = facts_for(Election.objects.get(pk=village.election.pk), today)
        return [
            guard.test(facts, village.election.policy) for guard in (proxy_list_published, proxy_list_published_in_time)
        ]

    assert gates(ASKED) == [None, None]
    with time_machine.travel("2026-12-10T09:00:00+08:00", tick=True):
        village.authorise("王芳", "李四")
    assert gates(ASKED) == ["已登记委托1人，委托投票名单还没有公布", None]
    Posting.objects.create(election=village.election, key="proxy", posted_on=POLL_DAY, place="栏", posted_by="王某")
    assert gates(POLL_DAY) == [None, "委托投票名单在选举日前0天公布，少于1天"]
    Posting.objects.filter(key="proxy").update(posted_on=POLL_DAY - timedelta(days=1))
    assert gates(POLL_DAY) == [None, None]
    Posting.objects.filter(key="proxy").update(posted_on=ASKED - timedelta(days=1))
    assert register.board(village.election).unposted == 1
    assert gates(ASKED)[0] == "委托投票名单公布后又登记了1人，还没有公布"


def test_of_one_day_what_was_recorded_after_the_posting_is_not_on_the_list(village):
    with time_machine.travel("2026-12-10T09:00:00+08:00", tick=False) as clock:
        village.authorise("王芳", "李四")
        clock.shift(60)
        row = Posting(election=village.election, key="proxy", posted_on=ASKED, place="栏", posted_by="王某")
        record(village.election, row, actor=village.clerk)
        assert register.board(village.election).unposted == 0
        clock.shift(60)
        village.authorise("李强", "李四")
        assert register.board(village.election).unposted == 1


def test_what_ended_since_the_posting_is_still_on_the_board(village):
    with time_machine.travel("2026-12-10T09:00:00+08:00", tick=False) as clock:
        before, after = village.authorise("王芳", "李四"), village.authorise("李强", "李四")
        end_proxy(before, Ending.CORRECTED, actor=village.clerk, today=ASKED)
        clock.shift(60)
        row = Posting(election=village.election, key="proxy", posted_on=ASKED, place="栏", posted_by="王某")
        record(village.election, row, actor=village.clerk)
        assert proxies_ended_since(village.election) == 0
        clock.shift(60)
        end_proxy(after, Ending.WITHDRAWN, actor=village.clerk, today=ASKED)
        assert proxies_ended_since(village.election) == 1


def test_the_paper_names_agents_principals_and_relations_and_nothing_else(village):
    kind = catalogue.BY_KEY["proxy"]
    assert [need.text for need in kind.missing(village.election)] == ["还没有登记委托投票"]
    with time_machine.travel("2026-12-10T09:00:00+08:00", tick=True):
        village.authorise("王芳", "李四", relation="sibling")
        village.authorise("张三", "李四")
    facts = kind.gather(village.election)
    who = {name: village.who(name).group for name in ("王芳", "李四", "张三")}
    assert facts["agents"] == [
        {
            "agent": "李四",
            "group": who["李四"],
            "principals": [["王芳", who["王芳"], "兄弟姐妹"], ["张三", who["张三"], "本村其他选民"]],
        }
    ]
    assert (facts["count"], facts["dated"]) == (2, "2026年12月10日")
    assert "外出务工" not in json.dumps(facts, ensure_ascii=False)
