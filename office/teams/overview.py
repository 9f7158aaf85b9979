"""What the pages show of teams: the seats of one village, its figures beside the last term's, the list of villages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from elections.models import Area, Election, Tenure
from elections.rules import teams
from elections.rules.codes import NATIONS, Education, Politics
from elections.rules.counting.posts import Office
from elections.rules.kinds import SEXES, Body
from elections.rules.teams import Base, Figure, Held, Team
from elections.rules.wording import cn_date, listed
from elections.selectors.teams import as_held, tenures_of

NO_DATA = "--"


class Seat(NamedTuple):
    """One line of a team: the row and what the rules see in it."""

    tenure: Tenure
    held: Held
    age: int | None

    @property
    def office(self) -> str:
        return Office(self.held.office).label

    @property
    def education(self) -> str:
        return Education(self.held.education).label if self.held.education else NO_DATA

    @property
    def politics(self) -> str:
        return Politics(self.held.politics).label if self.held.politics else NO_DATA


@dataclass(frozen=True)
class BodyTeams:
    """The present and the last team of one body."""

    body: Body
    name: str
    present: list[Seat]
    last: list[Seat]


@dataclass(frozen=True)
class VillageTeams:
    """All that the page of one village shows. ``figures``: each of the present team with the last term's."""

    bodies: list[BodyTeams]
    figures: list[tuple[Figure, Figure]]
    turned_on: date | None  # when the last term ended
    left: list[Seat]  # who left before the end of a term, newest first

    @property
    def is_empty(self) -> bool:
        return not any(each.present or each.last for each in self.bodies) and not self.left

    @property
    def sentence(self) -> str:
        """The figures in words, to be copied into a report."""
        return f"{listed(f'{now.label}{now.words}' for now, _ in self.figures if now.whole)}。"


def of_village(election: Election, today: date) -> VillageTeams:
    """The teams of the election's village, in one statement."""
    rows = {each.pk: each for each in tenures_of([election.village_id])}
    held = {pk: as_held(row) for pk, row in rows.items()}
    present, last = teams.present(held.values(), today), teams.last(held.values(), today)
    turned_on = max((each.until for each in last if each.until), default=None)
    by_held = {id(one): rows[pk] for pk, one in held.items()}

    def seats(team: Iterable[Held], day: date) -> list[Seat]:
        return [Seat(by_held[id(each)], each, teams.age(each.birth, day) if each.birth else None) for each in team]

    bodies = [
        BodyTeams(
            body, _name(body, election), seats(teams.of_body(present, body), today),
            seats(teams.of_body(last, body), turned_on or today),
        )
        for body in Body
    ]  # fmt: skip
    base = election.policy.cross_post_base
    now = teams.figures(present, last, today, base=base)
    then = teams.figures(last, (), turned_on or today, base=base)
    gone = [each for each in held.values() if each.until and each not in last and each not in present]
    left = seats(sorted(gone, key=lambda each: (each.until, each.label), reverse=True), today)
    return VillageTeams(bodies, list(zip(now, then, strict=True)), turned_on, left)


def _name(body: Body, election: Election) -> str:
    return election.village.committee_name if body == Body.COMMITTEE else body.label


HEAD = (
    "村（社区）", "组织", "姓名", "性别", "出生日期", "民族", "文化程度", "政治面貌", "入党时间", "职务", "任职时间", "产生方式",
    "离任时间", "离任原因",
)  # fmt: skip


def sheet(tenures: Iterable[Tenure], villages: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """Tenures as rows of a spreadsheet, head first, as they can be pasted again; never an id number."""
    yield HEAD
    for row in tenures:
        who = row.person
        yield (
            villages[row.village_id], Body(row.body).label, who.label, SEXES[who.sex], who.birth or "",
            NATIONS.get(who.nation, ""), Education(who.education).label if who.education else "",
            Politics(who.politics).label if who.politics else "", who.joined_on or "", Office(row.office).label,
            row.since, Tenure.How(row.how).label, row.until or "",
            Tenure.Ending(row.ending).label if row.ending else "",
        )  # fmt: skip


# --- The list of villages -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class VillageLine:
    """A village of the list with its present team and what can be told of it."""

    village: Area
    present: Team
    last: Team
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
        made.append(VillageLine(village, present, last, figures))
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


def together(shown: Sequence[VillageLine], today: date, base: Base) -> list[Figure]:
    """The figures of all villages shown: people of all teams, villages on one shoulder."""
    present = tuple(each for line in shown for each in line.present)
    last = tuple(each for line in shown for each in line.last)
    names = [line.village.name for line in shown]
    shoulder = teams.one_shoulder([line.present for line in shown], names)
    found = teams.figures(present, last, today, base=base)
    return [shoulder if each.key == "one_shoulder" else each for each in found]


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
