"""One row of a roll file: cells → a cleaned voter and everything that is wrong with the row."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from elections.rules.kinds import SEXES
from elections.rules.naming import INTERPUNCT, ORDINARY, clean_name, rare_characters, strange_characters, text_of
from elections.rules.policy import Policy
from voters.rules import columns, faults, identity
from voters.rules.eligibility import Category, Setting, age_on, old_enough
from voters.rules.faults import Fault, Level

VERY_OLD_YEARS = 100
LIMITS = {
    columns.NAME: 100, columns.ETHNICITY: 20, columns.GROUP: 40, columns.HOUSEHOLD: 40, columns.ADDRESS: 200,
    columns.PHONE: 40, columns.PARTY: 20, columns.REMARK: 200,
}  # fmt: skip
LIMITED, LONGEST = tuple(LIMITS), tuple(LIMITS.values())
SHORTEST = min(LONGEST)
MOST_KEPT = 10_000  # different cells that a reader remembers

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


class Row(NamedTuple):
    """A voter as one row gives them. Incomplete while the row has errors: then `birth` may be missing."""

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


class Reading(NamedTuple):
    """The row and its faults, in the order of the columns."""

    row: Row
    faults: tuple[Fault, ...] = ()

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
    return Reader(setting, today, policy).read([cells.get(column) for column in columns.COLUMNS])


class Reader:
    """Reads the rows of one file. Most rows are ordinary, and an ordinary row is told by a few quick looks; whatever is
    not is read with care. Both ways say the same (tests/voters/test_rows.py)."""

    def __init__(self, setting: Setting, today: date, policy: Policy) -> None:
        self.setting, self.today, self.policy = setting, today, policy
        self.year = setting.election_day.year
        self.texts: dict[Any, str] = {}  # cells that were seen: a roll has few groups and nations

    def read(self, cells: Sequence[Any]) -> Reading:
        """`cells`: one for each of our columns, in their order; what the file does not have is ""."""
        row = self._ordinary(cells)
        return Reading(row) if row else self._careful(cells)

    def _ordinary(self, cells: Sequence[Any]) -> Row | None:
        """Return the row, if nothing at all is to be said about it."""
        name, number, sex, ethnicity, group, household, address, phone, category, stated, party, remark = cells
        if type(name) is not str or type(number) is not str:
            return None
        if not ORDINARY_NAME.fullmatch(name) or not identity.SHAPE.fullmatch(number):
            return None
        birth = identity.birth_of(number)
        if birth is None or not self.policy.voting_age < self.year - birth.year < VERY_OLD_YEARS:
            return None
        if identity.check_digit(number) != number[-1] or identity.ends_like_rounded(number):
            return None
        by_number = "M" if number[16] in "13579" else "F"
        if sex and SEX_WORDS.get(sex) != by_number:
            return None
        plain = self._plain((ethnicity, group, household, address, phone, party, remark))
        known, said = KNOWN_CATEGORIES.get(category), KNOWN_STATEMENTS.get(stated)
        if plain is None or known is None or said is None:
            return None
        ethnicity, group, household, address, phone, party, remark = plain
        return Row(
            name, number, by_number, birth, ethnicity, group, household, address, phone, known, said, party, remark
        )

    def _plain(self, cells: tuple[Any, ...]) -> list[str] | None:
        """Return the texts of cells that are taken as they are; nothing when one is too long."""
        texts = self.texts
        found: list[Any] = list(map(texts.get, cells))
        while None in found:
            place = found.index(None)
            found[place] = text = text_of(cells[place])
            if len(text) > LONGEST[place + 1]:
                return None
            if len(texts) >= MOST_KEPT:
                texts.clear()  # the next rows are of the same group and household again
            if len(text) <= SHORTEST:  # short enough for every column
                texts[cells[place]] = text
        return found

    def _careful(self, cells: Sequence[Any]) -> Reading:
        found: list[Fault] = []
        report = found.append
        name, number, sex, ethnicity, group, household, address, phone, category, stated, party, remark = cells
        name = _name(text_of(name), report)
        who = _identity(number, self.setting, self.today, self.policy, report)
        sex = _sex(text_of(sex), who.sex, report)
        category = _category(text_of(category), report)
        stated = _stated(text_of(stated), report)
        plain = [text_of(cell) for cell in (ethnicity, group, household, address, phone, party, remark)]
        for column, text, limit in zip(LIMITED, (name, *plain), LONGEST, strict=True):
            if len(text) > limit:
                report(faults.too_long(column, text, limit))
        ethnicity, group, household, address, phone, party, remark = plain
        row = Row(
            name,
            who.number,
            sex,
            who.birth,
            ethnicity,
            group,
            household,
            address,
            phone,
            category,
            stated,
            party,
            remark,
        )
        return Reading(row, tuple(found))


def cells_of(row: Row) -> list[str]:
    """Return the cells that give this row when they are read again."""
    return [
        row.name, row.id_number, SEXES[row.sex], row.ethnicity, row.group, row.household, row.address, row.phone,
        CATEGORY_WORDS[row.category][0], "是" if row.stated else "否", row.party, row.remark,
    ]  # fmt: skip


def repeated(rows: Iterable[tuple[int, Row]]) -> dict[int, list[Fault]]:
    """Return faults that show only beside other rows: row number → faults. The first of equal id numbers is left
    alone."""
    by_id: dict[str, int] = {}
    by_person: dict[tuple[str, date], int] = {}
    found: dict[int, list[Fault]] = {}
    for number, row in rows:
        if not row.id_number:
            continue
        first = by_id.setdefault(row.id_number, number)
        if first != number:
            found.setdefault(number, []).append(faults.duplicate_in_file(row.id_number, first))
        elif row.name and row.birth:
            other = by_person.setdefault((row.name, row.birth), number)
            if other != number:
                found.setdefault(number, []).append(faults.same_name_and_birth(row.name, other))
    return found


@lru_cache(maxsize=1_024)
def category_of(written: str) -> Category | None:
    """Return the category that a word in a file means; nothing written means the ordinary case."""
    word = _plain(written)
    return _CATEGORIES.get(word) if word else Category.CAT1


def _plain(word: str) -> str:
    return word.translate(PUNCTUATION).replace("户口", "户籍").lower()


KNOWN_CATEGORIES: dict[Any, Category] = {word: category for category, words in CATEGORY_WORDS.items() for word in words}
KNOWN_CATEGORIES |= {"": Category.CAT1, None: Category.CAT1}
KNOWN_STATEMENTS: dict[Any, bool] = {"": False, None: False, "是": True, "否": False}
GB_2312 = bytes(
    byte for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) if (row, cell) < (0xD7, 0xFA) or row > 0xD7
    for byte in (row, cell)
).decode("gb2312")  # fmt: skip
ORDINARY_NAME = re.compile(f"[{GB_2312}]{{2,4}}")  # Chinese characters that every font has

_Report = Callable[[Fault], None]
_CATEGORIES = {_plain(word): category for category, words in CATEGORY_WORDS.items() for word in words}


def _name(written: str, report: _Report) -> str:
    name = clean_name(written)
    if ORDINARY.fullmatch(name) and not rare_characters(name):
        return name
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
    if who.birth and not policy.voting_age < setting.election_day.year - who.birth.year < VERY_OLD_YEARS:
        _age(who, setting, policy, report)
    return who


def _age(who: identity.Identity, setting: Setting, policy: Policy, report: _Report) -> None:
    """Judge an age: too young, or so old that one should ask; only called when the years alone do not settle it."""
    assert who.birth is not None
    if not old_enough(who.birth, setting.election_day, policy):
        report(faults.under_age(who.number, setting.election_day, policy.voting_age))
    elif age_on(who.birth, setting.election_day) >= VERY_OLD_YEARS:
        report(faults.very_old(age_on(who.birth, setting.election_day)))


def _sex(written: str, by_number: str | None, report: _Report) -> str:
    """Read the sex from the id number; from what is written only if there is no readable number."""
    sex = SEX_WORDS.get(written.lower())
    if by_number is None:
        return sex or ""
    if written and sex != by_number:
        report(faults.sex_mismatch(SEXES[sex] if sex else written, by_number))
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
