"""Labels of persons follow who is in the register; rows of elections that are not yet frozen follow the labels.

Every row of a part points at its person and keeps the label as of recording in a column beside it. What voters have
already seen — an opened round, a closed election — stays as it was posted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Model, Q

from elections.models import Area, Election, Person
from elections.rules import machine
from elections.rules.kinds import Standing
from elections.rules.persons import alike, labels, why_not_named
from elections.selectors.neighbours import stands_posted
from elections.selectors.persons import described, label_here, register_of
from elections.selectors.places import COLUMNS, places
from elections.services.act import part
from elections.services.summaries import mark


@part
def relabel(village: str, names: Iterable[str]) -> int:
    """Give everybody of these names his label, and the rows that may still change the same. Returns how many changed.

    Raises :class:`machine.Refused` when two cannot be told apart.
    """
    changed: list[Person] = []
    for name in set(names):
        namesakes = list(register_of(village).filter(name=name).select_related("village").order_by("made_at", "pk"))
        known = [described(each, _posted(each)) for each in namesakes]
        two = alike(known)
        if two:
            raise refused(why_not_named(two[1], [each for each in known if each is not two[1]]) or "")
        changed += _to_change(namesakes, labels(known))
    for person in changed:  # first out of each other's way: two may change places
        Person.objects.filter(pk=person.pk).update(label=provisional(person))
        rewrite(person, provisional(person))
    for person in changed:
        Person.objects.filter(pk=person.pk).update(label=person.label)
        rewrite(person)
    return len(changed)


def _to_change(persons: list[Person], found: Iterable[str]) -> Iterator[Person]:
    for person, label in zip(persons, found, strict=True):
        if person.label != label:
            person.label = label
            yield person


def provisional(person: Person) -> str:
    """A label that is nobody's, until the right one is found."""
    return f"#{person.pk}"


def refused(text: str) -> machine.Refused:
    return machine.Refused([machine.Problem("person", text, "", soft=False)])


def frozen() -> Q:
    """Elections whose rows stay as they were posted."""
    return Q(standing__in=[Standing.CLOSED, Standing.ANNULLED]) | Q(rounds__isnull=False)


def call(row: Model, key: str, person: Person, village: Area) -> None:
    """Let a row, not stored yet, point at a person by ``key`` and say what this village calls him."""
    setattr(row, key, person)
    setattr(row, COLUMNS[key], label_here(person, village))


def call_as_now(row: Model, election: Election) -> None:
    """The same of a row that comes back as it was: its persons may be called otherwise since, or be merged."""
    for key in COLUMNS:
        person = getattr(row, key, None)
        if isinstance(person, Person):
            call(row, key, person.merged_into or person, election.village)


def _posted(person: Person) -> str:
    """His label, where it stands on a posted list or the ballots of a vote that is not over; nothing where it may change."""
    if person.label != person.name and not person.label.startswith(f"{person.name}（"):
        return ""
    if stands_posted(person):
        return person.label
    voting = Election.objects.filter(rounds__isnull=False, standing__in=[Standing.ACTIVE, Standing.SUSPENDED])
    open_now = voting.filter(village=person.village_id).values("pk")
    named = (each.rows_of(person).filter(election__in=open_now) for each in places() if each.label)
    return person.label if any(rows.exists() for rows in named) else ""


@part
def rewrite(person: Person, label: str = "") -> None:
    """His label, or this one, into the rows of elections that are not frozen, in whatever village."""
    still = Election.objects.exclude(frozen())
    for place in places():
        if not place.label:
            continue
        rows = place.rows_of(person)
        rows.filter(election=None).update(**{place.label: label or person.label})
        rows = rows.filter(election__in=still.values("pk"))
        for election in still.filter(pk__in=rows.values("election")).select_related("village"):
            called = label or label_here(person, election.village)
            rows.filter(election=election).update(**{place.label: called})
            mark(election)


@part
def hold_register(village: Area) -> None:
    """Nobody else changes the register meanwhile: labels depend on all namesakes."""
    list(Area.objects.select_for_update(no_key=True).filter(pk=village.pk))
