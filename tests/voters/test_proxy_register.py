"""委托投票 as it is recorded: both sides of every limit, what ends by itself, what the village is told (VT-06…12)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from candidates.services.publication import publish_formal_list
from elections.models import CountSheet, Election, JournalEntry, Posting, Round
from elections.rules import machine, policy
from elections.rules.kinds import Body, Stage
from elections.selectors.facts import facts_for
from elections.selectors.log import recent
from elections.services import rounds
from elections.services.hold import Overtaken
from elections.services.records import record
from office.papers import catalogue
from tests.candidates.make_candidates import PASSED, a_nominee
from tests.elections.make_rounds import Vote
from tests.make import an_actor, an_election
from tests.voters.make_polling import ASKED, POLL_DAY, Village
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


def why(act) -> list[str]:
    """The sentences of a refusal."""
    with pytest.raises(machine.Refused) as refused, transaction.atomic():
        act()
    assert all(each.cite for each in refused.value.problems)
    return [each.text for each in refused.value.problems]


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


# ── candidates (VT-07, VT-12) ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def vetting():
    """A slate that only waits for its publication; 李四 stands for the chair."""
    village = Village(stage=Stage.VETTING)
    from tests.candidates.make_candidates import decided

    decided(village.election)
    names = {"chair": ("李四", "孙磊"), "deputy": ("李强", "钱勇"), "member": ("张三", "周涛", "吴霞", "郑平")}
    village.order = {
        office: [
            a_nominee(village.election, name, office, 30 - 5 * n, sex=village.who(name).sex, **PASSED).pk
            for n, name in enumerate(people)
        ]
        for office, people in names.items()
    }
    return village


def post_candidates(village, day=date(2026, 12, 12)):
    return publish_formal_list(
        village.election, village.order, published_on=day, place="公开栏", actor=an_actor(), today=day
    )


def test_a_nominee_may_still_accept_a_candidate_may_not(vetting):
    vetting.authorise("王芳", "李四")
    post_candidates(vetting)
    assert why(lambda: vetting.authorise("王芳", "李四", applied_on=date(2026, 12, 13))) == [
        "李四是候选人，不能接受委托。请换一位受委托人。"
    ]


def test_an_agent_who_becomes_a_candidate_loses_his_proxies_in_the_same_act(vetting):
    lost, kept = vetting.authorise("王芳", "李四"), vetting.authorise("孙磊", "赵敏")
    post_candidates(vetting)
    lost.refresh_from_db()
    kept.refresh_from_db()
    assert (lost.ending, lost.ended_on) == (Ending.CANDIDATE, date(2026, 12, 12))
    assert kept.ended_on is None  # a candidate may be away himself
    acts = list(JournalEntry.objects.order_by("-pk").values_list("act", flat=True)[:2])
    assert set(acts) == {"proxy.ended_by_candidacy", "candidates.published"}
    assert "受委托人成为候选人，委托自行终止" in [line.words for line in recent(vetting.election.village_id, limit=4)]
    assert [each.number for each in register.principals_without_agent(vetting.election)] == [lost.number]


def test_the_principal_may_authorise_another(vetting):
    vetting.authorise("王芳", "李四")
    post_candidates(vetting)
    assert vetting.authorise("王芳", "赵敏", applied_on=date(2026, 12, 13)).number == 2
    assert register.principals_without_agent(vetting.election) == []


def test_when_the_list_is_not_published_nothing_ends(vetting):
    given = vetting.authorise("王芳", "李四")
    vetting.order["chair"] = vetting.order["chair"][:1]
    assert why(lambda: post_candidates(vetting))
    given.refresh_from_db()
    assert given.ended_on is None


def test_whoever_was_written_in_and_stands_in_the_rerun_loses_his_proxies():
    """RR-01: the first vote leaves a place; the written-in person with the most votes stands for it."""
    vote = Vote({"chair": 1, "deputy": 1, "member": 3},
                {"chair": "甲乙", "deputy": "丙丁", "member": "戊己庚辛"}, voters=200, women="戊丙")  # fmt: skip
    election = vote.election
    people = {each.name: each for each in Voter.objects.filter(election=election, name__startswith="选民")[:30]}
    agent, away, other = list(people.values())[:3]
    for principal, number in ((away, 1), (other, 2)):
        ProxyVote.objects.create(
            election=election, number=number, principal=principal, agent=agent, relation="other", reason="外出",
            applied_on=ASKED, consented_by="王某", made_by=vote.actor.user,
        )  # fmt: skip
    Posting.objects.create(election=election, key="proxy", posted_on=timezone.localdate(), place="栏", posted_by="王某")
    first = vote.open("open_poll")
    assert proxies_in_force(election).count() == 2
    vote.count(
        first, 180,
        {"chair": {"甲": 120, "乙": 40}, "deputy": {"丙": 120, "丁": 40},
         "member": {"戊": 120, "己": 120, "庚": 60, "辛": 20, agent.name: 70}},
        write_ins=[agent.name],
    )  # fmt: skip
    vacancies = json.loads(Round.objects.get(pk=first.pk).outcome)["vacancies"]
    assert agent.name in vacancies[0]["rerun_candidates"]
    assert proxies_in_force(election).count() == 0
    assert {each.ending for each in ProxyVote.objects.all()} == {Ending.CANDIDATE}


def test_a_name_that_two_have_is_said_and_not_guessed():
    """Whom the voters wrote in a sheet of an earlier release knows by his name; a namesake keeps what he accepted."""
    vote = Vote({"chair": 1, "deputy": 1, "member": 3},
                {"chair": "甲乙", "deputy": "丙丁", "member": "戊己庚辛"}, voters=200, women="戊丙")  # fmt: skip
    election = vote.election
    agent, namesake, away = Voter.objects.filter(election=election, name__startswith="选民")[:3]
    Voter.objects.filter(pk__in=[agent.pk, namesake.pk]).update(name="壬")
    ProxyVote.objects.create(
        election=election, number=1, principal=away, agent=agent, relation="other", reason="外出", applied_on=ASKED,
        consented_by="王某", made_by=vote.actor.user,
    )  # fmt: skip
    Posting.objects.create(election=election, key="proxy", posted_on=timezone.localdate(), place="栏", posted_by="王某")
    first = vote.open("open_poll")
    assert register.doubts(election) == []
    votes = {"chair": {"甲": 120, "乙": 40}, "deputy": {"丙": 120, "丁": 40},
             "member": {"戊": 120, "己": 120, "庚": 60, "辛": 20, "壬": 70}}  # fmt: skip
    CountSheet.objects.create(
        round=first, number=1, issued_in_person=180, returned=180, votes=json.dumps(votes), typed_by=vote.actor.user,
        write_ins='[{"name":"壬","on_roll":true,"sex":"M"}]',
    )  # fmt: skip
    rounds.confirm_result(first, 1, actor=vote.actor)
    assert proxies_in_force(election).count() == 1
    assert register.doubts(election) == [
        "候选人壬在选民名单上有同名的人，不能确定第1号委托的受委托人是不是候选人本人。请核实；是本人的，请终止委托。"
    ]
    given = ProxyVote.objects.get()
    assert register.may_be_candidate(election, given.agent)
    assert not register.may_be_candidate(election, away)
    end_proxy(given, Ending.CANDIDATE, actor=vote.actor, today=POLL_DAY)
    assert register.doubts(election) == []
    assert [each.number for each in register.principals_without_agent(election)] == [1]


def test_between_two_votes_another_agent_may_be_named_and_never_while_one_is_held():
    vote = Vote({"chair": 1, "deputy": 1, "member": 3},
                {"chair": "甲乙", "deputy": "丙丁", "member": "戊己庚辛"}, voters=200, women="戊丙")  # fmt: skip
    first = vote.open("open_poll")
    assert rules.moment_of(vote.election, POLL_DAY).voting
    vote.count(first, 180, {"chair": {"甲": 120, "乙": 40}, "deputy": {"丙": 120, "丁": 40},
                            "member": {"戊": 120, "己": 120, "庚": 60, "辛": 50}})  # fmt: skip
    moment = rules.moment_of(vote.election, POLL_DAY + timedelta(days=1))
    assert (moment.voting, moment.again, moment.over) == (False, True, False)
    second = vote.open("open_rerun", days=2)
    assert rules.moment_of(vote.election, POLL_DAY + timedelta(days=2)).voting
    vote.count(second, 180, {"member": {"庚": 120, "辛": 50}})
    assert rules.moment_of(vote.election, POLL_DAY + timedelta(days=2)).over


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
