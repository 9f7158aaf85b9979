"""Faults of a file by what one does about them: one line, one count, one button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from elections.rules.kinds import SEXES
from voters.importing.plan import Judged, Outcome, Plan
from voters.rules import columns
from voters.rules.faults import Level


class Act(StrEnum):
    """An action on all rows of a group at once."""

    TYPE = "type"  # what is right is known: put it into the rows
    SKIP = "skip"  # leave them out
    NONE = ""


@dataclass(frozen=True)
class Repair:
    """One kind of repair: the faults it is about, in words, what to do, what one press does."""

    key: str
    codes: frozenset[str]
    title: str
    advice: str
    act: Act = Act.NONE
    label: str = ""

    def typed(self, row: Judged) -> dict[str, str]:
        """Return what one press puts into a row: column → text."""
        return TYPED[self.key](row)


@dataclass(frozen=True)
class Group:
    """A repair and the rows that wait for it."""

    repair: Repair
    rows: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.rows)


def _repair(key: str, codes: str, title: str, advice: str, act: Act = Act.NONE, label: str = "") -> Repair:
    return Repair(key, frozenset(codes.split()), title, advice, act, label)


IN_EXCEL = "在Excel中把身份证号一列设为“文本”，对照证件重新填写，只上传这几行；也可以在下面逐行改正"
# fmt: off
REPAIRS = (
    #       key          faults                                          what is wrong                     what to do
    _repair("excel",     "ID_EXCEL_ROUNDED ID_IS_NUMBER",                "身份证号被Excel改动过",          IN_EXCEL),
    _repair("id",        "ID_MISSING ID_LENGTH BIRTH_IMPOSSIBLE",        "身份证号缺少或不对",             "对照证件在下面逐行改正"),
    _repair("name",      "NAME_MISSING",                                 "姓名没有填写",                   "按户口簿在下面补填"),
    _repair("twice",     "DUP_IN_FILE",                                  "同一个身份证号在文件中重复",     "核对后保留一行", Act.SKIP, "跳过重复的行"),
    _repair("words",     "CATEGORY_UNKNOWN STATEMENT_UNKNOWN TOO_LONG",  "登记类型等内容看不懂或太长",     "在下面逐行改正"),
    _repair("published", "PUBLISHED",                                    "名单已经公布",                   "不能用表格改动，请登记申诉或办理更正补充"),
    _repair("checksum",  "ID_CHECKSUM",                                  "身份证号最后一位对不上",         "对照证件逐行核对，登错的改正，确认无误的勾选"),
    _repair("sex",       "SEX_MISMATCH",                                 "性别与身份证号不一致",           "一般按身份证号改性别", Act.TYPE, "按身份证号改性别"),
    _repair("person",    "SAME_PERSON SAME_IN_ROLL VERY_OLD NAME_CHARACTERS", "需要对照户口簿核对",        "逐行核对，确认无误的勾选"),
    _repair("elsewhere", "DUP_ELSEWHERE",                                "已在其他村登记",                 "与镇换届办核实；勾选的先登记，不列入名单"),
    _repair("hand",      "HAND_CORRECTED",                               "与手工改过的内容不同",           "默认保留手工改的；用文件的逐行勾选", Act.TYPE, "保留手工改的"),
    _repair("young",     "UNDER_AGE",                                    "选举日未满18周岁",               "不列入名单，选举日推迟时再看；证号登错的在下面改正"),
    _repair("rare",      "RARE_CHARACTER NAME_DOT",                      "姓名有生僻字或间隔号已改",       "可以导入，打印后核对"),
)
# fmt: on
BY_KEY = {each.key: each for each in REPAIRS}


def _sex_by_number(row: Judged) -> dict[str, str]:
    return {columns.SEX: SEXES[row.row.sex]}


def _as_corrected_by_hand(row: Judged) -> dict[str, str]:
    corrected = {fault.column for fault in row.faults if fault.code == "HAND_CORRECTED"}
    return {column: in_roll for column, in_roll, _ in row.changes if column in corrected}


TYPED: dict[str, Callable[[Judged], dict[str, str]]] = {"sex": _sex_by_number, "hand": _as_corrected_by_hand}


def groups(plan: Plan) -> list[Group]:
    """Return the groups that have rows, in the order of the table; rows that were settled are left out."""
    found: dict[str, list[int]] = {each.key: [] for each in REPAIRS}
    for row in plan.rows:
        codes = {fault.code for fault in row.faults}
        for repair in REPAIRS if row.outcome is not Outcome.UNDER_AGE else (BY_KEY["young"],):
            if repair.codes & codes and not _settled(row, repair):
                found[repair.key].append(row.number)
    return [Group(BY_KEY[key], tuple(rows)) for key, rows in found.items() if rows]


def _settled(row: Judged, repair: Repair) -> bool:
    """Return whether somebody looked into it, or it is left out on purpose."""
    if row.outcome in (Outcome.SKIPPED, Outcome.SAME):
        return True
    doubts = {fault.code for fault in row.faults if fault.level is Level.CHECK}
    return row.checked and bool(doubts & repair.codes)


def rows_with_faults(plan: Plan, key: str = "") -> list[Judged]:
    """Return the rows that wait for somebody: all of them, or those of one group."""
    if key in BY_KEY:
        wanted = {number for group in groups(plan) if group.repair.key == key for number in group.rows}
        return [row for row in plan.rows if row.number in wanted]
    return [row for row in plan.rows if row.outcome in (Outcome.REFUSED, Outcome.TO_CHECK)]


def can_tick(row: Judged) -> bool:
    """Return whether the row has doubts, and nothing but doubts."""
    return row.doubtful and not row.refused and not row.under_age
