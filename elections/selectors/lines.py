"""The short ledgers of many elections in one statement: notices, waivers, trainings, committee, relatives, staff …

Nine tables whose rows say little more than a name, a word and a day. Each line has ``what`` it is, up to three texts,
a number and a day; the table ``ARMS`` says which field of which table stands where.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from elections.models import (
    ArchiveItem,
    CommitteeMember,
    Kinship,
    Posting,
    Seated,
    StaffMember,
    Training,
    Waiver,
)

POSTING, WAIVER, TRAINING, MEMBER, KIN, STAFF, SEATED, FILED = range(8)


class Line(NamedTuple):
    """One row of one ledger."""

    election: int
    what: int
    pk: int
    one: str
    two: str
    three: str
    number: int
    day: date | None


# fmt: off
ARMS: tuple[tuple[int, QuerySet[Any], dict[str, str]], ...] = (
    (POSTING,  Posting.objects.all(),      {"one": "key", "day": "posted_on"}),
    (WAIVER,   Waiver.objects.all(),       {"one": "guard", "two": "reason"}),
    (TRAINING, Training.objects.all(),     {"day": "held_on"}),
    (MEMBER,   CommitteeMember.objects.filter(left_on=None), {"one": "name", "two": "post", "number": "votes"}),
    (KIN,      Kinship.objects.all(),      {"one": "name", "two": "other", "three": "relation"}),
    (STAFF,    StaffMember.objects.all(),  {"one": "name", "two": "task"}),
    (SEATED,   Seated.objects.all(),       {"one": "office", "two": "name", "three": "sex", "number": "round_id"}),
    (FILED,    ArchiveItem.objects.all(),  {"one": "kind"}),
)
# fmt: on
EMPTY = {
    "one": Value("", output_field=CharField()),
    "two": Value("", output_field=CharField()),
    "three": Value("", output_field=CharField()),
    "number": Value(0, output_field=IntegerField()),
    "day": Cast(Value(None), DateField()),  # PostgreSQL wants to know of what type nothing is
}


class Lines:
    """The lines of some elections, by election and ledger, each ledger in the order in which it was written."""

    def __init__(self, elections: Iterable[int]) -> None:
        self._found: dict[tuple[int, int], list[Line]] = defaultdict(list)
        ids = list(elections)
        first, *others = (_arm(what, rows, fields, ids) for what, rows, fields in ARMS)
        for row in sorted(map(Line._make, first.union(*others, all=True)), key=lambda line: line.pk):
            self._found[row.election, row.what].append(row)

    def of(self, election: int, what: int) -> list[Line]:
        return self._found.get((election, what), [])

    def kin_pairs(self, election: int) -> list[tuple[str, str, str]]:
        """Every declared relation: name, other, relation."""
        return [(line.one, line.two, line.three) for line in self.of(election, KIN)]


def _arm(what: int, rows: QuerySet[Any], fields: dict[str, str], ids: list[int]) -> QuerySet[Any]:
    shown = {f"line_{name}": F(fields[name]) if name in fields else empty for name, empty in EMPTY.items()}
    found = (
        rows.filter(election__in=ids).order_by().annotate(line_what=Value(what, output_field=IntegerField()), **shown)
    )
    return found.values_list("election_id", "line_what", "pk", *shown)
