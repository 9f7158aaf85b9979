"""First check and conclusion: people decide, a bar excludes, silence is never a pass, a decision stands."""

from dataclasses import replace

import pytest

from candidates.models import Decision, Nominee
from candidates.selectors.facts import nomination_facts
from candidates.selectors.vetting import awaiting
from candidates.services.vetting import bar_conditions, conclude, conclude_many, first_check, reopen
from elections.models.journal import JournalEntry
from elections.rules import law, policy
from elections.rules.guards import vetting as guards
from elections.rules.kinds import Stage
from elections.rules.machine import Refused
from elections.selectors.facts import facts_for
from elections.services.hold import Overtaken
from tests.candidates.make_candidates import NOW, PASSED, TODAY, a_nominee, decided
from tests.make import VILLAGE, an_actor, an_election

pytestmark = pytest.mark.django_db
OTHER_TOWN = "990100102201"


@pytest.fixture
def election():
    election = an_election(Stage.VETTING)
    decided(election)
    return election


@pytest.fixture
def township():
    return an_actor("township")


@pytest.fixture
def county():
    return an_actor("county")


def check(nominee, township, outcome="passed", bars=(), reason=""):
    return first_check(nominee, outcome=outcome, bars=bars, reason=reason, actor=township, now=NOW)


def settle(nominee, county, outcome="passed", reason=""):
    return conclude(nominee, outcome=outcome, reason=reason, actor=county, now=NOW)


def reasons(refused) -> list[str]:
    return [problem.text for problem in refused.value.problems]


def test_first_check_passes(election, township):
    nominee = check(a_nominee(election, "王芳"), township)
    assert (nominee.first_check, nominee.first_checked_on) == ("passed", TODAY)
    line = JournalEntry.objects.filter(area_code=VILLAGE).latest("seq")
    assert (line.act, line.details["outcome"]) == ("nominee.first_checked", "passed")


@pytest.mark.parametrize("code", ["EXPELLED_FROM_PARTY", "COURT_DEFAULTER"])
def test_a_head_that_shuts_out_cannot_pass(election, township, code):
    nominee = a_nominee(election, "王芳")
    with pytest.raises(Refused) as refused:
        check(nominee, township, bars=[code], reason="已研究")
    [said] = reasons(refused)
    assert said.startswith("有“")
    assert said.endswith("”的情形，不能通过")
    assert check(nominee, township, "refused", [code], "已核实").bar_codes == (code,)


def test_four_bars_rest_on_the_law_the_others_on_the_plan(election, township):
    with pytest.raises(Refused) as refused:
        check(a_nominee(election, "王芳"), township, bars=["EXPELLED_FROM_PARTY", "COURT_DEFAULTER"], reason="已研究")
    assert [problem.cite for problem in refused.value.problems] == [
        "《村民委员会组织法》第十八条第一款",
        "本地村（社区）“两委”换届选举工作实施方案",
    ]


def test_doubtful_head_passes_with_a_reason(election, township):
    nominee = a_nominee(election, "王芳")
    with pytest.raises(Refused, match="通过的也应写明理由"):
        check(nominee, township, bars=["REMOVED_BEFORE"])
    assert check(nominee, township, bars=["REMOVED_BEFORE"], reason="已满三年，经研究同意").first_check == "passed"


def test_unknown_code_is_refused(election, township):
    with pytest.raises(Refused, match="不在本次选举的负面清单上"):
        check(a_nominee(election, "王芳"), township, bars=["INVENTED"])


def test_refusal_says_why(election, township, county):
    nominee = a_nominee(election, "王芳")
    with pytest.raises(Refused, match="没有写明理由"):
        check(nominee, township, "refused")
    check(nominee, township)
    for outcome in ("refused", "held"):
        with pytest.raises(Refused, match="没有写明理由"):
            settle(nominee, county, outcome)


def test_county_concludes_only_after_the_first_check(election, township, county):
    nominee = a_nominee(election, "王芳")
    with pytest.raises(Refused, match="还没有通过镇级初审"):
        settle(nominee, county)
    check(nominee, township, "refused", reason="本人户籍不符")
    with pytest.raises(Refused, match="还没有通过镇级初审"):
        settle(nominee, county)


def test_no_conclusion_over_a_bar(election, county):
    nominee = a_nominee(election, "王芳", first_check="passed", bars="VOTE_BUYING")
    with pytest.raises(Refused, match="不能通过"):
        settle(nominee, county, reason="研究同意")
    assert settle(nominee, county, "refused", "查处未满五年").conclusion == "refused"


@pytest.mark.parametrize(("first", "then"), [("passed", "refused"), ("refused", "passed")])
def test_conclusion_stands_until_reopened(election, county, first, then):
    nominee = settle(a_nominee(election, "王芳", first_check="passed"), county, first, "已研究")
    with pytest.raises(Refused, match="改变结论应先写明理由重新审查"):
        settle(nominee, county, then, "新的情况")
    with pytest.raises(Refused, match="没有写明重新审查的理由"):
        reopen(nominee, reason=" ", actor=county, now=NOW)
    reopen(nominee, reason="收到新的证明", actor=county, now=NOW)
    assert settle(nominee, county, then, "新的情况").conclusion == then


def test_held_waits_for_its_conclusion(election, county):
    nominee = settle(a_nominee(election, "王芳", first_check="passed"), county, "held", "等待核查结果")
    assert settle(nominee, county).conclusion == "passed"


def test_every_decision_is_kept(election, township, county):
    nominee = a_nominee(election, "王芳")
    check(nominee, township)
    settle(nominee, county, "refused", "有举报")
    reopen(nominee, reason="举报不实", actor=county, now=NOW)
    settle(nominee, county)
    assert list(Decision.objects.values_list("act", "outcome", "reason")) == [
        ("first_check", "passed", ""),
        ("conclusion", "refused", "有举报"),
        ("reopened", "refused", "举报不实"),
        ("conclusion", "passed", ""),
    ]
    assert "举报" not in "".join(JournalEntry.objects.values_list("body", flat=True))


def test_first_check_is_closed_by_the_conclusion(election, township, county):
    nominee = check(a_nominee(election, "王芳"), township)
    settle(nominee, county)
    with pytest.raises(Refused, match="不能再改初审"):
        check(nominee, township, "refused", reason="漏查")


def test_silence_is_no_pass(election):
    a_nominee(election, "王芳", first_check="passed")
    a_nominee(election, "李春兰", first_check="passed", conclusion="held")
    a_nominee(election, "欧阳明", **PASSED)
    facts = facts_for(election, TODAY)
    assert guards.county_concluded_on_everybody(facts, election.policy) == "县级联审还有2人没有结论：王芳、李春兰"


def test_withdrawn_person_is_not_vetted(election, township):
    nominee = a_nominee(election, "王芳", withdrawn_on=TODAY)
    with pytest.raises(Refused, match="已经退出"):
        check(nominee, township)


def test_batch_is_all_or_nothing(election, county):
    good, bad = a_nominee(election, "王芳", first_check="passed"), a_nominee(election, "李春兰")
    with pytest.raises(Refused, match="李春兰还没有通过镇级初审"):
        conclude_many([good, bad], outcome="passed", reason="", actor=county, now=NOW)


def test_batch_concludes_on_each(election, county):
    rows = [a_nominee(election, name, first_check="passed") for name in ("王芳", "李春兰")]
    conclude_many(rows, outcome="passed", reason="", actor=county, now=NOW)
    assert set(Nominee.objects.values_list("conclusion", flat=True)) == {"passed"}
    assert Decision.objects.count() == 2


def test_stage_moved_on_meanwhile(election, county):
    nominee = a_nominee(election, "王芳", first_check="passed")
    type(election).objects.filter(pk=election.pk).update(stage=Stage.VOTING)
    with pytest.raises(Overtaken):
        settle(nominee, county)


def test_queue_holds_who_is_sent_and_within_reach(election, county):
    far = an_election(Stage.VETTING, code=OTHER_TOWN)
    early = an_election(Stage.NOMINATION, code="990100101202")
    mine = a_nominee(election, "王芳", first_check="passed")
    a_nominee(election, "李春兰")
    a_nominee(election, "欧阳明", first_check="refused")
    theirs = a_nominee(far, "丁卫国", first_check="passed")
    a_nominee(early, "马建军", first_check="passed")
    assert set(awaiting(county, "nominee.conclude")) == {mine, theirs}
    assert set(awaiting(an_actor("township"), "nominee.first_check")) == {mine}
    assert not awaiting(an_actor("vetting"), "nominee.conclude").exists()


def test_facts_carry_only_heads_that_shut_out(election):
    a_nominee(election, "王芳", first_check="refused", bars="VOTE_BUYING,REMOVED_BEFORE")
    [facts] = nomination_facts([election])[election.pk].nominees
    assert facts.bars == ("VOTE_BUYING",)


def test_one_of_the_four_bars_shuts_out_whatever_the_pack_calls_it():
    pack = policy.load("national-2025")
    bars = tuple(replace(bar, severity="advise") if bar.code == "CLAN_OR_GANG" else bar for bar in pack.negative_list)
    [(provision, text)] = bar_conditions(replace(pack, negative_list=bars), ["CLAN_OR_GANG"], passes=True)
    assert (provision, "不能通过" in text) == (law.CANDIDATE_BARS, True)
    assert bar_conditions(pack, ["CLAN_OR_GANG"], passes=False) == []
