"""What a candidacy does to 委托投票: a nominee may accept, a candidate may not, and what ends by itself (VT-07, VT-12)."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from candidates.services.publication import publish_formal_list
from elections.models import CountSheet, JournalEntry, Posting, Round
from elections.rules.kinds import Stage
from elections.selectors.log import recent
from elections.services import rounds
from tests.candidates.make_candidates import PASSED, a_nominee
from tests.elections.make_rounds import Vote
from tests.make import an_actor
from tests.voters.make_polling import ASKED, POLL_DAY, Village, why
from voters.models import ProxyVote, Voter
from voters.selectors import proxies as rules
from voters.selectors import register
from voters.selectors.polling import proxies_in_force
from voters.services.proxies import end_proxy

pytestmark = pytest.mark.django_db


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
    assert (lost.ending, lost.ended_on) == (ProxyVote.Ending.CANDIDATE, date(2026, 12, 12))
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
    assert {each.ending for each in ProxyVote.objects.all()} == {ProxyVote.Ending.CANDIDATE}


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
    end_proxy(given, ProxyVote.Ending.CANDIDATE, actor=vote.actor, today=POLL_DAY)
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
