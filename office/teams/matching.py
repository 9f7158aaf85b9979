"""Who the people of a list are: by id number, else by name in the register of the village when exactly one fits.

Where several fit somebody has to choose; where nobody fits the person is new. Two statements, however long the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from elections.models import Area, Person, Tenure
from elections.permissions import Actor
from elections.rules.counting.offices import Office
from elections.rules.kinds import Body
from elections.rules.persons import Described, Entry, why_not_named
from elections.sealing import person_indexes
from elections.selectors.persons import Chosen, described, may_be_of
from elections.services.persons import NUMBER_ELSEWHERE
from elections.services.team_lists import Entrant
from elections.services.tenures import Post
from office.teams.reading import Line

NEW, LATER = "new", "later"  # what may be picked beside one of several people


@dataclass
class Somebody:
    """One person of a list: his rows, who he may be, who he is."""

    key: str  # of the choice on the page
    lines: list[Line]
    options: tuple[Person, ...] = ()
    person: Person | None = None
    new: bool = False
    namesakes: list[Described] = field(default_factory=list)

    @property
    def asks(self) -> bool:
        """Whether somebody still has to say who he is."""
        return self.person is None and not self.new

    @property
    def word(self) -> str:
        if self.person:
            return "已有人员"
        return "新登记" if self.new else "请选择"

    @property
    def home(self) -> Area:
        village = self.lines[0].village
        assert village is not None  # rows without one are refused before
        return village

    @property
    def known(self) -> Entry:
        """What all his rows together say of him, the first that says it."""

        def said(name: str) -> str:
            return next((getattr(line, name) for line in self.lines if getattr(line, name)), "")

        first = self.lines[0]
        return Entry(
            first.name, first.sex, first.birth, said("group"), id_number=first.id_number, nation=said("nation"),
            education=said("education"), politics=said("politics"),
            joined_on=next((line.joined_on for line in self.lines if line.joined_on), None),
        )  # fmt: skip

    def entrant(self) -> Entrant:
        """As the service takes him."""
        return Entrant(
            Chosen(self.person) if self.person else Chosen(new=self.known), self.known, tuple(map_posts(self.lines))
        )


def map_posts(lines: Iterable[Line]) -> Iterable[tuple[Area, Post]]:
    for line in lines:
        assert line.village is not None and line.since is not None  # noqa: PT018  rows without them are refused before
        ending = "term" if line.until else ""
        for body, office in line.posts:
            yield line.village, Post(body, office, line.since, line.how, line.until, ending)


def match(lines: Sequence[Line], picks: Mapping[str, str], *, new_term: bool, actor: Actor) -> list[Somebody]:
    """Everybody in the rows that can be taken in; faults found on the way are written into the rows."""
    _refuse_twice(lines)
    people = _grouped(lines)
    by_number = _by_number(people)
    by_name = _by_name(people)
    for each in people:
        _identify(each, by_number, by_name, picks.get(each.key, ""), actor)
    _insist_on_difference(people)
    _leave_out_held(people, new_term)
    for each in people:
        each.lines = [line for line in each.lines if not line.faults]
    return [each for each in people if each.lines]


def _grouped(lines: Sequence[Line]) -> list[Somebody]:
    found: dict[tuple[str, ...], Somebody] = {}
    for line in lines:
        if not line.faults:
            found.setdefault(line.key, Somebody(f"who-{line.number}", [])).lines.append(line)
    return list(found.values())


def _by_number(people: Sequence[Somebody]) -> dict[str, Person]:
    numbers = [each.lines[0].id_number for each in people if each.lines[0].id_number]
    indexes = dict(zip(person_indexes(numbers), numbers, strict=True))
    found = Person.objects.filter(id_index__in=list(indexes), merged_into=None).select_related("village")
    return {indexes[person.id_index]: person for person in found if person.id_index}


def _by_name(people: Sequence[Somebody]) -> dict[tuple[str, str], list[Person]]:
    """The registers of these villages, as far as they have these names."""
    names = {each.lines[0].name for each in people}
    rows = Person.objects.filter(village__in={each.home.pk for each in people}, name__in=names, merged_into=None)
    found: dict[tuple[str, str], list[Person]] = {}
    for person in rows.select_related("village").order_by("label", "pk"):
        found.setdefault((person.village_id, person.name), []).append(person)
    return found


def _identify(
    each: Somebody,
    by_number: Mapping[str, Person],
    by_name: Mapping[tuple[str, str], list[Person]],
    pick: str,
    actor: Actor,
) -> None:
    first = each.lines[0]
    registered = by_number.get(first.id_number)
    if registered is not None:
        return _by_his_number(each, registered, actor)
    namesakes = by_name.get((each.home.pk, first.name), [])
    each.namesakes = [described(person) for person in namesakes]
    fitting = tuple(person for person in namesakes if may_be_of(person, each.known))
    if len(fitting) > 1:
        each.options = fitting
        each.person = next((person for person in fitting if str(person.pk) == pick), None)
        each.new = pick == NEW
        if pick == LATER:
            fault(each, "已选择暂不录入。")
    elif fitting:
        each.person = fitting[0]
    else:
        each.new = True
    return None


def _by_his_number(each: Somebody, registered: Person, actor: Actor) -> None:
    if not actor.roles_at(registered.village_id):
        fault(each, NUMBER_ELSEWHERE)
    elif registered.name != each.lines[0].name:
        fault(each, f"这个身份证号已经登记为{registered.village.name}的{registered.label}。请核对姓名和身份证号。")
    else:
        each.person = registered


def _insist_on_difference(people: Sequence[Somebody]) -> None:
    """Who is new must be told apart from his namesakes, those of the list before him included."""
    entered: dict[tuple[str, str], list[Described]] = {}
    for each in people:
        if not each.new:
            continue
        before = entered.setdefault((each.home.pk, each.lines[0].name), [])
        why_not = why_not_named(each.known.described, [*each.namesakes, *before])
        if why_not:
            fault(each, why_not)
        else:
            before.append(each.known.described)


def fault(each: Somebody, text: str) -> None:
    for line in each.lines:
        line.faults.append(text)


def _refuse_twice(lines: Sequence[Line]) -> None:
    """A post that stands twice in the list is taken from its first row."""
    seen: dict[tuple[object, ...], int] = {}
    for line in lines:
        if not line.faults:
            marks = [(line.key, line.village and line.village.pk, post) for post in line.posts]
            before = next((seen[mark] for mark in marks if mark in seen), None)
            if before is not None:
                line.faults.append(f"与第{before}行重复。请删去一行。")
            seen |= {mark: line.number for mark in marks if mark not in seen}


def _leave_out_held(people: Sequence[Somebody], new_term: bool) -> None:
    """What somebody holds already is not entered again; with the new team, what he held until then is another term."""
    known = [each.person.pk for each in people if each.person]
    rows = Tenure.objects.filter(person__in=known, until=None)
    held = {(row.person_id, row.village_id, row.body, row.office): row.since for row in rows}
    for each in people:
        for line in each.lines if each.person and held else ():
            _leave_out(line, each.person, held, new_term)


def _leave_out(line: Line, person: Person | None, held: Mapping[tuple[Any, ...], date], new_term: bool) -> None:
    assert person is not None and line.village is not None and line.since is not None  # noqa: PT018
    left = []
    for body, office in line.posts:
        since = held.get((person.pk, line.village.pk, body, office))
        if since is None or line.until or (new_term and since < line.since):
            left.append((body, office))
        else:
            words = f"{Body(body).label}{Office(office).label}"
            line.notes.append(f"已经登记在任{words}，不重复录入")
    if left:
        line.posts = tuple(left)
    else:
        line.faults.append("已经登记在任，不用再录入。")
