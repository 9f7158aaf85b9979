"""What the page of one village shows of its teams: who sits where, the figures beside the last term's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from elections.models import Election, Person, Tenure
from elections.rules import teams
from elections.rules.codes import NATIONS, Education, Politics
from elections.rules.counting.offices import Office
from elections.rules.kinds import SEXES, Body
from elections.rules.teams import Figure, Held
from elections.rules.wording import listed
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
    return election.village.villagers_committee_name if body == Body.VILLAGERS_COMMITTEE else body.label


HEAD = (
    "村（社区）", "组织", "姓名", "性别", "出生日期", "村民小组", "民族", "文化程度", "政治面貌", "入党时间", "职务", "任职时间", "产生方式",
    "离任时间", "离任原因",
)  # fmt: skip


def sheet(tenures: Iterable[Tenure], villages: Mapping[str, str], *, whole: bool) -> Iterator[Sequence[object]]:
    """Tenures as rows of a spreadsheet, head first, as they can be pasted again; never an id number.

    ``whole``: with days of birth; others read the month, as lists of a team say it."""
    yield HEAD
    for row in tenures:
        who = row.person
        yield (
            villages[row.village_id], Body(row.body).label, who.name, SEXES[who.sex], _born(who, whole),
            who.group, NATIONS.get(who.nation, ""), Education(who.education).label if who.education else "",
            Politics(who.politics).label if who.politics else "", who.joined_on or "", Office(row.office).label,
            row.since, Tenure.How(row.how).label, row.until or "",
            Tenure.Ending(row.ending).label if row.ending else "",
        )  # fmt: skip


def _born(who: Person, whole: bool) -> object:
    if who.birth is None or whole:
        return who.birth or ""
    return f"{who.birth.year}年{who.birth.month}月"
