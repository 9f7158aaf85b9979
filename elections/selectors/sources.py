"""The rows behind the facts of some elections. Each group of tables is read once for all of them, when first asked.

A list of villages asks as often as one village does: three statements of the spine's own tables, seven at most of its
neighbours'. What nobody asks for is not read. Sources are made for one question and thrown away: nothing here outlives a
write, because every act takes its election anew and gathers from new sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache, cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import (
    CharField,
    DateField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from elections.models import (
    ArchiveItem,
    CommitteeMember,
    Election,
    HandoverItem,
    Kinship,
    Meeting,
    Paper,
    Posting,
    Round,
    Seated,
    StaffMember,
    SupervisionMember,
    Training,
    Waiver,
    WorkingBody,
)
from elections.rules.facts import AuditFacts, NominationFacts, RegistrationFacts
from elections.rules.kinds import Body
from elections.selectors import neighbours
from elections.selectors.kin import SIDES, Names, Pair, concerning, names_in, pairs_in, tie_of
from elections.selectors.tallies import count_of

ONE_EACH = ("survey", "talks", "arrangement", "result_report", "handover", "party_record", "supervision_record")
MEETINGS = {f"{purpose}_meeting": purpose for purpose in Meeting.Purpose.values}


class Sources:
    """``elections`` need their village and cycle only when a family asks for them."""

    def __init__(self, elections: Iterable[Election]) -> None:
        self.elections = {each.pk: each for each in elections}

    @cached_property
    def _of_village(self) -> dict[tuple[str, int], list[Election]]:
        """Village and cycle → the elections of all bodies, earlier attempts first, with what each has at most one of."""
        villages = {each.village_id for each in self.elections.values()}
        cycles = {each.cycle_id for each in self.elections.values()}
        found: dict[tuple[str, int], list[Election]] = defaultdict(list)
        for each in _with_what_each_has().filter(village__in=villages, cycle__in=cycles):
            found[each.village_id, each.cycle_id].append(each)
        return found

    def _others(self, election: Election) -> list[Election]:
        return self._of_village[election.village_id, election.cycle_id]

    def row(self, election: Election) -> Election:
        """Return the same election with what it has at most one of, and with its counts."""
        return next(each for each in self._others(election) if each.pk == election.pk)

    def sibling(self, election: Election, body: str) -> Election | None:
        """Return the election of another body of the same village in the same cycle, the latest attempt."""
        return next((each for each in reversed(self._others(election)) if each.body == body), None)

    def bodies(self, election: Election) -> dict[str, Election]:
        """Return the elections of all bodies of the village, by body; ``election`` itself for its own."""
        found = {body.value: election if body == election.body else self.sibling(election, body) for body in Body}
        return {body: each for body, each in found.items() if each is not None}

    def home(self, election: Election) -> Election:
        """Return the election that keeps survey, training and audit: the villagers' committee's, for village ×
        cycle."""
        if election.body == Body.VILLAGERS_COMMITTEE:
            return self.row(election)
        return self.sibling(election, Body.VILLAGERS_COMMITTEE) or self.row(election)

    @staticmethod
    def meeting(row: Election, purpose: str) -> Meeting | None:
        """Return the meeting that decided ``purpose``; ``row`` from :meth:`row` or :meth:`home`."""
        return getattr(row, f"{purpose}_meeting", None)  # not set at all where there is none

    @cached_property
    def lines(self) -> Lines:
        """The short ledgers of these elections and of their homes."""
        homes = [self.home(each) for each in self.elections.values()]
        return Lines({*self.elections, *(each.pk for each in homes)}, {each.village_id for each in homes})

    def names(self, election: Election) -> Names:
        """What the rows of an election and of its home call their people: first of all as nominees."""
        nominees = ((each.person, each.name) for each in self.nominations[election.pk].nominees)
        home = self.home(election).pk
        seated = ((line.person, line.two) for line in self.lines.of(election.pk, SEATED))
        others = self.lines.of(home, MEMBER) + self.lines.of(election.pk, STAFF)
        return names_in(nominees, seated, ((line.person, line.one) for line in others))

    def kin_pairs(self, election: Election) -> list[Pair]:
        """Every declared relation of the village: name, other, relation."""
        return pairs_in(self.lines.ties, self.home(election).pk, election.village_id, self.names(election))

    @cached_property
    def rounds(self) -> dict[int, list[Round]]:
        """The rounds of voting in order."""
        found: dict[int, list[Round]] = defaultdict(list)
        voted = [each.pk for each in self.elections.values() if self.row(each).voted]  # type: ignore[attr-defined]
        for each in Round.objects.filter(election__in=voted).order_by("number"):
            found[each.election_id].append(each)
        return found

    def confirmed(self, election: Election) -> list[Round]:
        """Return the rounds whose result is final, in order."""
        return [each for each in self.rounds[election.pk] if each.confirmed_at]

    @cached_property
    def supervisors(self) -> dict[int, list[SupervisionMember]]:
        """The members of supervision committees."""
        found: dict[int, list[SupervisionMember]] = defaultdict(list)
        for each in SupervisionMember.objects.filter(election__in=self.elections).order_by("pk"):
            found[each.election_id].append(each)
        return found

    @cached_property
    def audits(self) -> dict[int, AuditFacts]:
        """The audits of the homes."""
        return neighbours.audit_facts(self.home(each) for each in self.elections.values())

    @cached_property
    def nominations(self) -> dict[int, NominationFacts]:
        """Seats, nominees and formal lists, without the meeting that decided the seats."""
        return neighbours.nomination_facts(self.elections.values())

    @cached_property
    def rolls(self) -> dict[int, neighbours.RollFigures]:
        return neighbours.roll_figures(self.elections.values())

    @cached_property
    def registrations(self) -> dict[int, RegistrationFacts]:
        return neighbours.registration_facts(self.elections.values(), self.rolls)

    @cached_property
    def proxies_unpublished(self) -> dict[int, int]:
        """Proxies in force that do not stand on the list as it was last put up."""
        return neighbours.proxies_unpublished(self.rolls)


# Building the following takes longer than asking for some of their rows: built once, never asked as they are.


@cache
def _with_what_each_has() -> QuerySet[Election]:
    """All elections, earlier attempts first, with what each has at most one of."""
    held = {
        name: FilteredRelation("meetings", condition=Q(meetings__purpose=purpose)) for name, purpose in MEETINGS.items()
    }
    counts = {
        "bodies_formed": count_of(WorkingBody.objects.all()),
        "items_listed": count_of(HandoverItem.objects.all()),
        "papers_made": count_of(Paper.objects.all()),
        "voted": Exists(Round.objects.filter(election=OuterRef("pk"))),
    }
    rows = Election.objects.annotate(**held, **counts).select_related(*ONE_EACH, *held)
    return rows.defer("policy_values").order_by("attempt")


# --- The short ledgers --------------------------------------------------------------------------------

POSTING, WAIVER, TRAINING, MEMBER, STAFF, SEATED, FILED, KIN = range(8)


class Line(NamedTuple):
    """One row of one ledger."""

    election: int | None
    what: int
    pk: int
    one: str
    two: str
    three: str
    number: int
    day: date | None
    person: UUID | None
    relative: UUID | None
    label: str | None
    other_label: str | None
    at: str | None
    other_at: str | None


# fmt: off
ARMS: tuple[tuple[int, QuerySet[Any], dict[str, str]], ...] = (
    (POSTING,  Posting.objects.all(),      {"one": "key", "day": "posted_on"}),
    (WAIVER,   Waiver.objects.all(),       {"one": "guard", "two": "reason"}),
    (TRAINING, Training.objects.all(),     {"day": "held_on"}),
    (MEMBER,   CommitteeMember.objects.filter(left_on=None), {"one": "name", "two": "post", "number": "votes", "person": "person_id"}),
    (STAFF,    StaffMember.objects.all(),  {"one": "name", "two": "task", "person": "person_id"}),
    (SEATED,   Seated.objects.all(),       {"one": "office", "two": "name", "three": "sex", "number": "round_id", "person": "person_id"}),
    (FILED,    ArchiveItem.objects.all(),  {"one": "kind"}),
)
# fmt: on
EMPTY = {
    "one": Value("", output_field=CharField()),
    "two": Value("", output_field=CharField()),
    "three": Value("", output_field=CharField()),
    "number": Value(0, output_field=IntegerField()),
    "day": Cast(Value(None), DateField()),  # PostgreSQL wants to know of what type nothing is
    "person": Cast(Value(None), UUIDField()),
    "relative": Cast(Value(None), UUIDField()),
    **dict.fromkeys(("label", "other_label", "at", "other_at"), Value("", output_field=CharField())),
}


class Lines:
    """The lines of some elections, by election and ledger, each ledger in the order in which it was written; ``ties``:
    the relations declared in them and between persons of these villages."""

    def __init__(self, elections: Iterable[int], villages: Iterable[str]) -> None:
        self._found: dict[tuple[int | None, int], list[Line]] = defaultdict(list)
        ids = list(elections)
        kin, *others = _arms()
        arms = [arm.filter(election__in=ids) for arm in others]
        union = kin.filter(concerning(ids, villages)).union(*arms, all=True)
        rows = sorted(map(Line._make, union), key=lambda line: line.pk)
        self.ties = [tie_of(row.election, row._asdict()) for row in rows if row.what == KIN]
        for row in rows:
            self._found[row.election, row.what].append(row)

    def of(self, election: int, what: int) -> list[Line]:
        return self._found.get((election, what), [])


@cache
def _arms() -> tuple[QuerySet[Any], ...]:
    return tuple(_arm(*each) for each in ((KIN, Kinship.objects.all(), SIDES), *ARMS))


def _arm(what: int, rows: QuerySet[Any], fields: dict[str, str]) -> QuerySet[Any]:
    shown = {f"line_{name}": F(fields[name]) if name in fields else empty for name, empty in EMPTY.items()}
    found = rows.order_by().annotate(line_what=Value(what, output_field=IntegerField()), **shown)
    return found.values_list("election_id", "line_what", "pk", *shown)
