"""班子情况: the list of villages with what can be told of their present teams, and all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from elections.models import Area
from elections.rules import teams
from elections.rules.kinds import Body
from elections.rules.teams import Base, Figure, Team
from elections.rules.wording import cn_date, listed

NO_DATA = "--"


@dataclass(frozen=True)
class VillageLine:
    """A village of the list with its present team and what can be told of it."""

    village: Area
    present: Team
    figures: dict[str, Figure]

    @property
    def entered(self) -> bool:
        return bool(teams.of_body(self.present, *teams.BOTH))

    @property
    def shoulder(self) -> str:
        """yes, no, or unknown where a head is not on record."""
        if teams.why_not_told(self.present):
            return "unknown"
        return "yes" if teams.on_one_shoulder(self.present) else "no"

    @property
    def shoulder_words(self) -> str:
        return {"yes": "是", "no": "否", "unknown": NO_DATA}[self.shoulder]

    def of(self, body: str) -> int:
        return len(teams.people(teams.of_body(self.present, body)))


def lines(
    villages: Iterable[Area], found: Mapping[str, tuple[Team, Team]], today: date, base: Base
) -> list[VillageLine]:
    """A line for each village."""
    made = []
    for village in villages:
        present, last = found[village.pk]
        figures = {each.key: each for each in teams.figures(present, last, today, base=base)}
        made.append(VillageLine(village, present, figures))
    return made


def fitting(all_lines: Iterable[VillageLine], asked: Mapping[str, Any]) -> list[VillageLine]:
    """The lines that the filter leaves."""
    fits = {
        "q": lambda line, value: value.strip() in line.village.name,
        "township": lambda line, value: line.village.township_code == value,
        "entered": lambda line, value: line.entered is (value == "yes"),
        "shoulder": lambda line, value: line.shoulder == value,
    }
    return [line for line in all_lines if all(fits[name](line, value) for name, value in asked.items())]


def together(shown: Sequence[VillageLine]) -> tuple[Figure, ...]:
    """The figures of all villages shown."""
    return teams.summed([(line.village.name, list(line.figures.values())) for line in shown])


def sentence(shown: Sequence[VillageLine], figures: Iterable[Figure], today: date) -> str:
    """截至…，12个村（社区）中已录入班子10个。人数…"""
    entered = sum(line.entered for line in shown)
    said = listed(f"{each.label}{each.words}" for each in figures if each.whole)
    return f"截至{cn_date(today)}，{len(shown)}个村（社区）中，已录入现任班子{entered}个{f'；{said}' if said else ''}。"


LIST_HEAD = (
    "乡镇（街道）", "村（社区）", "代码", "党组织", "村（居）委会", "监委会", "“两委”人数", "女性", "平均年龄", "35岁及以下", "大专以上",
    "党员", "一肩挑", "交叉任职", "连任", "没有计入的",
)  # fmt: skip
SHARES = ("women", "age", "young", "college", "party")


def list_sheet(shown: Iterable[VillageLine], townships: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """The list as rows of a spreadsheet, head first; each figure with what it is a share of."""
    yield LIST_HEAD
    for line in shown:
        figures = line.figures
        left_out = dict.fromkeys(text for each in figures.values() for text in each.left_out)
        yield (
            townships.get(line.village.township_code, ""), line.village.name, line.village.code,
            *(line.of(body) for body in Body), figures["people"].part, *(figures[key].words for key in SHARES),
            line.shoulder_words, figures["cross"].words, figures["again"].words, "；".join(left_out),
        )  # fmt: skip
