"""Faults of a row of a roll file: code, level, and the sentence a clerk reads."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elections.rules.kinds import SEXES
from elections.rules.wording import cn_date, masked_phone
from voters.rules.columns import ADDRESS, CATEGORY, ID_NUMBER, NAME, PHONE, SEX, STATED
from voters.rules.identity import IdFault, masked


class Level(StrEnum):
    """错误 cannot be imported; 需核对 can after 已核对户口簿; 提示 is information only."""

    ERROR = "error"
    CHECK = "check"
    HINT = "hint"

    @property
    def label(self) -> str:
        return {"error": "错误", "check": "需核对", "hint": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing about one cell. `value` is safe to show and to keep: id numbers are masked."""

    column: str
    code: str
    level: Level
    value: str
    message: str


def name_missing() -> Fault:
    return Fault(NAME, "NAME_MISSING", Level.ERROR, "", "姓名没有填写。请按户口簿填写。")


def name_dot(name: str) -> Fault:
    return Fault(NAME, "NAME_DOT", Level.HINT, name, "姓名中的间隔号应为“·”。已为您改好，请核对。")


def name_characters(name: str, strange: tuple[str, ...]) -> Fault:
    message = f"姓名中有“{''.join(strange)}”，一般不会出现在姓名里。请按户口簿核对。"
    return Fault(NAME, "NAME_CHARACTERS", Level.CHECK, name, message)


def rare_character(name: str, rare: tuple[str, ...]) -> Fault:
    message = f"“{'、'.join(rare)}”在打印字体中可能缺字。请打印后核对，缺字时手写并在备注说明。"
    return Fault(NAME, "RARE_CHARACTER", Level.HINT, name, message)


def id_number(fault: IdFault, number: str) -> Fault:
    """Return the fault of an id number; a wrong check digit is for a person to judge, everything else for
    correction."""
    level = Level.CHECK if fault is IdFault.CHECKSUM else Level.ERROR
    return Fault(ID_NUMBER, fault.value, level, masked(number), _ID_MESSAGES[fault](number))


def id_perhaps_rounded(number: str) -> Fault:
    """Return the doubt about three zeros at the end when the check digit happens to agree."""
    message = "身份证号后三位是000，可能被Excel改动过。请对照证件核对；确认无误可选“已核对户口簿”。"
    return Fault(ID_NUMBER, IdFault.EXCEL_ROUNDED.value, Level.CHECK, masked(number), message)


def sex_mismatch(written: str, sex: str) -> Fault:
    if written in SEXES.values():
        message = f"性别填“{written}”，与身份证号不一致（应为{SEXES[sex]}）。请核对。"
    else:
        message = f"性别填“{written}”，看不懂。已按身份证号取“{SEXES[sex]}”，请核对。"
    return Fault(SEX, "SEX_MISMATCH", Level.CHECK, written, message)


def under_age(number: str, election_day: date, age: int) -> Fault:
    message = f"选举日（{cn_date(election_day)}）未满{age}周岁，不列入本次名单。如出生日期有误，请改正。"
    return Fault(ID_NUMBER, "UNDER_AGE", Level.HINT, masked(number), message)


def very_old(years: int) -> Fault:
    message = f"按身份证号已满{years}周岁。请核对是否健在、证号是否有误。"
    return Fault(ID_NUMBER, "VERY_OLD", Level.CHECK, f"{years}周岁", message)


def category_unknown(written: str) -> Fault:
    message = f"登记类型“{written}”看不懂。请改为模板中的三种之一。"
    return Fault(CATEGORY, "CATEGORY_UNKNOWN", Level.ERROR, written, message)


def statement_unknown(written: str) -> Fault:
    return Fault(STATED, "STATEMENT_UNKNOWN", Level.ERROR, written, f"“{written}”看不懂。请填“是”或者“否”。")


def too_long(column: str, text: str, limit: int) -> Fault:
    over = len(text) - limit
    message = f"{column}有{len(text)}个字，最多{limit}个字。请删减{over}个字。"
    return Fault(column, "TOO_LONG", Level.ERROR, text[:20] + "…", message)


def duplicate_in_file(number: str, other_row: int) -> Fault:
    """`number` also stands in row `other_row` of the same file."""
    message = f"与第{other_row}行身份证号相同。请保留一行。"
    return Fault(ID_NUMBER, "DUP_IN_FILE", Level.ERROR, masked(number), message)


def duplicate_elsewhere(number: str, village: str | None) -> Fault:
    """Return the fault of being listed elsewhere. `village` is named to the township only; a village gets `None`."""
    known = f"{village}登记。只能在一个村登记。请与{village}核实。"
    message = f"此人已在{known if village else '其他村登记。只能在一个村登记。请与镇换届办核实。'}"
    return Fault(ID_NUMBER, "DUP_ELSEWHERE", Level.CHECK, masked(number), message)


def same_name_and_birth(name: str, other_row: int) -> Fault:
    message = f"与第{other_row}行姓名、出生日期都相同，身份证号不同。请核对是不是同一个人。"
    return Fault(NAME, "SAME_PERSON", Level.CHECK, name, message)


def same_in_roll(name: str, group: str) -> Fault:
    """Return the doubt about somebody of that name, birth and group under another number: a person decides."""
    message = (
        f"名单中{group}已有同名、同出生日期的{name}，身份证号不同。是同一个人的请选“不导入”，在名单中更正证号；"
        "不是同一个人的请核对后勾选。"
    )
    return Fault(NAME, "SAME_IN_ROLL", Level.CHECK, name, message)


def hand_corrected(column: str, in_roll: str) -> Fault:
    """Return the fault of a file that contradicts a person's correction: by default the correction stays."""
    shown = {PHONE: masked_phone(in_roll), ADDRESS: ""}.get(column, in_roll)
    said = f"改为“{shown}”" if shown else "改过"
    message = f"{column}在系统中手工{said}，与文件不同。默认保留手工改的；确认用文件的，请勾选。"
    return Fault(column, "HAND_CORRECTED", Level.CHECK, shown, message)


def published(name: str) -> Fault:
    """Return the fault that the roll is published and no longer changed by a file."""
    message = "名单已经公布，不能用表格改动。请登记申诉或者办理更正补充公告。"
    return Fault(NAME, "PUBLISHED", Level.ERROR, name, message)


def _wrong_length(number: str) -> str:
    if len(number) == 18:
        return "身份证号中有不是数字的字符。请对照证件核对。"
    if len(number) == 15:
        return "身份证号是15位的旧号码，应为18位。请对照现用证件填写。"
    advice = "补全" if len(number) < 18 else "删去多余的数字"
    return f"身份证号是{len(number)}位，应为18位。请核对后{advice}。"


_ID_MESSAGES = {
    IdFault.MISSING: lambda number: "身份证号没有填写。请对照证件填写。",
    IdFault.LENGTH: _wrong_length,
    IdFault.CHECKSUM: lambda number: (
        "身份证号最后一位与前17位对不上，可能有一位录错。请对照证件核对；确认无误可选“已核对户口簿”。"
    ),
    IdFault.EXCEL_ROUNDED: lambda number: (
        "身份证号后三位是000，很可能被Excel改动过。请在Excel中把该列设为“文本”后重新粘贴，或在此处改正。"
    ),
    IdFault.IS_NUMBER: lambda number: (
        "身份证号在表格里是数字，后几位已经丢失。请在Excel中把该列设为“文本”，对照证件重新填写。"
    ),
    IdFault.BIRTH: lambda number: "身份证号中的出生日期不存在或者晚于今天。请对照证件核对。",
}
