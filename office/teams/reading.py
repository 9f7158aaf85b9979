"""One row of a list of a team: cells → who holds what since when, and everything that is wrong with the row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from elections.forms.dates import read_date
from elections.models import Area, Tenure
from elections.rules import identity, teams
from elections.rules.naming import clean_name, strange_characters, text_of
from elections.rules.wording import cn_date
from office.teams import columns
from office.teams.columns import Post

OLDEST, YOUNGEST = 100, 18
MONTH = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?|(\d{4})(\d{2})")
LONGEST = {columns.NAME: 50, columns.GROUP: 40}
Word = TypeVar("Word")


@dataclass
class Line:
    """A row as it was understood. ``faults``: why it is not taken in; ``notes``: what was assumed."""

    number: int
    name: str = ""
    village: Area | None = None
    sex: str = ""
    birth: date | None = None
    id_number: str = ""
    group: str = ""
    nation: str = ""
    education: str = ""
    politics: str = ""
    joined_on: date | None = None
    posts: tuple[Post, ...] = ()
    since: date | None = None
    until: date | None = None
    how: str = Tenure.How.IMPORTED
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """Rows with one key are about one person: his number, or all that tells him apart."""
        code = self.village.code if self.village else ""
        if self.id_number:
            return (self.id_number,)
        return code, self.name, self.sex, str(self.birth or ""), self.group


class Reader:
    """Reads the rows of one list. ``villages``: where its people may serve; ``since``: for rows without a day."""

    def __init__(
        self, mapping: Mapping[str, int], villages: Sequence[Area], *, today: date, since: date | None = None
    ) -> None:
        self.mapping, self.today, self.since = mapping, today, since
        self.villages = villages
        self.by_name = {form: village for village in villages for form in _forms(village.name)}

    def read(self, number: int, cells: Sequence[Any]) -> Line:
        line = Line(number)
        said = {name: cells[place] if place < len(cells) else "" for name, place in self.mapping.items()}
        text = {name: text_of(value) for name, value in said.items()}
        line.village = self._village(line, text.get(columns.VILLAGE, ""))
        self._person(line, said.get(columns.ID_NUMBER, ""), text)
        self._tenure(line, text)
        return line

    def _village(self, line: Line, name: str) -> Area | None:
        if not name and len(self.villages) == 1:
            return self.villages[0]
        village = self.by_name.get(name)
        if village is None:
            line.faults.append(f"没有找到“{name}”这个村（社区）。请按村名填写。" if name else "没有填写村名。请补上。")
        return village

    def _person(self, line: Line, number: Any, text: Mapping[str, str]) -> None:
        line.name = clean_name(text.get(columns.NAME, ""))
        strange = strange_characters(line.name)
        if not line.name:
            line.faults.append("没有填写姓名。请补上。")
        elif strange:
            line.faults.append(f"姓名中有“{''.join(strange)}”。请按户口簿填写。")
        line.group = text.get(columns.GROUP, "")
        for column, value in ((columns.NAME, line.name), (columns.GROUP, line.group)):
            if len(value) > LONGEST[column]:
                line.faults.append(f"{column}太长，最多{LONGEST[column]}个字。请核对。")
        line.sex = self._coded(line, columns.SEX, columns.SEXES, text)
        line.birth = self._day(line, columns.BIRTH, text)
        self._identity(line, number)
        line.nation = self._coded(line, columns.NATION, columns.NATION_CODES, text)
        line.education = self._coded(line, columns.EDUCATION, columns.EDUCATIONS, text)
        line.politics = self._coded(line, columns.POLITICS, columns.POLITICS_CODES, text)
        line.joined_on = self._day(line, columns.JOINED, text)
        if not line.sex:
            line.faults.append("没有填写性别。请补上。")

    def _identity(self, line: Line, raw: Any) -> None:
        """What the number says of birth and sex, beside what was typed (ID-01, ID-02)."""
        if not text_of(raw):
            return
        found = identity.read(raw, self.today)
        if found.fault or found.birth is None:
            line.faults.append("身份证号不对，请核对每一位。表格里这一列应设为文本。")
            return
        line.id_number = found.number
        if line.birth and line.birth != found.birth and not self._same_month(line, found.birth):
            line.faults.append("出生年月与身份证号不一致。请核对。")
        if line.sex and line.sex != found.sex:
            line.faults.append("性别与身份证号不一致。请核对。")
        line.birth, line.sex = found.birth, line.sex or found.sex or ""

    def _same_month(self, line: Line, birth: date) -> bool:
        """Whether a month was typed and the number has the day of it: then nothing was assumed."""
        note = next((each for each in line.notes if each.startswith(columns.BIRTH)), None)
        if note is None or line.birth != birth.replace(day=1):
            return False
        line.notes.remove(note)
        return True

    def _tenure(self, line: Line, text: Mapping[str, str]) -> None:
        try:
            line.posts = columns.posts_of(text.get(columns.BODY, ""), text.get(columns.OFFICE, ""))
        except ValueError as error:
            line.faults.append(str(error))
        line.since = self._day(line, columns.SINCE, text) or (None if text.get(columns.SINCE) else self.since)
        line.until = self._day(line, columns.UNTIL, text)
        line.how = self._coded(line, columns.HOW, columns.HOWS, text) or Tenure.How.IMPORTED
        if line.since is None and not text.get(columns.SINCE):
            line.faults.append("没有填写任职时间。请补上，或者在粘贴时填写统一的任职时间。")
        if line.since and line.until and line.until < line.since:
            line.faults.append("离任时间早于任职时间。请核对。")
        self._ages(line)

    def _ages(self, line: Line) -> None:
        if line.birth is None:
            return
        if teams.age(line.birth, self.today) > OLDEST:
            line.faults.append(f"出生年月{cn_date(line.birth)}，已经超过{OLDEST}岁。请核对。")
        elif line.since and teams.age(line.birth, line.since) < YOUNGEST:
            line.faults.append(f"{cn_date(line.since)}任职时未满{YOUNGEST}周岁。请核对出生年月和任职时间。")

    def _coded(self, line: Line, column: str, words: Mapping[str, Any], text: Mapping[str, str]) -> str:
        typed = "".join(text.get(column, "").split())
        if typed and typed not in words:
            line.faults.append(f"{column}“{typed}”不认识。请核对后重新填写。")
        return words.get(typed, "")

    def _day(self, line: Line, column: str, text: Mapping[str, str]) -> date | None:
        """A day that has come. Of a month its first day is kept, and that is told."""
        typed = text.get(column, "")
        if not typed:
            return None
        try:
            day, whole = _day_or_month(typed)
        except ValueError as error:
            line.faults.append(f"{column}：{error}")
            return None
        if day > self.today:
            line.faults.append(f"{column}{cn_date(day)}在今天以后。请核对。")
            return None
        if not whole:
            line.notes.append(f"{column}只有年月，按{cn_date(day)}登记")
        return day


def _day_or_month(typed: str) -> tuple[date, bool]:
    """The day, and whether it was said; ``ValueError`` with the sentence."""
    said = typed.removesuffix(" 00:00:00")
    month = MONTH.fullmatch(said)
    if month is None:
        return read_date(said), True
    year, number = int(month[1] or month[3]), int(month[2] or month[4])
    return read_date(f"{year}-{number}-1"), False


def _forms(name: str) -> tuple[str, ...]:
    """石门村 is also written 石门, 石门村委会, 石门村民委员会."""
    short = name.removesuffix("村").removesuffix("社区")
    return name, short, f"{name}委会", f"{name}民委员会", f"{name}居委会", f"{short}居委会"
