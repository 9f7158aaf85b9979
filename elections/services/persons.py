"""The register of persons of a village: entering, correcting, merging, and finding by the last digits of a number.

The journal says which items changed, never what was typed about a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from elections.models import Area, Election, Person
from elections.permissions import Actor
from elections.rules.persons import Entry, labels, why_not_named
from elections.rules.pinyin import initials
from elections.sealing import numbers_of, person_indexes, phones_of, seal_number, seal_phone
from elections.selectors.persons import Chosen, all_ending, described, like, record_of_number, register_of
from elections.services.act import act, part
from elections.services.hold import Overtaken
from elections.services.labels import hold_register, provisional, refused, relabel
from elections.services.limits import spend_search
from elections.services.lines import note

NUMBER_ELSEWHERE = "这个身份证号已经在其他村登记为人员。请与镇换届办核实。"
# Columns that an entry fills as they are.
PLAIN = ("name", "sex", "birth", "group", "mark", "nation", "education", "politics", "joined_on", "present_work")


@act("person.added", "登记人员")
def add_person(village: Area, entry: Entry, *, actor: Actor) -> Person:
    """Enter somebody. Namesakes in the register get labels that tell all of them apart.

    Raises :class:`machine.Refused` when his number is registered or he cannot be told from a namesake.
    """
    hold_register(village)
    _insist(why_not_number(entry.id_number, actor))
    _insist(why_not_named(entry.described, map(described, register_of(village.pk))))
    person = Person(village=village)
    person.label = provisional(person)
    _fill(person, entry)
    person.save(force_insert=True)
    changed = relabel(village.pk, [person.name])
    person.refresh_from_db()
    note(person, {"relabelled": changed - 1}, area=village.pk)
    return person


@act("person.corrected", "更正人员信息")
def correct_person(person: Person, entry: Entry, *, version: int, actor: Actor) -> Person:
    """Put right what is known of somebody. Raises :class:`Overtaken` when another did so meanwhile."""
    hold_register(person.village)
    now = Person.objects.select_related("village").get(pk=person.pk)
    if now.version != version or now.merged_into_id:
        raise Overtaken(f"{now.label}的信息刚刚已由他人更正或者合并。请刷新页面后再看。")
    _insist(why_not_number(entry.id_number, actor, but=now))
    others = register_of(now.village_id).exclude(pk=now.pk)
    _insist(why_not_named(entry.described, map(described, others)))
    before, names = entry_of(now), {now.name, entry.name}
    _fill(now, entry)
    now.version, now.doubt = now.version + 1, ""
    now.save()
    changed = relabel(now.village_id, names)
    now.refresh_from_db()
    note(now, {"items": differing(before, entry), "relabelled": changed}, area=now.village_id)
    return now


@act("person.searched_by_number", "按身份证号后四位查找人员")
def by_last_four(election: Election, last: str, *, actor: Actor) -> list[Chosen]:
    """Those of the register and the roll whose number ends so: counted and noted, a question about numbers."""
    spend_search(actor.user)
    found = all_ending(election, last)
    note(election, {"found": len(found)})
    return found


@part
def person_of(chosen: Chosen, village: Area, *, actor: Actor) -> Person:
    """The record of whoever was named in a form about this village, made when there is none.

    A row of the roll has the record of its id number, in whatever village that stands. A record made before there was a
    roll, without a number, is completed by the one row that it may be; where there are several, nothing is guessed and
    ``why_not_chosen`` has refused.
    """
    if chosen.person:
        return chosen.person.merged_into or chosen.person
    if chosen.row:
        entry = chosen.row.entry
        known = record_of_number(entry.id_number)
        alike = [] if known else like(chosen.row, register_of(village.pk).filter(name=entry.name))
        if len(alike) == 1:
            return _completed(alike[0], entry, actor=actor)
        return known or add_person(village, entry, actor=actor)
    assert chosen.new is not None
    return add_person(village, chosen.new, actor=actor)


def _completed(person: Person, entry: Entry, *, actor: Actor) -> Person:
    """The record with what the roll knows and it did not."""
    known = entry_of(person)
    blanks = {name: getattr(entry, name) for name in Entry.__dataclass_fields__ if not getattr(known, name)}
    return correct_person(person, replace(known, **blanks), version=person.version, actor=actor)


@part
def persons_of(named: Sequence[Chosen], village: Area, *, actor: Actor) -> list[Person]:
    """The records of several, with their labels as they are when all of them have one."""
    found = [person_of(each, village, actor=actor) for each in named]
    if all(each.person for each in named):
        return found
    now = Person.objects.select_related("village").in_bulk([person.pk for person in found])
    return [now[person.pk] for person in found]


def why_not_number(number: str, actor: Actor, *, but: Person | None = None) -> str | None:
    """Why this id number cannot be entered; who has it is said only to those whose village it is."""
    found = record_of_number(number) if number else None
    if found is None or (but is not None and found.pk == but.pk):
        return None
    if actor.roles_at(found.village_id):
        return f"这个身份证号已经登记为{found.village.name}的{found.label}。请选择已有的人员，不要重复登记。"
    return NUMBER_ELSEWHERE


def entry_of(person: Person) -> Entry:
    """The record as a clerk would have entered it, number and phone in clear."""
    plain = {name: getattr(person, name) for name in PLAIN}
    number, phone = numbers_of([person])[0], phones_of([person])[0]
    return Entry(**plain, id_number=number, phone=phone, callings=person.calling_codes)


def differing(before: Entry, after: Entry) -> list[str]:
    """The names of the items that are others now."""
    return [name for name in Entry.__dataclass_fields__ if getattr(before, name) != getattr(after, name)]


def _fill(person: Person, entry: Entry) -> None:
    for name in PLAIN:
        setattr(person, name, getattr(entry, name))
    person.initials = initials(entry.name)[:40]
    person.callings = ",".join(entry.callings)
    seal_number(person, entry.id_number)
    seal_phone(person, entry.phone)


def _insist(*sentences: str | None) -> None:
    for text in filter(None, sentences):
        raise refused(text)


# --- Lists of many people ------------------------------------------------------------------------------------


@part
def enter_many(village: Area, entries: Sequence[Entry], *, actor: Actor) -> list[Person]:
    """Enter everybody of a list who is new, in order; the act that takes the list in writes the line.

    Raises :class:`machine.Refused` like :func:`add_person`. Who shares his name with nobody has his label at once.
    """
    hold_register(village)
    _insist_new_numbers(entries, actor)
    known = [described(person) for person in register_of(village.pk).filter(name__in={each.name for each in entries})]
    shared = {each.name for each in known}
    for entry in entries:
        _insist(why_not_named(entry.described, known))
        known.append(entry.described)
    people = [Person(village=village) for _ in entries]
    called = labels([entry.described for entry in entries])
    for person, entry, label in zip(people, entries, called, strict=True):
        _fill(person, entry)
        person.label = provisional(person) if entry.name in shared else label
    Person.objects.bulk_create(people)
    if shared:
        relabel(village.pk, shared)
    found = Person.objects.in_bulk([person.pk for person in people])
    return [found[person.pk] for person in people]


def _insist_new_numbers(entries: Sequence[Entry], actor: Actor) -> None:
    numbers = [each.id_number for each in entries if each.id_number]
    indexes = dict(zip(person_indexes(numbers), numbers, strict=True))
    for person in Person.objects.filter(id_index__in=list(indexes), merged_into=None):
        _insist(why_not_number(indexes[person.id_index], actor) if person.id_index else None)


@part
def fill_in(person: Person, entry: Entry, names: Iterable[str]) -> list[str]:
    """Put what is known now into a record that did not say it: these columns and the number. The columns filled."""
    hold_register(person.village)
    now = Person.objects.select_related("village").get(pk=person.pk)
    empty = [name for name in names if not getattr(now, name) and getattr(entry, name)]
    for name in empty:
        setattr(now, name, getattr(entry, name))
    if entry.id_number and now.id_index is None:
        seal_number(now, entry.id_number)
        empty.append("id_number")
    return _kept(now, person, empty)


@part
def empty_out(person: Person, names: Sequence[str]) -> None:
    """Take out again what :func:`fill_in` put in."""
    now = Person.objects.select_related("village").get(pk=person.pk)
    for name in set(names) - {"id_number"}:
        setattr(now, name, getattr(Person(), name))
    if "id_number" in names:
        seal_number(now, "")
    _kept(now, person, list(names))


def _kept(now: Person, person: Person, names: list[str]) -> list[str]:
    """Save a record some of whose items are others now; ``person`` learns its version."""
    if names:
        now.version += 1
        now.save()
        if "birth" in names:
            relabel(now.village_id, [now.name])
    person.version = now.version
    return names


@part
def drop(person: UUID, version: int) -> bool:
    """Take out a record that nobody has touched since. Raises ``ProtectedError`` when it is in use."""
    found = Person.objects.filter(pk=person, version=version, merged_into=None).first()
    if found is None:
        return False
    found.delete()
    relabel(found.village_id, [found.name])
    return True
