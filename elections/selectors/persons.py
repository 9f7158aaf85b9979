"""Who is meant by what a clerk typed, in the register of persons of a village and on its roll."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from elections.models import Area, Election, Person
from elections.rules.kinds import Body
from elections.rules.naming import clean_name
from elections.rules.persons import Described, Entry, label_in, may_be, why_not_named
from elections.sealing import numbers_of, person_index, person_indexes
from elections.selectors.neighbours import RollRow, row_of_roll, rows_called, rows_ending, rows_meant
from elections.selectors.siblings import sibling

LONGEST_TEXT = 60
MOST = 9  # of people shown to choose from
AS_IN_LABELS = str.maketrans("(),", "（），")
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
    """Somebody who was named: a record, a row of the roll or both, or somebody new."""

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
    def names(self) -> tuple[str, ...]:
        """What he may be called: by his name and, where he has a record, by its label."""
        return (self.name, self.person.label) if self.person else (self.name,)

    def label(self, village: Area) -> str:
        """What the lists of this village call him; of whom there is no record, all that tells him apart."""
        return label_here(self.person, village) if self.person else self.words

    def __str__(self) -> str:
        return self.words

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
    """What was typed and who that may be. ``one``: when there is no doubt, or one was picked.

    ``partly``: nobody has this name, and those found have it within theirs.
    """

    text: str
    people: tuple[Chosen, ...] = ()
    one: Chosen | None = None
    partly: bool = False

    @property
    def many(self) -> bool:
        return len(self.people) > MOST

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


@dataclass(frozen=True)
class Typed:
    """What stands in one field: the text, and the key of the one picked among several before."""

    text: str
    picked: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


def meant(election: Election, text: str, picked: str = "", *, ending: Sequence[Chosen] = ()) -> Meant:
    """Find them by name, label, initials or number of the roll; ``picked``: the key chosen among several.

    ``ending``: those found by the last four digits, which only the service may look for.
    """
    said = Typed(tidy(text), picked)
    return _meant(said, [*ending, *_people(election, [said])[said]])


def meant_by(election: Election, asked: Iterable[Typed]) -> dict[Typed, Meant]:
    """The same of many fields at once, in a number of statements that does not grow with them."""
    tidied = {each: Typed(tidy(each.text), each.picked) for each in asked}
    people = _people(election, dict.fromkeys(tidied.values()))
    return {each: _meant(said, people[said]) for each, said in tidied.items()}


def _meant(said: Typed, found: Iterable[Chosen]) -> Meant:
    people = tuple({each.key: each for each in found}.values())
    partly = not said.text.isascii() and all(each.name.count(said.text) and each.name != said.text for each in people)
    sure = people if len(people) == 1 and not partly else ()
    chosen = [each for each in people if each.key == said.picked] or sure
    return Meant(said.text, people, chosen[0] if chosen else None, partly)


def tidy(text: str) -> str:
    """What was typed as names and labels are written, short and without what no database takes."""
    return clean_name(text.replace("\0", "").strip()[:LONGEST_TEXT]).translate(AS_IN_LABELS)


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


def by_key(election: Election, picked: str) -> Chosen | None:
    """Somebody of the village's register or roll, or of the township's registers, by the key of a choice."""
    key = _key_of(picked, "p")
    if key:
        person = _of_township(election).filter(pk=key).first()
        return Chosen(person) if person else None
    key = _key_of(picked, "v")
    row = row_of_roll(_with_roll(election), key) if key else None
    return next(iter(_recorded([row])), None) if row else None


def _people(election: Election, asked: Collection[Typed]) -> dict[Typed, list[Chosen]]:
    """Whole names before beginnings of names; those of other villages only where nobody here has that name.

    Whoever was picked before stays among them while he is called so.
    """
    texts = dict.fromkeys(said.text for said in asked if said.text)
    found: dict[str, list[Chosen]] = {"": [], **{text: [] for text in texts}}
    rows = _recorded_by(rows_meant(_with_roll(election), texts)) if texts else {}
    here = list(_register(election).filter(Q(name__in=texts) | Q(label__in=texts))) if texts else []
    for text in texts:
        whole = [each for each in rows[text] if each.row and _is_whole(each.row, text)]
        found[text] = [*_chosen(each for each in here if text in (each.name, each.label)), *whole]
    _add_partly(election, found, rows)
    _add_from_near(election, found)
    kept = _kept(election, asked)
    return {said: [*kept.get(said, ()), *found[said.text]] for said in asked}


def _is_whole(row: RollRow, said: str) -> bool:
    return row.entry.name == said or str(row.number) == said.removesuffix("号")


def _add_partly(election: Election, found: dict[str, list[Chosen]], rows: Mapping[str, list[Chosen]]) -> None:
    left = [text for text, people in found.items() if text and not people]
    if not left:
        return
    asked = reduce(or_, (Q(name__contains=text) | Q(initials__startswith=text.lower()) for text in left))
    here = list(_register(election).filter(asked))
    for text in left:
        part = _chosen(each for each in here if text in each.name or each.initials.startswith(text.lower()))
        found[text] = [*part, *rows[text]]


def _add_from_near(election: Election, found: dict[str, list[Chosen]]) -> None:
    """Of other villages of the township, by the whole name or the label they have here: 王伟（石门村）."""
    left = {text: text.partition("（")[0] for text, people in found.items() if text and not people}
    near = list(_of_township(election).filter(name__in=left.values())) if left else []
    for text in left:
        found[text] = _chosen(each for each in near if text in (each.name, label_here(each, election.village)))


def _kept(election: Election, asked: Iterable[Typed]) -> dict[Typed, list[Chosen]]:
    """Those picked before, of another village, while they are called so: somebody here may have the name too."""
    picked = {said: key for said in asked if said.text and (key := _key_of(said.picked, "p"))}
    away = _of_township(election).filter(pk__in=picked.values()).exclude(village=election.village_id) if picked else ()
    persons = {person.pk: person for person in away}
    return {
        said: [Chosen(persons[key])]
        for said, key in picked.items()
        if key in persons and said.text in (persons[key].name, label_here(persons[key], election.village))
    }


def _key_of(picked: str, kind: str) -> UUID | None:
    """The key in what a choice sent back, if it is of this kind."""
    try:
        return UUID(picked.removeprefix(f"{kind}-")) if picked.startswith(f"{kind}-") else None
    except ValueError:
        return None


def _register(election: Election) -> QuerySet[Person]:
    return register_of(election.village_id).select_related("village").order_by("label", "pk")


def _of_township(election: Election) -> QuerySet[Person]:
    near = election.village.township_code
    found = Person.objects.filter(village__code__startswith=near, merged_into=None)
    return found.select_related("village").order_by("label", "pk")


def _chosen(persons: Iterable[Person]) -> list[Chosen]:
    """Not more than are shown and one."""
    return [Chosen(person) for person in islice(persons, MOST + 1)]


def _recorded(rows: Iterable[RollRow]) -> list[Chosen]:
    """Rows of the roll, each with the record of the same id number where there is one."""
    found = list(rows)
    indexes = person_indexes(row.entry.id_number for row in found)
    persons = Person.objects.filter(id_index__in=indexes, merged_into=None).select_related("village") if found else ()
    records = {person.id_index: person for person in persons}
    return [Chosen(records.get(index), row) for row, index in zip(found, indexes, strict=True)]


def _recorded_by(rows: Mapping[str, list[RollRow]]) -> dict[str, list[Chosen]]:
    """The same of the rows meant by each text."""
    all_rows = list({row.pk: row for found in rows.values() for row in found}.values())
    known = {row.pk: each for row, each in zip(all_rows, _recorded(all_rows), strict=True)}
    return {text: [known[row.pk] for row in found] for text, found in rows.items()}


def called(election: Election, names: Iterable[str]) -> dict[str, list[Chosen]]:
    """Everybody of the village's list and register who has this very name or label, by name."""
    asked = dict.fromkeys(names)
    if not asked:
        return {}
    here = [Chosen(person) for person in _register(election).filter(Q(name__in=asked) | Q(label__in=asked))]
    on_roll = _recorded(rows_called(_with_roll(election), {*asked, *(each.name for each in here)}))
    found = {each.key: each for each in [*here, *on_roll]}.values()
    return {name: [each for each in found if name in each.names] for name in asked}


def rows_of(election: Election, persons: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """The row of the list of each of these whose id number is registered, by the number; ``None``: not on the list.

    Those without a number are left out.
    """
    asked = {person.id_index: person for person in Person.objects.filter(pk__in=[*persons]).exclude(id_index=None)}
    if not asked:
        return {}
    rows = rows_called(_with_roll(election), {person.name for person in asked.values()})
    indexes = person_indexes(row.entry.id_number for row in rows)
    found = {asked[index].pk: row.pk for row, index in zip(rows, indexes, strict=True) if index in asked}
    return {person.pk: found.get(person.pk) for person in asked.values()}


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
    return why_none_chosen(election, [chosen])[0]


def why_none_chosen(election: Election, chosen: Sequence[Chosen]) -> list[str | None]:
    """The same of several, who get their records one after another."""
    new = {each.name for each in chosen if each.person is None}
    here = list(register_of(election.village_id).filter(name__in=new)) if new else []
    taken = list(map(described, here))
    found: list[str | None] = []
    seen: set[str] = set()
    for each in chosen:
        again = each.person is not None or f"{each.key}{each.known}" in seen  # twice the same is not two of one name
        alike = like(each.row, here) if each.row and not again else []
        if alike:
            found.append(_why_not_one(election, each.row, alike))
        else:
            found.append(None if again else why_not_named(each.known, taken))
        if not again:
            seen.add(f"{each.key}{each.known}")
            taken.append(each.known)
    return found


def may_be_of(person: Person, entry: Entry) -> bool:
    """Whether a record may be of whom an entry speaks: nothing that is known of both differs."""
    if person.id_index and entry.id_number:
        return False  # the one record of that number is found by it
    return (not (person.sex and entry.sex) or person.sex == entry.sex) and may_be(described(person), entry.described)


def like(row: RollRow, records: Iterable[Person]) -> list[Person]:
    """Records made before their person was on a roll, without an id number, which this row may be."""
    return [each for each in records if may_be_of(each, row.entry)]


def _why_not_one(election: Election, row: RollRow | None, alike: list[Person]) -> str | None:
    """Why it cannot be told which record and which row are one person; ``None`` when each may be the other only."""
    name = alike[0].name
    rows = [each for each in rows_called(_with_roll(election), [name]) if like(each, alike)]
    if len(alike) == 1 and len(rows) == 1:
        return None
    return (
        f"人员名册上的{alike[0].label}没有身份证号，选民名单上有{len(rows)}人可能是本人。"
        f"请先在人员名册中补填{alike[0].label}的身份证号、小组或者出生日期。"
    )
