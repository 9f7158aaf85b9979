"""Who may tick a row: only what is doubtful and nothing worse."""

from datetime import date

import pytest

from voters.importing.grid import grid_row
from voters.importing.groups import can_tick
from voters.importing.plan import Judged
from voters.rules import faults
from voters.rules.eligibility import Category
from voters.rules.faults import Fault, Level
from voters.rules.rows import Row

ROW = Row("王芳", "", "F", date(1990, 1, 1), "", "", "", "", "", Category.CAT1, False, "", "")
DOUBT = faults.same_in_roll("王芳", "1组")
YOUNG = Fault("身份证号", "UNDER_AGE", Level.CHECK, "", "选举日未满18周岁")
BY_HAND = Fault("民族", "HAND_CORRECTED", Level.CHECK, "", "民族在系统中手工改过，与文件不同。")
WRONG = Fault("姓名", "NAME_MISSING", Level.ERROR, "", "姓名没有填写。请填写。")


@pytest.mark.parametrize(
    ("found", "may"),
    [((), False), ((DOUBT,), True), ((DOUBT, WRONG), False), ((DOUBT, YOUNG), False), ((WRONG,), False)],
)
def test_only_doubts_are_ticked(found, may):
    assert can_tick(Judged(2, ROW, found)) == may


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ((DOUBT,), "已核对户口簿"),
        ((BY_HAND,), "用文件的"),
        ((DOUBT, BY_HAND), "已核对户口簿，用文件的"),
    ],
)
def test_a_tick_says_what_it_means(found, words):
    assert grid_row(Judged(2, ROW, found)).tick_words == words
