"""Who is meant by what a clerk typed, in the register of persons of a village and on its roll."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from elections.models import Area, Election, Person
from elections.rules.kinds import Body
from elections.rules.persons import Described, Entry, label_in, why_not_named
from elections.sealing import numbers_of, person_index, person_indexes
from elections.selectors.facts import sibling
from elections.selectors.neighbours import RollRow, row_of_roll, rows_ending, rows_meant

LONGEST_TEXT = 60
MOST = 9  # of people shown to choose from
LAST_FOUR = re.compile(r"\d{3}[\dX]")


def register_of(village: str) -> QuerySet[Person]:
    """Everybody in the register of a village, without the records that were merged into others."""
    return Person.objects.filter(village=village, merged_into=None)


def described(person: Person, kept: str = "") -> Described:
    """What tells him from his namesakes."""
    return Described(person.name, person.group, person.birth, person.mark, kept)


def label_here(person: Person, village: Area) -> str:
    """What the lists of this village call him: his label, or 王伟（石门村） where he is of another village."""
    if person.village_id == village.pk:
        return person.label
    home = person.village
    town = "" if home.township_code == village.township_code else Area.objects.get(pk=home.township_code).name
    return label_in(person.label, town + home.name)


@dataclass(frozen=True)
class Chosen:
    """Somebody who was named: a record, a row of the roll that has none yet, or somebody new."""

    person: Person | None = None
    row: RollRow | None = None
    new: Entry | None = field(default=None, repr=False)

    @property
    def key(self) -> str:
        """What the choice among several sends back."""
        if self.person:
            return f"p-{self.person.pk}"
        return f"v-{self.row.pk}" if self.row else ""

    @property
    def known(self) -> Described:
        if self.person:
            return described(self.person)
        entry = self.row.entry if self.row else self.new
        assert entry is not None
        return entry.described

    @property
    def name(self) -> str:
        return self.known.name

    @property
    def sex(self) -> str:
        entry = self.row.entry if self.row else self.new
        return self.person.sex if self.person else entry.sex if entry else ""

    @property
    def words(self) -> str:
        """王伟（3组，1975年生）, as lists of choices show him."""
        return self.known.full

    @property
    def where(self) -> str:
        """In which list he stands."""
        if self.row:
            return f"选民名单{self.row.number}号" if self.row.number else "选民名单"
        return f"{self.person.village.name}人员名册" if self.person else ""


@dataclass(frozen=True)
class Meant:
    """What was typed and who that may be. ``one``: when there is no doubt, or one was picked."""

    text: str
    people: tuple[Chosen, ...] = ()
    one: Chosen | None = None

    @property
    def many(self) -> bool:
        return len(self.people) > MOST

    @property
    def by_digits(self) -> bool:
        """Whether the last four of a number were typed: who was found by them goes back with the form, for looking
        again counts again."""
        return bool(last_four(self.text))

    @property
    def shown(self) -> tuple[Chosen, ...]:
        return self.people[:MOST]

    @property
    def why_not(self) -> str:
        """Why nobody is taken yet; empty when somebody is."""
        if self.one is not None or not self.text:
            return ""
        if not self.people:
            return f"人员名册和选民名单上没有“{self.text}”。请核对姓名；确是新的人员的，请勾选“登记新的人员”。"
        if self.many:
            return f"有多人符合“{self.text}”。请把姓名填写完整。"
        return f"有{len(self.people)}人符合“{self.text}”。请选择其中一人。"


def meant(election: Election, text: str, picked: str = "", *, ending: Sequence[Chosen] = ()) -> Meant:
    """Find them by name, label, initials or number of the roll; ``picked``: the key chosen among several.

    ``ending``: those found by the last four digits, which only the service may look for.
    """
    said = tidy(text)
    found = [*ending, *_people(election, said)] if said else []
    people = tuple({each.key: each for each in found}.values())
    chosen = [each for each in people if each.key == picked]
    one = people if len(people) == 1 else chosen
    return Meant(said, people, one[0] if one else None)


def tidy(text: str) -> str:
    """What was typed, short and without what no database takes."""
    return text.replace("\0", "").strip()[:LONGEST_TEXT]


def last_four(text: str) -> str:
    """The last four characters of an id number, if that is what was typed; else nothing."""
    said = tidy(text).upper()
    return said if LAST_FOUR.fullmatch(said) else ""


def ends_so(election: Election, picked: str, last: str) -> list[Chosen]:
    """The one picked before, when his number ends so: only his is opened."""
    one = by_key(election, picked)
    if one is None:
        return []
    number = numbers_of([one.person])[0] if one.person else one.row.entry.id_number if one.row else ""
    return [one] if number.endswith(last) else []


def all_ending(election: Election, last: str) -> list[Chosen]:
    """Everybody of the register and the roll whose number ends so: all are opened (see ``services.persons``)."""
    persons = list(register_of(election.village_id).exclude(id_index=None))
    numbers = numbers_of(persons)
    found = [Chosen(person) for person, number in zip(persons, numbers, strict=True) if number.endswith(last)]
    return [*found, *_recorded(rows_ending(_with_roll(election), last))]


def by_key(election: Election, key: str) -> Chosen | None:
    """Somebody of the village's register or roll, or of the township's registers, by the key of a choice."""
    kind, _, pk = key.partition("-")
    try:
        unique = UUID(pk)
    except ValueError:
        return None
    if kind == "p":
        person = _of_township(election).filter(pk=unique).first()
        return Chosen(person) if person else None
    row = row_of_roll(_with_roll(election), unique) if kind == "v" else None
    return next(iter(_recorded([row])), None) if row else None


def _people(election: Election, said: str) -> list[Chosen]:
    """Whole names before beginnings of names; those of other villages only where nobody here has that name."""
    here, rows = register_of(election.village_id).select_related("village"), rows_meant(_with_roll(election), said)
    whole = [row for row in rows if row.entry.name == said or str(row.number) == said.removesuffix("号")]
    exact = [*_chosen(here.filter(Q(name=said) | Q(label=said))), *_recorded(whole)]
    if exact:
        return exact
    partly = here.filter(Q(name__contains=said) | Q(initials__startswith=said.lower()))
    return [*_chosen(partly), *_recorded(rows)] or _chosen(_of_township(election).filter(name=said))


def _of_township(election: Election) -> QuerySet[Person]:
    near = election.village.township_code
    return Person.objects.filter(village__code__startswith=near, merged_into=None).select_related("village")


def _chosen(persons: QuerySet[Person]) -> list[Chosen]:
    return [Chosen(person) for person in persons.order_by("label", "pk")[: MOST + 1]]


def _recorded(rows: Iterable[RollRow]) -> list[Chosen]:
    """Rows of the roll, each replaced by the record of the same id number where there is one."""
    found = list(rows)
    indexes = person_indexes(row.entry.id_number for row in found)
    persons = Person.objects.filter(id_index__in=indexes, merged_into=None).select_related("village")
    records = {person.id_index: person for person in persons}
    return [
        Chosen(records[index]) if index in records else Chosen(row=row)
        for row, index in zip(found, indexes, strict=True)
    ]


def record_of_number(number: str) -> Person | None:
    """The one record with this id number, in whatever village."""
    return Person.objects.filter(id_index=person_index(number), merged_into=None).select_related("village").first()


def _with_roll(election: Election) -> Election:
    """The election that has the village's roll: the villagers' committee's."""
    return (
        election
        if election.body == Body.VILLAGERS_COMMITTEE
        else sibling(election, Body.VILLAGERS_COMMITTEE) or election
    )


def why_not_chosen(election: Election, chosen: Chosen) -> str | None:
    """Why somebody who has no record yet cannot get one here."""
    if chosen.person:
        return None
    return why_not_named(chosen.known, map(described, register_of(election.village_id)))
