"""暂缓, 恢复, 无效 and 归档 by page: with reason and approval, by whose they are, from where they are lawful (CP-17)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine

from elections.models import Election, JournalEntry, Role, StandingChange
from elections.rules import stages
from elections.rules.kinds import Body, Stage, Standing
from tests.elections import permission_table as table
from tests.elections.make_pages import a_browser, address, said, standing_of, text_of
from tests.make import VILLAGE, an_election

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
APPROVED = {"approval": "清委〔2026〕8号", "approved_on": "2026-11-20"}
ACTS = {row.act: row for row in stages.STANDING_MOVES}
WHOSE = {"suspend": Role.COUNTY, "resume": Role.COUNTY, "annul": Role.COUNTY, "close": Role.TOWNSHIP}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(f"{TODAY} 10:00+08:00", tick=False):
        yield


def typed(act: str, **changes: str) -> dict[str, str]:
    found = {"version": "0", "reason": "选情特别复杂，先行整顿"}
    found |= APPROVED if ACTS[act].guards else {}
    found |= {"statement": "on"} if act == "close" else {}
    return found | changes


MADE = [("suspend", Standing.ACTIVE), ("resume", Standing.SUSPENDED)]
MADE += [("annul", standing) for standing in (Standing.ACTIVE, Standing.SUSPENDED, Standing.CLOSED)]


@pytest.mark.parametrize(("act", "before"), MADE)
def test_an_act_keeps_its_reason_and_its_approval(act, before):
    election, browser = an_election(Stage.VOTING, standing=before), a_browser(Role.COUNTY)
    Election.objects.update(stage_since=election.stage_since - timedelta(days=9))
    answer = browser.post(address("standing", act), typed(act), follow=True)
    assert said(answer) == f"{election.village.name}已{ACTS[act].label}。"
    assert standing_of(election) == (Stage.VOTING, ACTS[act].target, 1)
    change = StandingChange.objects.get()
    approval = (APPROVED["approval"], date(2026, 11, 20)) if ACTS[act].guards else ("", None)
    assert (change.election, change.act, change.reason) == (election, act, "选情特别复杂，先行整顿")
    assert (change.approval, change.approved_on) == approval
    [line] = JournalEntry.objects.filter(act=f"standing.{act}")
    assert (line.actor, line.said["details"]["after"]["standing"]) == (change.made_by, ACTS[act].target)
    assert election.stage_since.date() == TODAY - timedelta(days=9)  # the stage is still the same


@pytest.mark.parametrize("act", ACTS)
def test_no_act_without_a_reason(act):
    row = ACTS[act]
    election = an_election(Stage.HANDOVER, standing=row.sources[0])
    answer = a_browser(WHOSE[act]).post(address("standing", act), typed(act, reason=" "))
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"] == ["理由没有填写。请填写后再办。"]
    assert standing_of(election) == (Stage.HANDOVER, row.sources[0], 0)
    assert not StandingChange.objects.exists()


@pytest.mark.parametrize("act", ["suspend", "annul"])
def test_suspending_and_declaring_void_need_the_paper_from_above(act):
    election = an_election(Stage.VOTING)
    answer = a_browser(Role.COUNTY).post(address("standing", act), typed(act, approval=""))
    assert answer.status_code == 409
    assert "没有填写上级批准文号" in text_of(answer)
    assert standing_of(election) == (Stage.VOTING, Standing.ACTIVE, 0)
    assert not StandingChange.objects.exists()


WRONG = [(act, standing) for act, row in ACTS.items() for standing in Standing if standing not in row.sources]


@pytest.mark.parametrize(("act", "standing"), WRONG)
def test_an_act_starts_only_where_it_may(act, standing):
    election = an_election(Stage.HANDOVER, standing=standing)
    answer = a_browser(WHOSE[act]).post(address("standing", act), typed(act))
    assert answer.status_code == 409
    assert f"现在是{standing.label}状态，不能{ACTS[act].label}" in text_of(answer)
    assert standing_of(election) == (Stage.HANDOVER, standing, 0)
    assert not StandingChange.objects.exists()


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_made_by_nobody_but_whose_it_is(act):
    row = ACTS[act]
    election = an_election(Stage.HANDOVER, standing=row.sources[0])
    may = table.RULES[f"standing.{act}"][0]
    assert [table.LETTERS[letter] for letter in may] == [WHOSE[act]]
    for letter, role in table.LETTERS.items():
        if letter not in may:
            browser = a_browser(role, VILLAGE)
            due = 404 if role == Role.ADMIN else 403
            assert browser.get(address("standing", act)).status_code == due, role
            assert browser.post(address("standing", act), typed(act)).status_code == due, role
    assert standing_of(election) == (Stage.HANDOVER, row.sources[0], 0)
    assert not StandingChange.objects.exists()


@pytest.mark.parametrize("body", Body)
def test_a_file_is_not_closed_while_something_is_missing(body):
    election = an_election(Stage.HANDOVER, body=body)
    answer = a_browser().post(address("standing", "close", body=body), typed("close"))
    assert answer.status_code == 409
    told = [problem.guard for problem in answer.context["problems"] if problem.blocks]
    missing = {
        Body.VILLAGERS_COMMITTEE: ["items_listed", "handover_signed", "archive_complete"],
        Body.PARTY: ["result_approved"],
        Body.SUPERVISION: ["supervision_published"],
    }
    assert told == missing[body]
    assert standing_of(election) == (Stage.HANDOVER, Standing.ACTIVE, 0)


def test_a_file_is_closed_only_with_the_statement_and_from_the_last_stage():
    election = an_election(Stage.VOTING)
    without = a_browser().post(address("standing", "close"), typed("close", statement=""))
    assert without.status_code == 422
    assert list(without.context["form"].errors) == ["statement"]
    answer = a_browser().post(address("standing", "close"), typed("close"))
    assert answer.status_code == 409
    assert "移交环节完成后才能归档，现在是投票环节" in text_of(answer)
    assert standing_of(election) == (Stage.VOTING, Standing.ACTIVE, 0)


def test_a_page_of_an_older_version_changes_nothing():
    election = an_election(Stage.VOTING, version=3)
    answer = a_browser(Role.COUNTY).post(address("standing", "suspend"), typed("suspend", version="2"))
    assert answer.status_code == 409
    assert standing_of(election) == (Stage.VOTING, Standing.ACTIVE, 3)
    assert not StandingChange.objects.exists()


def test_an_act_that_is_none_does_not_exist():
    an_election(Stage.VOTING)
    assert a_browser(Role.COUNTY).post(address("standing", "forget"), {"reason": "x"}).status_code == 404
