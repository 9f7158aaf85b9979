"""The election committee (村民选举委员会): who must quit, who follows, may it go on (EC-05, EC-06, EC-09…12)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from elections.rules import law
from elections.rules.counting.kin import near_kin
from elections.rules.facts import ElectionCommitteeMemberFacts
from elections.rules.policy import Policy

KinPair = tuple[str, str, str | None]  # one, other, what the other is to the one; None: near kin without a word for it

CHAIR, DEPUTY, RESERVE = "chair", "deputy", "reserve"
OWN_NOMINATION, RELATIVE = "本人被提名为候选人", "其近亲属"  # how the reasons of EC-09 read
WORDS = {
    "spouse": "配偶", "parent": "父母", "child": "子女", "sibling": "兄弟姐妹", "grandparent": "祖父母（外祖父母）",
    "grandchild": "孙子女（外孙子女）", "parent_in_law": "配偶的父母", "child_in_law": "子女的配偶",
    "sister_in_law": "姻亲", "brother_in_law": "姻亲", "uncle_aunt": "叔伯姑舅姨", "nephew_niece": "侄（甥）子女",
    "cousin": "堂（表）兄弟姐妹", "other": "亲属",
}  # fmt: skip
INVERSE = {
    "parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent",
    "parent_in_law": "child_in_law", "child_in_law": "parent_in_law", "uncle_aunt": "nephew_niece",
    "nephew_niece": "uncle_aunt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leaver:
    """A member who must quit, and the sentence why."""

    name: str
    post: str
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class EqualReserves:
    """Reserves with equal votes of whom only some can follow: the committee's meeting decides their order."""

    places: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ElectionCommitteeChange:
    """The effect of a nomination on the election committee. `remaining` counts members after `follows` have moved up;
    `unfilled` places have no certain successor. `passed_over`: reserves who may not follow, with the sentence why."""

    leaves: tuple[Leaver, ...] = ()
    follows: tuple[str, ...] = ()
    equal: EqualReserves | None = None
    passed_over: tuple[Leaver, ...] = ()
    remaining: int = 0
    unfilled: int = 0
    new_chair_needed: bool = False
    new_deputy_needed: bool = False
    too_small: str | None = None

    @property
    def may_follow(self) -> tuple[str, ...]:
        """Reserves who can move up now: those whose turn it is, and the equals among whom the meeting names one."""
        return self.follows + (self.equal.names if self.equal else ())

    @property
    def nothing_changes(self) -> bool:
        return not self.leaves


def election_committee_change(
    election_committee: Iterable[ElectionCommitteeMemberFacts],
    nominated: Collection[str],
    kin: Iterable[KinPair],
    policy: Policy,
) -> ElectionCommitteeChange:
    """Return who quits because of these nominations, and who moves up by the original order of votes (EC-09…11).

    `election_committee` holds members and reserves; `nominated` everybody nominated so far. Applying the change and asking
    again changes nothing more, unless equal reserves are still to be put in order."""
    everybody = list(election_committee)
    pairs = [(one, other, relation) for one, other, relation in kin if near_kin(relation, policy.kin_scope)]
    serving = [member for member in everybody if member.post != RESERVE]
    leaves = tuple(filter(None, (_leaver(member, nominated, pairs, policy) for member in serving)))
    gone = {leaver.name for leaver in leaves}
    staying = [member.name for member in serving if member.name not in gone]
    reserves = [member for member in everybody if member.post == RESERVE]
    follows, equal, passed_over = _successors(reserves, staying, len(leaves), nominated, pairs, policy)
    remaining = len(staying) + len(follows)
    posts = {leaver.post for leaver in leaves}
    return ElectionCommitteeChange(
        leaves, follows, equal, passed_over if leaves else (), remaining, len(leaves) - len(follows),
        CHAIR in posts, DEPUTY in posts, why_not_so_many(remaining, policy) if leaves else None,
    )  # fmt: skip


def successors(
    election_committee: Iterable[ElectionCommitteeMemberFacts], places: int, nominated: Collection[str], kin: Iterable[KinPair],
    policy: Policy,
) -> ElectionCommitteeChange:  # fmt: skip
    """EC-10 for places that fell free for another cause, or were left open: who moves up, whose order is undecided."""
    everybody = list(election_committee)
    pairs = [(one, other, relation) for one, other, relation in kin if near_kin(relation, policy.kin_scope)]
    staying = [member.name for member in everybody if member.post != RESERVE]
    reserves = [member for member in everybody if member.post == RESERVE]
    follows, equal, passed_over = _successors(reserves, staying, places, nominated, pairs, policy)
    remaining = len(staying) + len(follows)
    return ElectionCommitteeChange(
        (), follows, equal, passed_over, remaining, places - len(follows), too_small=why_not_so_many(remaining, policy)
    )


def why_not_serving(name: str, nominated: Collection[str], pairs: Iterable[KinPair], policy: Policy) -> str | None:
    """EC-09: why this person may not serve while these are nominated; `pairs` are near kin already."""
    if name in nominated:
        return OWN_NOMINATION
    if not policy.quits_for_kin:
        return None
    for one, other, relation in pairs:
        if one == name and other in nominated:
            return _relative_nominated(other, relation)
        if other == name and one in nominated:
            return _relative_nominated(one, INVERSE.get(relation, relation) if relation else None)
    return None


def kin_word(relation: str | None) -> str:
    """Return the word people read for a relation."""
    return WORDS.get(relation or "", "近亲属")


def why_not_so_many(serving: int, policy: Policy) -> str | None:
    """EC-05, EC-12: enough members to work, and not more than the pack allows."""
    need = max(policy.ec_size_min, policy.ec_min_working)
    if serving < need:
        return f"选举委员会不得少于{need}人，现有{serving}人，请先补足"
    if serving > policy.ec_size_max:
        return f"选举委员会最多{policy.ec_size_max}人，现有{serving}人"
    return None


def why_not_an_even_number(serving: int, policy: Policy) -> str | None:
    """EC-05: an odd number, where the pack asks for it; nothing to say of a committee that is still too small."""
    if policy.ec_size_odd == "off" or serving % 2 or serving < max(policy.ec_size_min, policy.ec_min_working):
        return None
    return f"选举委员会人数以单数为宜，现有{serving}人"


def why_not_beside_kin(kin: Iterable[KinPair], policy: Policy) -> str | None:
    """EC-06: near relatives who serve together; `kin` are the relations among the members."""
    pairs = [
        f"{one}与{other}（{kin_word(relation)}）" if relation else f"{one}与{other}"
        for one, other, relation in kin
        if near_kin(relation, policy.kin_scope)
    ]
    return f"选举委员会成员之间有近亲属关系：{'、'.join(pairs)}" if pairs else None


def _relative_nominated(relative: str, relation: str | None) -> str:
    return f"{RELATIVE}{relative}{f'（{kin_word(relation)}）' if relation else ''}被提名为候选人"


def _leaver(
    member: ElectionCommitteeMemberFacts, nominated: Collection[str], pairs: Sequence[KinPair], policy: Policy
) -> Leaver | None:
    why = why_not_serving(member.name, nominated, pairs, policy)
    return Leaver(member.name, member.post, why, law.cite(law.EC_MEMBER_QUITS, policy.law_version)) if why else None


def _successors(
    reserves: Sequence[ElectionCommitteeMemberFacts],
    staying: Sequence[str],
    places: int,
    nominated: Collection[str],
    pairs: Sequence[KinPair],
    policy: Policy,
) -> tuple[tuple[str, ...], EqualReserves | None, tuple[Leaver, ...]]:
    """Return reserves by votes, most first. Who would have to quit at once, or sit beside kin where that is forbidden,
    is passed over; equal votes at the last place stop the row (EC-10)."""
    follows: list[str] = []
    passed_over: list[Leaver] = []
    by_votes = sorted(reserves, key=lambda reserve: -reserve.votes)
    for _, group in groupby(by_votes, key=lambda reserve: reserve.votes):
        able = []
        for reserve in group:
            why = why_not_serving(reserve.name, nominated, pairs, policy) or _why_not_beside_members(
                reserve.name, [*staying, *follows], pairs, policy
            )
            if why:
                cite = law.cite(law.EC_SUCCESSION, policy.law_version)
                passed_over.append(Leaver(reserve.name, reserve.post, why, cite))
            else:
                able.append(reserve.name)
        free = places - len(follows)
        if len(able) > free or _clash(able, pairs, policy):
            places = min(free, len(able) - 1)
            return tuple(follows), EqualReserves(places, tuple(able)) if places else None, tuple(passed_over)
        follows += able
    return tuple(follows), None, tuple(passed_over)


def _clash(names: Sequence[str], pairs: Sequence[KinPair], policy: Policy) -> bool:
    """Return whether two reserves of equal votes are near kin where that is forbidden."""
    return policy.ec_kin_rule == "forbid" and any(one in names and other in names for one, other, _ in pairs)


def _why_not_beside_members(name: str, members: Sequence[str], pairs: Sequence[KinPair], policy: Policy) -> str | None:
    """EC-06 for a reserve, where the pack forbids near relatives on the committee."""
    if policy.ec_kin_rule != "forbid":
        return None
    for one, other, _ in pairs:
        relative = other if one == name else one if other == name else None
        if relative in members:
            return f"与成员{relative}有近亲属关系，不能同时担任"
    return None
