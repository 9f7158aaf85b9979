"""办理记录 speaks in words: what was done, and what it was before and is now."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

import config.urls  # noqa: F401  the words of acts come with the pages
from elections import journal
from elections.models import Posting
from elections.rules.kinds import Body, Stage
from elections.selectors.log import Line, act_words, recent
from elections.services import moves, records
from tests.make import VILLAGE, an_actor, an_election

TODAY = date(2026, 11, 22)


def newest() -> Line:
    return recent(VILLAGE, limit=1)[0]


@pytest.mark.django_db
def test_a_corrected_row_tells_what_it_was_and_which_text_is_another():
    election, actor = an_election(), an_actor()
    row = Posting(election=election, key="roll", posted_on=date(2026, 11, 1), place="村口", posted_by="甲")
    records.record(election, row, actor=actor)
    assert (newest().words, newest().details) == ("登记张贴", "")
    row.posted_on, row.place = date(2026, 11, 2), "村务公开栏"
    records.record(election, row, actor=actor)
    assert newest().words == "修改张贴"
    assert newest().details == "张贴日期由2026年11月1日改为2026年11月2日，改写张贴地点"


@pytest.mark.django_db
def test_a_step_tells_the_stages_and_not_the_version():
    election = an_election(Stage.PREPARATION, body=Body.SUPERVISION)
    moves.move(election, "start_audit", version=0, actor=an_actor(), today=TODAY)
    assert (newest().words, newest().details) == ("进入审计环节", "环节由准备改为审计")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("act", "details", "words", "told"),
    [
        (
            "poll_day.set",
            {"from": "2026-12-01", "to": "2026-12-08"},
            "设定选举日",
            "原2026年12月1日，改为2026年12月8日",
        ),
        ("step.open_poll", {"body": "committee", "from": "voting", "to": "voting", "version": 7}, "开始第一次投票", ""),
        ("roll.imported", {"read": 9, "new": 7, "changed": 2}, "导入选民名单", "更新2，新增7，读取9"),
        ("posting.added", {"posted_on": "2026-12-01"}, "登记张贴", ""),
        ("nominee.withdrawn", {"withdrawn_on": "2026-12-01"}, "登记候选人退出", "退出2026年12月1日"),
    ],
)
def test_lines_of_before_are_shown_as_they_were(act, details, words, told):
    with transaction.atomic():
        journal.record(VILLAGE, act, actor=None, obj="elections.election:1", details=details)
    assert (newest().words, newest().details) == (words, told)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "told"),
    [({"chair": 1}, "职位职数由主任1改为主任1、副主任2"), ({}, "职位职数由未填改为主任1、副主任2")],
)
def test_seats_are_told_by_office(before, told):
    details = {
        "before": {"seats": before},
        "after": {"seats": {"chair": 1, "deputy": 2}},
        "seats": {"chair": 1, "deputy": 2},
    }
    with transaction.atomic():
        journal.record(VILLAGE, "seats.decided", actor=None, obj="elections.meeting:1", details=details)
    assert newest().details == told


def test_a_step_is_called_as_in_the_table_of_its_body():
    assert act_words("step.open_registration", {"body": "committee"}) != act_words(
        "step.open_registration", {"body": "supervision"}
    )
    assert act_words("step.gone", {"body": "committee"}) == "step.gone"
