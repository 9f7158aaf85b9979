"""Every step of every body by its page: made, refused with every reason, refused to the wrong role, walked back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from elections import journal
from elections.models import Election, JournalEntry, Role, Waiver
from elections.permissions import TABLE
from elections.rules import stages
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.machine import Transition
from elections.selectors.steps import step_problems
from tests.elections import permission_table as table
from tests.elections.make_pages import a_browser, address, said, standing_of, text_of
from tests.make import VILLAGE, a_user, an_election

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
ROWS = [(body, row) for body, rows in stages.TABLES.items() for row in rows]
rows = pytest.mark.parametrize(("body", "row"), ROWS, ids=[f"{body}-{row.step}" for body, row in ROWS])
SEES = frozenset(table.RULES["village.view"][0])


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(f"{TODAY} 10:00+08:00", tick=False):
        yield


def typed(row: Transition, version: int = 0) -> dict[str, str]:
    return {"version": str(version), "reason": "补齐材料" if row.backward else ""}


@rows
def test_a_step_is_refused_with_every_reason_and_nothing_is_changed(body, row):
    election = an_election(row.source, body=body)
    against = [problem.text for problem in step_problems(election, row, today=TODAY) if problem.blocks]
    answer = a_browser().post(address("step", row.step, body=body), typed(row))
    if against:
        assert answer.status_code == 409
        page = text_of(answer)
        assert [text for text in against if text not in page] == []
        assert standing_of(election) == (row.source, Standing.ACTIVE, 0)
        assert not JournalEntry.objects.filter(act__startswith="step.").exists()
    else:
        assert answer.status_code == 302
        assert standing_of(election) == (row.target, Standing.ACTIVE, 1)


@rows
def test_a_step_is_made_by_nobody_but_whose_it_is(body, row):
    """Not even seen: the form of a step that others make is not shown (403), and who sees no village finds none."""
    election = an_election(row.source, body=body)
    may = table.RULES[f"step.{row.step}"][0]
    for letter, role in table.LETTERS.items():
        if letter in may:
            continue
        browser = a_browser(role, VILLAGE)
        due = 404 if role == Role.ADMIN else 403
        assert browser.get(address("step", row.step, body=body)).status_code == due, role
        answer = browser.post(address("step", row.step, body=body), typed(row))
        assert answer.status_code == due, role
        if letter in SEES:
            assert f"{TABLE[f'step.{row.step}'].label}由" in text_of(answer)
    assert standing_of(election) == (row.source, Standing.ACTIVE, 0)


@rows
def test_a_step_is_made_only_from_its_stage(body, row):
    other = Stage.HANDOVER if row.source != Stage.HANDOVER else Stage.VOTING
    election = an_election(other, body=body)
    answer = a_browser().post(address("step", row.step, body=body), typed(row))
    assert answer.status_code == 409
    assert standing_of(election) == (other, Standing.ACTIVE, 0)
    if row.backward:
        assert f"“{row.label}”只能在{Stage(row.source).label}环节办理，现在是移交环节" in text_of(answer)


@pytest.mark.parametrize("standing", [each for each in Standing if each != Standing.ACTIVE])
@pytest.mark.parametrize("body", Body)
def test_no_step_is_made_while_the_election_is_not_active(body, standing):
    row = stages.find(body, "return_nomination")
    election = an_election(row.source, body=body, standing=standing)
    answer = a_browser().post(address("step", row.step, body=body), typed(row))
    assert answer.status_code == 409
    assert f"本次选举已{standing.label}，不能办理任何环节" in text_of(answer)
    assert standing_of(election) == (row.source, standing, 0)


BACK = [(body, row) for body, row in ROWS if row.backward]


@pytest.mark.parametrize(("body", "row"), BACK, ids=[f"{body}-{row.step}" for body, row in BACK])
def test_walking_back_asks_for_a_reason_and_says_where_it_led(body, row):
    election = an_election(row.source, body=body, poll_day=date(2026, 12, 20))
    Election.objects.update(stage_since=election.stage_since - timedelta(days=9))
    browser = a_browser()
    for reason in ("", "   "):
        answer = browser.post(address("step", row.step, body=body), {"version": "0", "reason": reason})
        assert answer.status_code == 422
        assert "理由没有填写。请写明事实和依据。" in text_of(answer)
        assert standing_of(election) == (row.source, Standing.ACTIVE, 0)
    answer = browser.post(address("step", row.step, body=body), typed(row), follow=True)
    assert said(answer) == f"{election.village.name}已{row.label}。下一步见下面的事项。"
    assert standing_of(election) == (row.target, Standing.ACTIVE, 1)
    assert election.poll_day == date(2026, 12, 20)
    assert election.stage_since.date() == TODAY
    [line] = JournalEntry.objects.filter(act=f"step.{row.step}")
    assert line.said["details"]["reason_given"] is True
    assert "补齐材料" not in str(line.said)


def test_a_page_of_an_older_version_is_told_who_was_first():
    election = an_election(Stage.AUDIT)
    journal.record(VILLAGE, "posting.added", actor=a_user(name="昨天的人"), obj=election)
    journal.record("990100101202", "posting.added", actor=a_user(name="别村的人"), obj=election)
    first, second = a_browser(), a_browser()
    here = address("step", "return_preparation")
    first.post(here, {"version": "0", "reason": "补齐材料"})
    Election.objects.update(stage=Stage.AUDIT)  # and back again by a third: the stage alone tells nothing
    answer = second.post(here, {"version": "0", "reason": "补齐材料"})
    assert answer.status_code == 409
    name = JournalEntry.objects.get(act="step.return_preparation").actor.name
    assert f"{name}在10:00已办理，现在是审计环节、进行中状态。请刷新页面后再看。" in text_of(answer)
    assert standing_of(election) == (Stage.AUDIT, Standing.ACTIVE, 1)


def test_a_page_that_says_no_version_changes_nothing():
    election = an_election(Stage.AUDIT)
    answer = a_browser().post(address("step", "return_preparation"), {"reason": "补齐材料"})
    assert answer.status_code == 409
    assert standing_of(election) == (Stage.AUDIT, Standing.ACTIVE, 0)


@pytest.mark.parametrize("step", ["open_poll", "fly", "waive"])
def test_a_step_that_this_body_does_not_have_does_not_exist(step):
    an_election(Stage.VOTING, body=Body.PARTY)
    assert a_browser().get(address("step", step, body=Body.PARTY)).status_code == 404
    assert a_browser().post(address("step", step, body=Body.PARTY), {"version": "0"}).status_code == 404


# --- Passing a soft gate ----------------------------------------------------------------------------


def test_a_soft_gate_is_passed_by_page_with_a_reason_that_stays():
    an_election()
    browser, here = a_browser(), address("waive", "talks_held")
    assert "谈心谈话还没有登记" in text_of(browser.get(here))
    answer = browser.post(here, {"reason": "两名成员住院，出院后补谈"}, follow=True)
    assert said(answer) == "理由已登记，县换届办可以看到。这一项不再阻止推进。"
    waiver = Waiver.objects.get()
    assert (waiver.guard, waiver.reason) == ("talks_held", "两名成员住院，出院后补谈")
    refused = a_browser().post(address("step", "start_audit"), {"version": "0"})
    assert refused.status_code == 409
    [said_of_it] = [problem for problem in refused.context["problems"] if problem.guard == "talks_held"]
    assert not said_of_it.blocks


@pytest.mark.parametrize("reason", ["", "  "])
def test_no_gate_is_passed_without_a_reason(reason):
    an_election()
    answer = a_browser().post(address("waive", "talks_held"), {"reason": reason})
    assert answer.status_code == 422
    assert "理由没有填写。请写明事实和依据。" in text_of(answer)
    assert not Waiver.objects.exists()


@pytest.mark.parametrize(
    ("guard", "sentence"),
    [
        ("poll_day_set", "“选举日还没有确定”是必须满足的条件，任何人不能越过"),
        ("roll_published", "这一条件现在已经满足，不需要说明理由"),
        ("no_such_guard", "这一条件现在已经满足，不需要说明理由"),
    ],
)
def test_a_hard_gate_and_one_that_stops_nothing_are_not_passed(guard, sentence):
    an_election()
    assert a_browser().get(address("waive", guard)).status_code == 404
    answer = a_browser().post(address("waive", guard), {"reason": "情况特殊"})
    assert answer.status_code == 409
    assert sentence in text_of(answer)
    assert not Waiver.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.TOWNSHIP])
def test_only_the_township_passes_a_gate(role):
    an_election()
    answer = a_browser(role, VILLAGE).post(address("waive", "talks_held"), {"reason": "情况特殊"})
    assert answer.status_code == (404 if role == Role.ADMIN else 403)
    assert not Waiver.objects.exists()
