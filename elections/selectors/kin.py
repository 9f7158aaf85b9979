"""Reading declared relations: who among candidates, staff and winners is near kin of whom (EC-18, CT-27)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from elections.models import Election, Kinship, StaffMember
from elections.rules.counting.kin import near_kin

Pair = tuple[str, str, str]  # name, other, relation


def kin_pairs(election: Election) -> list[Pair]:
    """Every declared relation of the village in this election."""
    return list(Kinship.objects.filter(election=election).values_list("name", "other", "relation"))


def kinships_of(election: Election) -> QuerySet[Kinship]:
    """The declared relations as they were entered."""
    return Kinship.objects.filter(election=election).order_by("name", "other")


def kin_seated(names: Iterable[str], pairs: Iterable[Pair]) -> tuple[tuple[str, str], ...]:
    """The pairs whose two sides are both among ``names``."""
    known = set(names)
    return tuple((one, other) for one, other, _ in pairs if one in known and other in known)


def staff_conflicts(election: Election, candidates: set[str]) -> tuple[str, ...]:
    """Sentences for each member of the staff who is a candidate or a candidate's near relative."""
    return conflicts_of(election, list(StaffMember.objects.filter(election=election)), candidates)


def conflicts_of(election: Election, staff: Sequence[StaffMember], candidates: set[str]) -> tuple[str, ...]:
    """The same for these members, whether they are on the list yet or not (EC-18, VT-13)."""
    scope = election.policy.kin_scope
    near = [(one, other) for one, other, relation in kin_pairs(election) if near_kin(relation, scope)]
    kin_of = {(one, other) for one, other in near} | {(other, one) for one, other in near}
    found = [f"{each.get_task_display()}{each.name}是候选人，请更换" for each in staff if each.name in candidates]
    for each in staff:
        found += [
            f"{each.get_task_display()}{each.name}是候选人{name}的近亲属，请更换"
            for name in sorted(candidates)
            if (each.name, name) in kin_of
        ]
    return tuple(found)
