"""Near relatives who should not meet: on a slate, on the election committee, on the staff (CT-27, EC-09, EC-18).

Kinship is declared pair by pair; `elections.counting.kin` says which relations are near.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from elections.rules import law
from elections.rules.counting.kin import near_kin
from elections.rules.election_committee import INVERSE, KinPair, kin_word
from elections.rules.policy import Policy


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people near to each other where they should not be; `text` says so and what follows."""

    one: str
    other: str
    rule: str
    text: str
    cite: str


def among_candidates(candidates: Collection[str], kin: Iterable[KinPair], policy: Policy) -> tuple[Clash, ...]:
    """CT-27: pairs of candidates of whom only one can be seated. A warning while they stand, a bar when they win."""
    if policy.member_kin_rule == "off":
        return ()
    field = frozenset(candidates)
    cite = law.cite(law.MEMBER_KIN, policy.law_version)
    follows = "不能同时当选" if policy.member_kin_rule == "forbid" else "不宜同时当选"
    return tuple(
        Clash(one, other, "CT-27", f"候选人{one}与{other}有近亲属关系{_in_words(relation)}，{follows}", cite)
        for one, other, relation in _near(kin, policy)
        if one in field and other in field
    )


def with_election_committee(
    candidates: Collection[str], election_committee: Collection[str], kin: Iterable[KinPair], policy: Policy
) -> tuple[Clash, ...]:
    """EC-09: members of the election committee who must quit, for themselves or for a near relative."""
    cite = law.cite(law.EC_MEMBER_QUITS, policy.law_version)
    found = [
        Clash(name, name, "EC-09", f"选举委员会成员{name}被提名，应当退出选举委员会", cite)
        for name in election_committee
        if name in candidates
    ]
    if policy.quits_for_kin:
        found += [
            Clash(member, candidate, "EC-09", f"选举委员会成员{member}的近亲属{candidate}被提名，应当退出", cite)
            for member, candidate in _across(election_committee, candidates, kin, policy)
        ]
    return tuple(found)


def with_staff(
    candidates: Collection[str], staff: Mapping[str, str], kin: Iterable[KinPair], policy: Policy
) -> tuple[Clash, ...]:
    """EC-18, VT-13: candidates and their near relatives may not be election staff. `staff`: name → task."""
    cite = law.cite(law.STAFF, policy.law_version)
    found = [
        Clash(name, name, "VT-13", f"{task}{name}是候选人，请更换", cite)
        for name, task in staff.items()
        if name in candidates
    ]
    found += [
        Clash(member, candidate, "EC-18", f"{staff[member]}{member}是候选人{candidate}的近亲属，请更换", cite)
        for member, candidate in _across(staff, candidates, kin, policy)
    ]
    return tuple(found)


def _near(kin: Iterable[KinPair], policy: Policy) -> Iterator[KinPair]:
    """Return each near pair once, however often and from whichever side it was declared."""
    seen: set[frozenset[str]] = set()
    for one, other, relation in kin:
        pair = frozenset((one, other))
        if len(pair) == 2 and pair not in seen and near_kin(relation, policy.kin_scope):
            seen.add(pair)
            yield one, other, relation


def _across(
    left: Collection[str], right: Collection[str], kin: Iterable[KinPair], policy: Policy
) -> Iterator[tuple[str, str]]:
    """Return near pairs with one side in each group, the left one first; nobody on both sides, they are named
    already."""
    for one, other, _ in _near(kin, policy):
        for here, there in ((one, other), (other, one)):
            if here in left and here not in right and there in right:
                yield here, there


def _in_words(relation: str | None) -> str:
    """（父母与子女）: both directions, because the two are named in no order."""
    if relation is None:
        return ""
    inverse = INVERSE.get(relation)
    return f"（{kin_word(relation)}{f'与{kin_word(inverse)}' if inverse else ''}）"
