"""Where rows of parts point at persons, in whatever app: who holds which place in which list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model, Q, QuerySet, UniqueConstraint

from elections.models import Election, Person
from elections.rules.kinds import Body

COLUMNS = {
    "person": "name",
    "relative": "other",
    "helper_person": "helper",
}  # a row's key to a person → the column with his label


class Place(NamedTuple):
    """The model of a list, its key to a person, the column of the label (none in a tenure)."""

    model: type[Model]
    key: str
    label: str

    def rows_of(self, person: Person) -> QuerySet[Model]:
        return self.model._default_manager.filter(**{self.key: person})

    @property
    def once(self) -> Iterator[tuple[tuple[str, ...], Q]]:
        """What a person may have only one row for: the other columns of each constraint on him, and its condition."""
        own = {self.key, self.label}
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and own & {*constraint.fields}:
                yield tuple(name for name in constraint.fields if name not in own), constraint.condition or Q()


def places() -> Iterator[Place]:
    """Every key of every app that points at a person, but that of a merged record."""
    for relation in Person._meta.related_objects:
        model, key = relation.related_model, relation.field.name
        if model is not Person:
            column = COLUMNS.get(key, "")
            yield Place(model, key, column if column in {each.name for each in model._meta.fields} else "")


def places_held(person: Person) -> list[str]:
    """测试换届：选举委员会成员（主任）, in the order in which the lists come about."""
    return [_words(place, row) for place in places() for row in place.rows_of(person)]


def _words(place: Place, row: Any) -> str:
    election: Election | None = getattr(row, "election", None)
    what, more = str(row._meta.verbose_name), _more(place, row)
    when = f"{election.village.name}{election.cycle.name}：" if election else ""
    body = "" if election is None or election.body == Body.VILLAGERS_COMMITTEE else f"{Body(election.body).label}，"
    return f"{when}{body}{what}{f'（{more}）' if more else ''}"


def _more(place: Place, row: Any) -> str:
    """The post, task, office or relation of a row."""
    if hasattr(row, "relation"):
        return f"{row.name}、{row.other}"
    for name in ("post", "task"):
        if hasattr(row, name):
            return str(getattr(row, f"get_{name}_display")())
    return str(getattr(row, "get_office_display", lambda: "")())


def held_twice(one: Person, other: Person) -> list[str]:
    """Lists in which each of the two has a place of his own, so that they cannot be one person."""
    found = []
    for place in places():
        for columns, condition in place.once:
            both = place.rows_of(one).filter(condition), place.rows_of(other).filter(condition)
            mine, his = (set(rows.order_by().values_list(*columns)) for rows in both)
            rows = place.rows_of(other).filter(condition)
            found += [_words(place, row) for row in rows if _key(row, columns) in mine & his]
    return found


def _key(row: Any, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, row._meta.get_field(name).attname) for name in columns)
