"""What persons and declared relations say of the members of a supervision committee, beside what was ticked (RP-07)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from elections.models import Election, Person, Seated, SupervisionMember
from elections.rules.counting.kin import near_kin
from elections.rules.counting.offices import Office
from elections.rules.election_committee import kin_word
from elections.rules.kinds import Body
from elections.selectors.kin import Pair, kin_pairs, names_in
from elections.selectors.persons import label_here

ON_COMMITTEE, KIN = "on_committee", "kin_on_committee"  # the ticks that bar


@dataclass(frozen=True)
class SeatAndKin:
    """``seat``: the office somebody was elected to; ``kin``: who of the elected is his near relative, 丁卫国（配偶）."""

    seat: str = ""
    kin: str = ""

    def against(self, row: SupervisionMember, tick: str) -> str:
        """How a tick and what is known contradict each other; empty where they do not."""
        ticked, said = getattr(row, tick), self.seat if tick == ON_COMMITTEE else self.kin
        if said and not ticked:
            return f"已当选{said}，没有勾选" if tick == ON_COMMITTEE else f"与{said}有登记的亲属关系，没有勾选"
        if ticked and not said:
            return "当选人中没有此人" if tick == ON_COMMITTEE else "没有登记亲属关系"
        return ""


Called = tuple[UUID | None, str]  # record, name


class Elected(NamedTuple):
    person: UUID | None
    name: str
    office: str


def elected_of(election: Election) -> list[Elected]:
    """Record, name and office of everybody elected to the villagers' committee in the same cycle."""
    rows = Seated.objects.filter(
        election__village=election.village_id,
        election__cycle=election.cycle_id,
        election__body=Body.VILLAGERS_COMMITTEE,
    )
    return [Elected(*row) for row in rows.order_by("pk").values_list("person_id", "name", "office")]


def seats_and_kin_of(
    people: Iterable[Called], elected: list[Elected], pairs: list[Pair], scope: str
) -> list[SeatAndKin]:
    """For each of these: record and the name by which ``pairs`` know him. Of whom there is no record nothing is known."""
    offices = {each.person: Office(each.office).label for each in elected if each.person}
    names = {each.name for each in elected if each.person}
    near = [(one, other, what) for one, other, what in pairs if near_kin(what, scope)]
    return [
        SeatAndKin(offices.get(person, ""), _kin(name, names, near)) if person else SeatAndKin()
        for person, name in people
    ]


def _kin(name: str, elected: set[str], near: list[Pair]) -> str:
    for one, other, what in near:
        relative = other if one == name else one if other == name else ""
        if relative in elected:
            return f"{relative}（{kin_word(what)}）" if other == relative else f"{relative}（近亲属）"
    return ""


def seat_and_kin_of(election: Election, person: Person) -> SeatAndKin:
    """The same of one person who is to be a member."""
    name = label_here(person, election.village)
    return _asked(election, [(person.pk, name)])[0]


def members_of(election: Election) -> list[SupervisionMember]:
    """The members, the chair first, each with what is ``known`` of him."""
    rows = list(SupervisionMember.objects.filter(election=election).order_by("-chair", "pk"))
    for row, known in zip(rows, _asked(election, [(row.person_id, row.name) for row in rows]), strict=True):
        row.known = known  # type: ignore[attr-defined]
    return rows


def _asked(election: Election, people: list[Called]) -> list[SeatAndKin]:
    elected = elected_of(election)
    names = names_in(((each.person, each.name) for each in elected), people)
    called = [(person, names.get(person, name)) for person, name in people]
    return seats_and_kin_of(called, elected, kin_pairs(election, names), election.policy.kin_scope)
