"""Five days to object, three to decide (VR-13, VR-14, VR-16)."""

from datetime import date

import pytest

from elections.rules import policy
from voters.rules.clocks import answer_status, objection_clock

NATIONAL = policy.load()
POSTED = date(2026, 11, 22)


@pytest.mark.parametrize(("received", "in_time"), [(date(2026, 11, 27), True), (date(2026, 11, 28), False)])
def test_the_fifth_day_is_the_last(received, in_time):
    clock = objection_clock(POSTED, received, NATIONAL)
    assert (clock.object_by, clock.in_time) == (date(2026, 11, 27), in_time)


def test_the_answer_is_due_three_days_after_receipt():
    clock = objection_clock(POSTED, date(2026, 11, 26), NATIONAL)
    assert clock.answer_by == date(2026, 11, 29)
    assert clock.words == "在申诉期限（2026年11月27日）内收到，应在2026年11月29日前作出决定并公布"


def test_a_late_objection_is_told_what_remains():
    clock = objection_clock(POSTED, date(2026, 11, 29), NATIONAL)
    assert clock.words == "超过申诉期限（2026年11月27日）2天，不按申诉办理；明显的错误可以更正并公布"


def test_counting_the_first_day_takes_one_off():
    pack = policy.load(overrides={"day_count_excludes_start": False})
    clock = objection_clock(POSTED, date(2026, 11, 26), pack)
    assert (clock.object_by, clock.answer_by) == (date(2026, 11, 26), date(2026, 11, 28))


def test_the_status_of_an_answer():
    due = date(2026, 11, 29)
    assert answer_status(due, None, date(2026, 11, 28)) == "剩1天"
    assert answer_status(due, None, date(2026, 11, 30)) == "逾期1天"
    assert answer_status(due, due, date(2026, 12, 5)) == "2026年11月29日已决定"
    assert answer_status(due, date(2026, 11, 30), date(2026, 12, 5)) == "2026年11月30日已决定，逾期1天"
