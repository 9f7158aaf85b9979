"""One row of a roll file: cells → a cleaned voter and everything that is wrong with the row."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from elections.policy import Policy
from voters import columns, faults, identity
from voters.eligibility import Category, Setting, age_on, old_enough
from voters.faults import Fault, Level
from voters.naming import INTERPUNCT, clean_name, rare_characters, strange_characters, text_of

VERY_OLD_YEARS = 100
LIMITS = {
    columns.NAME: 100, columns.ETHNICITY: 20, columns.GROUP: 40, columns.HOUSEHOLD: 40, columns.ADDRESS: 200,
    columns.PHONE: 40, columns.PARTY: 20, columns.REMARK: 200,
}  # fmt: skip

SEX_WORDS = {
    "男": "M", "男性": "M", "m": "M", "male": "M", "1": "M", "女": "F", "女性": "F", "f": "F", "female": "F", "2": "F",
}  # fmt: skip
YES = frozenset({"是", "有", "愿意", "参加", "表示参加", "同意", "y", "yes", "true", "1", "√", "✓", "✔", "o"})
NO = frozenset({"", "否", "没有", "无", "未表示", "不参加", "不愿意", "n", "no", "false", "0", "×", "x", "/", "-"})

CATEGORY_WORDS = {
    Category.CAT1: (
        "户籍在本村且居住", "户籍在本村并居住", "户籍在本村且在本村居住", "户籍在本村居住", "户口在村居住", "人户在村",
        "人在户在", "本村户籍", "常住", "在村", "第一类", "一类", "1", "cat1", "户籍在本社区", "户籍在本社区且居住",
    ),
    Category.CAT2: (
        "户籍在本村不居住", "户籍在本村不在本村居住", "户籍在本村但不居住", "户口在村不居住", "户在人不在", "人户分离",
        "外出", "在外", "外出务工", "第二类", "二类", "2", "cat2", "户籍不在本社区但常住", "户籍不在本社区常住",
    ),
    Category.CAT3: (
        "户籍不在本村居住一年以上", "户籍不在本村但居住一年以上", "户籍不在本村", "外来", "外来人员", "人在户不在",
        "居住一年以上", "户籍不在本村从事村务工作一年以上", "从事村务工作一年以上", "第三类", "三类", "3", "cat3",
        "社区工作者", "在本社区工作六个月以上",
    ),
}  # fmt: skip
PUNCTUATION = str.maketrans("", "", ' ，,、。；;：:（）()“”"的且并但')


@dataclass(frozen=True, slots=True)
class Row:
    """A voter as one row gives him. Incomplete while the row has errors: then `birth` may be missing."""

    name: str
    id_number: str
    sex: str
    birth: date | None
    ethnicity: str
    group: str
    household: str
    address: str
    phone: str
    category: Category
    stated: bool
    party: str
    remark: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The row and its faults, in the order of the columns."""

    row: Row
    faults: tuple[Fault, ...] = field(default=())

    @property
    def refused(self) -> bool:
        return any(fault.level is Level.ERROR for fault in self.faults)

    @property
    def to_check(self) -> bool:
        return not self.refused and any(fault.level is Level.CHECK for fault in self.faults)

    @property
    def under_age(self) -> bool:
        return any(fault.code == "UNDER_AGE" for fault in self.faults)


def read_row(cells: Mapping[str, Any], setting: Setting, today: date, policy: Policy) -> Reading:
    """`cells`: our column name → the cell as the file has it (text, number, date or nothing)."""
    found: list[Fault] = []
    name = _name(text_of(cells.get(columns.NAME)), found.append)
    who = _identity(cells.get(columns.ID_NUMBER), setting, today, policy, found.append)
    sex = _sex(text_of(cells.get(columns.SEX)), who.sex, found.append)
    category = _category(text_of(cells.get(columns.CATEGORY)), found.append)
    stated = _stated(text_of(cells.get(columns.STATED)), found.append)
    plain = {column: text_of(cells.get(column)) for column in LIMITS if column != columns.NAME}
    for column, text in {columns.NAME: name, **plain}.items():
        if len(text) > LIMITS[column]:
            found.append(faults.too_long(column, text, LIMITS[column]))
    row = Row(
        name, who.number, sex, who.birth, plain[columns.ETHNICITY], plain[columns.GROUP], plain[columns.HOUSEHOLD],
        plain[columns.ADDRESS], plain[columns.PHONE], category, stated, plain[columns.PARTY], plain[columns.REMARK],
    )  # fmt: skip
    return Reading(row, tuple(found))


def repeated(rows: Iterable[tuple[int, Row]]) -> dict[int, list[Fault]]:
    """Faults that show only beside other rows: row number → faults. The first of equal id numbers is left alone."""
    by_id: dict[str, int] = {}
    by_person: dict[tuple[str, date], tuple[int, str]] = {}
    found: dict[int, list[Fault]] = {}
    for number, row in rows:
        if not row.id_number:
            continue
        first = by_id.setdefault(row.id_number, number)
        if first != number:
            found.setdefault(number, []).append(faults.duplicate_in_file(row.id_number, first))
        elif row.name and row.birth:
            other, other_id = by_person.setdefault((row.name, row.birth), (number, row.id_number))
            if other_id != row.id_number:
                found.setdefault(number, []).append(faults.same_name_and_birth(row.name, other))
    return found


def category_of(written: str) -> Category | None:
    """The category that a word in a file means; nothing written means the ordinary case."""
    word = _plain(written)
    return _CATEGORIES.get(word) if word else Category.CAT1


def _plain(word: str) -> str:
    return word.translate(PUNCTUATION).replace("户口", "户籍").lower()


_Report = Callable[[Fault], None]
_CATEGORIES = {_plain(word): category for category, words in CATEGORY_WORDS.items() for word in words}


def _name(written: str, report: _Report) -> str:
    name = clean_name(written)
    if not name:
        report(faults.name_missing())
        return ""
    if INTERPUNCT in name and name.count(INTERPUNCT) != written.count(INTERPUNCT):
        report(faults.name_dot(name))
    if strange := strange_characters(name):
        report(faults.name_characters(name, strange))
    if rare := rare_characters(name):
        report(faults.rare_character(name, rare))
    return name


def _identity(raw: Any, setting: Setting, today: date, policy: Policy, report: _Report) -> identity.Identity:
    who = identity.read(raw, today)
    if who.fault:
        report(faults.id_number(who.fault, who.number))
    elif identity.ends_like_rounded(who.number):
        report(faults.id_perhaps_rounded(who.number))
    if who.birth:
        if not old_enough(who.birth, setting.election_day, policy):
            report(faults.under_age(who.number, setting.election_day, policy.voting_age))
        elif age_on(who.birth, setting.election_day) >= VERY_OLD_YEARS:
            report(faults.very_old(age_on(who.birth, setting.election_day)))
    return who


def _sex(written: str, by_number: str | None, report: _Report) -> str:
    """Male or female as the id number says; what is written only if there is no readable number."""
    sex = SEX_WORDS.get(written.lower())
    if by_number is None:
        return sex or ""
    if written and sex != by_number:
        report(faults.sex_mismatch(faults.SEXES[sex] if sex else written, by_number))
    return by_number


def _category(written: str, report: _Report) -> Category:
    category = category_of(written)
    if category is None:
        report(faults.category_unknown(written))
    return category or Category.CAT1


def _stated(written: str, report: _Report) -> bool:
    word = written.lower()
    if word not in YES and word not in NO:
        report(faults.statement_unknown(written))
    return word in YES
