"""Reading declared relations: who among candidates, staff and winners is near kin of whom (EC-18, CT-27)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from elections.models import Election, Kinship, StaffMember
from elections.rules.counting.kin import near_kin

Pair = tuple[str, str, str]  # name, other, relation


def kin_pairs(election: Election) -> list[Pair]:
    """Return every declared relation of the village in this election."""
    return list(Kinship.objects.filter(election=election).values_list("name", "other", "relation"))


def kinships_of(election: Election) -> QuerySet[Kinship]:
    """Return the declared relations as they were entered."""
    return Kinship.objects.filter(election=election).order_by("name", "other")


def kin_seated(names: Iterable[str], pairs: Iterable[Pair]) -> tuple[tuple[str, str], ...]:
    """Return the pairs whose two sides are both among ``names``."""
    known = set(names)
    return tuple((one, other) for one, other, _ in pairs if one in known and other in known)


def conflicts_of(election: Election, staff: Sequence[StaffMember], candidates: set[str]) -> tuple[str, ...]:
    """Return sentences for each of these members of the staff, on the list yet or not, who is a candidate or a
    candidate's near relative (EC-18, VT-13)."""
    named = [(each.get_task_display(), each.name) for each in staff]
    return staff_conflicts(named, candidates, kin_pairs(election), election.policy.kin_scope)


def staff_conflicts(
    staff: Iterable[tuple[str, str]], candidates: set[str], pairs: Iterable[Pair], scope: str
) -> tuple[str, ...]:
    """Return the same of plain values; ``staff``: the word of the work and the name."""
    near = {pair[:2] for pair in pairs if near_kin(pair[2], scope)}
    found = [f"{task}{name}是候选人，请更换" for task, name in staff if name in candidates]
    for task, name in staff:
        found += [
            f"{task}{name}是候选人{other}的近亲属，请更换"
            for other in sorted(candidates)
            if (name, other) in near or (other, name) in near
        ]
    return tuple(found)
