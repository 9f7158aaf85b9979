"""Near relatives (近亲属) and who may not sit beside whom (RP-10, RP-11, CT-27)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# 民法典 1045. Adoptive, step and half relations are entered as the relation they count as (RP-11).
NEAR = frozenset({"spouse", "parent", "child", "sibling", "grandparent", "grandchild"})
# Only where the local list is wider: in-laws and collateral kin to the third degree.
WIDE = frozenset(
    {"parent_in_law", "child_in_law", "sister_in_law", "brother_in_law", "uncle_aunt", "nephew_niece", "cousin"}
)
RELATIONS = NEAR | WIDE | {"other"}


def near_kin(relation: str | None, kin_scope: str = "civil_code_1045") -> bool:
    """Return whether two people so related must avoid each other. No relation named: entered as near kin.

    Raises ValueError for a relation nobody knows."""
    if not relation:
        return True
    if relation not in RELATIONS:
        raise ValueError(f"不认识的亲属关系：{relation}")
    return relation in NEAR or (kin_scope == "wide" and relation in WIDE)


@dataclass(frozen=True, slots=True)
class Relation:
    """Two people and what they are to each other, as entered; None when nothing was said."""

    one: str
    other: str
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Kin:
    """Near relatives who must avoid each other: name → names, in both directions."""

    of: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def among(self, name: str, others: Iterable[str]) -> frozenset[str]:
        """Return those of `others` who are near kin of `name`."""
        return self.of.get(name, frozenset()).intersection(others)

    def apart(self, names: Iterable[str]) -> bool:
        """Return whether no two of these are near kin."""
        names = frozenset(names)
        return not any(self.among(name, names) for name in names)


def near_relatives(relations: Iterable[Relation], kin_scope: str) -> Kin:
    """Return the avoidance that these relations bring under this scope."""
    pairs: dict[str, set[str]] = {}
    for each in relations:
        if each.one != each.other and near_kin(each.what, kin_scope):
            pairs.setdefault(each.one, set()).add(each.other)
            pairs.setdefault(each.other, set()).add(each.one)
    return Kin({name: frozenset(others) for name, others in pairs.items()})
