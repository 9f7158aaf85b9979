"""Steps and acts beside the stages: refused with all reasons, passed with a written one, never twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from elections.models import Election, Role, Waiver
from elections.models.journal import JournalEntry
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.machine import Refused
from elections.rules.stages import find
from elections.selectors.steps import open_problems, step_problems
from elections.services import moves
from elections.services.hold import Overtaken
from tests.make import COUNTY, an_actor, an_election

TODAY = date(2026, 11, 22)
pytestmark = pytest.mark.django_db


def test_a_refused_step_names_every_reason_and_changes_nothing():
    election = an_election(Stage.PREPARATION)
    with pytest.raises(Refused) as refused, transaction.atomic():
        moves.move(election, "start_audit", version=0, actor=an_actor(), today=TODAY)
    assert [problem.guard for problem in refused.value.problems] == [
        "working_bodies_formed",
        "survey_done",
        "talks_held",
        "trained_before_electing",
        "plan_passed_by_meeting",
        "plan_published",
        "election_committee_chosen_by_meeting",
        "election_committee_large_enough",
        "election_committee_has_chair",
        "committee_has_standby_deputy",
        "election_committee_published",
        "poll_day_set",
    ]
    election.refresh_from_db()
    assert (election.stage, election.version) == (Stage.PREPARATION, 0)
    assert not JournalEntry.objects.filter(act="step.start_audit").exists()


def test_the_page_says_beforehand_what_the_refusal_says():
    election = an_election(Stage.PREPARATION)
    beforehand = step_problems(election, find(Body.VILLAGERS_COMMITTEE, "start_audit"), today=TODAY)
    with pytest.raises(Refused) as refused, transaction.atomic():
        moves.move(election, "start_audit", version=0, actor=an_actor(), today=TODAY)
    assert refused.value.problems == beforehand


def test_a_step_from_another_stage_is_refused():
    election = an_election(Stage.REGISTRATION)
    with pytest.raises(Refused) as refused, transaction.atomic():
        moves.move(election, "open_voting", version=0, actor=an_actor(), today=TODAY)
    assert refused.value.problems[0].text == "“进入投票环节”只能在资格审查环节办理，现在是选民登记环节"


def test_a_step_writes_one_journal_line_and_a_new_version():
    election = an_election(Stage.PREPARATION, body=Body.SUPERVISION)
    moved = moves.move(election, "start_audit", version=0, actor=an_actor(), today=TODAY)
    assert (moved.stage, moved.version) == (Stage.AUDIT, 1)
    line = JournalEntry.objects.get(act="step.start_audit")
    assert line.said["details"] == {
        "body": "supervision", "reason_given": False,
        "before": {"stage": "preparation", "version": 0}, "after": {"stage": "audit", "version": 1},
    }  # fmt: skip


def test_an_old_page_cannot_make_the_step_again():
    election = an_election(Stage.PREPARATION, body=Body.SUPERVISION)
    actor = an_actor()
    stale = Election.objects.get(pk=election.pk)
    moves.move(election, "start_audit", version=0, actor=actor, today=TODAY)
    with pytest.raises(Overtaken, match=r"已办理，现在是审计环节"), transaction.atomic():
        moves.move(stale, "start_audit", version=0, actor=actor, today=TODAY)


def test_a_page_with_an_old_version_is_told_even_when_the_stage_is_the_same():
    election = an_election(Stage.AUDIT, version=3)
    with pytest.raises(Overtaken), transaction.atomic():
        moves.move(election, "return_preparation", version=2, actor=an_actor(), today=TODAY, reason="补材料")


@pytest.mark.parametrize("reason", ["", "   "])
def test_walking_back_needs_a_reason(reason):
    election = an_election(Stage.AUDIT)
    with pytest.raises(Refused) as refused, transaction.atomic():
        moves.move(election, "return_preparation", version=0, actor=an_actor(), today=TODAY, reason=reason)
    assert refused.value.problems[0].text == "退回准备环节必须写明理由"


def test_walking_back_keeps_the_facts():
    election = an_election(Stage.AUDIT, poll_day=date(2027, 1, 10))
    moved = moves.move(election, "return_preparation", version=0, actor=an_actor(), today=TODAY, reason="补材料")
    assert (moved.stage, moved.poll_day) == (Stage.PREPARATION, date(2027, 1, 10))


def test_a_soft_gate_is_passed_with_a_reason_that_stays():
    election = an_election(Stage.PREPARATION)
    moves.waive(election, "talks_held", actor=an_actor(), today=TODAY, reason="两名成员住院，出院后补谈")
    waiver = Waiver.objects.get(election=election)
    assert (waiver.guard, waiver.text) == ("talks_held", "谈心谈话还没有登记")
    found = next(each for each in open_problems(election, today=TODAY) if each.guard == "talks_held")
    assert (found.waived, found.blocks) == ("两名成员住院，出院后补谈", False)


@pytest.mark.parametrize(
    ("guard", "reason", "said"),
    [
        ("poll_day_set", "算了", "“选举日还没有确定”是必须满足的条件，任何人不能越过"),
        ("talks_held", " ", "没有写明理由"),
        ("roll_published", "x", "这一条件现在已经满足，不需要说明理由"),
    ],
)
def test_a_hard_gate_an_empty_reason_or_nothing_to_pass_is_refused(guard, reason, said):
    election = an_election(Stage.PREPARATION)
    with pytest.raises(Refused) as refused, transaction.atomic():
        moves.waive(election, guard, actor=an_actor(), today=TODAY, reason=reason)
    assert [problem.text for problem in refused.value.problems] == [said]


def test_suspending_needs_an_approval_and_stops_every_step():
    election = an_election(Stage.AUDIT)
    county = an_actor(Role.COUNTY, COUNTY)
    with pytest.raises(Refused, match="没有填写上级批准文号"), transaction.atomic():
        moves.change_standing(election, "suspend", version=0, actor=county, today=TODAY, reason="选情复杂")
    held = moves.change_standing(
        election, "suspend", version=0, actor=county, today=TODAY, reason="选情复杂", approval="清委〔2026〕8号"
    )
    assert held.standing == Standing.SUSPENDED
    with pytest.raises(Refused, match="本次选举已暂缓，不能办理任何环节"), transaction.atomic():
        moves.move(held, "return_preparation", version=1, actor=an_actor(), today=TODAY, reason="x")
    resumed = moves.change_standing(held, "resume", version=1, actor=county, today=TODAY, reason="整顿到位")
    assert (resumed.standing, resumed.stage) == (Standing.ACTIVE, Stage.AUDIT)


def test_archiving_before_the_end_is_refused_with_every_reason():
    election = an_election(Stage.VOTING)
    with pytest.raises(Refused) as refused, transaction.atomic():
        moves.change_standing(election, "close", version=0, actor=an_actor(), today=TODAY, reason="完")
    texts = [problem.text for problem in refused.value.problems]
    assert texts[0] == "移交环节完成后才能归档，现在是投票环节"
    assert texts[1:3] == ["移交清单还是空的", "移交还没有完成"]
    assert texts[3].startswith("档案还缺20种：换届选举工作方案、")


def test_an_election_lives_under_the_rules_it_began_under(monkeypatch, tmp_path):
    election = an_election(Stage.PREPARATION)
    values = election.policy_values.replace('"roll_post_min_days": 20', '"roll_post_min_days": 25')
    Election.objects.filter(pk=election.pk).update(policy_values=values)
    assert Election.objects.get(pk=election.pk).policy.roll_post_min_days == 25
