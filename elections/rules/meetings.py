"""Is a meeting valid and was its decision carried (EC-04, RP-04, RP-06, PB-07)? Integers only, never percentages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from elections.rules import law
from elections.rules.counting.majority import least, share_words
from elections.rules.facts import MeetingFacts
from elections.rules.policy import Policy


class Kind(StrEnum):
    """Kinds of meeting that decide something in an election."""

    VILLAGERS = "villagers"
    REPRESENTATIVES = "representatives"
    GROUP = "group"
    PARTY = "party"
    PARTY_COMMITTEE = "party_committee"

    @property
    def label(self) -> str:
        return _LABELS[self]


@dataclass(frozen=True, slots=True)
class Base:
    """The number that must come, and out of whom. `need` of `whole`; the words say it as the law does."""

    who: str
    unit: str
    whole: int
    present: int
    need: int
    words: str

    @property
    def met(self) -> bool:
        return self.whole > 0 and self.need <= self.present <= self.whole


@dataclass(frozen=True, slots=True)
class Outcome:
    """Attendance and vote judged. `why_not` is every reason against, empty when the decision stands."""

    valid: bool
    carried: bool
    need_present: int
    need_for: int
    why: str
    why_not: tuple[str, ...]
    cite: str


def judge(meeting: MeetingFacts, policy: Policy, *, community: bool = False) -> Outcome:
    """Return the outcome of a meeting. Party meetings give their 应到会 as `members`. Raises ValueError for another
    kind."""
    kind = Kind(meeting.kind)
    bases = tuple(_BASES[kind](meeting, policy))
    counted = next((base for base in bases if base.met), bases[0] if bases else None)
    reasons = _why_not_by_attendance(kind, bases)
    present, need_for = _votes_needed(kind, meeting, policy)
    cite = law.cite(_PROVISIONS[kind], policy.law_version, residents=community)
    if reasons or counted is None:
        return Outcome(False, False, counted.need if counted else 0, need_for, "", tuple(reasons), cite)
    reasons += _why_not_by_vote(kind, meeting.in_favour, present, need_for)
    why = f"{kind.label}应到{counted.whole}{counted.unit}，实到{counted.present}{counted.unit}，达到{counted.words}"
    return Outcome(True, not reasons, counted.need, need_for, why, tuple(reasons), cite)


def why_not_decided(meeting: MeetingFacts, policy: Policy, *, community: bool = False) -> str | None:
    """Return why the decision of this meeting does not stand, or `None`."""
    reason = "；".join(judge(meeting, policy, community=community).why_not) or None
    return reason.replace("村民", "居民") if reason and community else reason


def why_not_decided_by_the_village(meeting: MeetingFacts, policy: Policy, *, community: bool = False) -> str | None:
    """Return the same for what only the whole village or its representatives may decide: EC-17, NM-01, RP-07."""
    if meeting.kind not in (Kind.VILLAGERS, Kind.REPRESENTATIVES):
        reason = f"应当由村民会议或者村民代表会议决定，{Kind(meeting.kind).label}不能代替"
        return reason.replace("村民", "居民") if community else reason
    return why_not_decided(meeting, policy, community=community)


def least_over_half(whole: int) -> int:
    """Return the least number that is more than half."""
    return whole // 2 + 1


def _why_not_by_attendance(kind: Kind, bases: tuple[Base, ...]) -> list[str]:
    """Either way of attending is enough (过半数的村民, 或者三分之二以上的户)."""
    if not bases:
        return [f"{kind.label}的应到人数没有填写"]
    for base in bases:
        if base.present > base.whole:
            return [f"{kind.label}实到{base.present}{base.unit}，多于应到{base.whole}{base.unit}，请核对"]
    if any(base.met for base in bases):
        return []
    parts = [
        f"{base.who}应到{base.whole}{base.unit}，实到{base.present}{base.unit}，"
        f"至少应有{base.need}{base.unit}（{base.words}）"
        for base in bases
    ]
    return [f"{kind.label}到会人数不够：{'；'.join(parts)}"]


def _votes_needed(kind: Kind, meeting: MeetingFacts, policy: Policy) -> tuple[int, int]:
    """Those present, and the votes a decision needs. In a Party election the base may be 应到会 (PB-20)."""
    present = meeting.present or meeting.present_households
    on_due = kind in (Kind.PARTY, Kind.PARTY_COMMITTEE) and policy.party_majority_base == "due"
    return present, least_over_half(meeting.members if on_due else present)


def _why_not_by_vote(kind: Kind, in_favour: int, present: int, need_for: int) -> list[str]:
    if in_favour > present:
        return [f"赞成{in_favour}人，多于到会{present}人，请核对"]
    if in_favour < need_for:
        return [f"{kind.label}赞成{in_favour}人，没有过半数（至少{need_for}人）"]
    return []


def _by_share(who: str, unit: str, whole: int, present: int, share: Fraction) -> Base:
    return Base(who, unit, whole, present, least(share, whole), f"{share_words(share)}以上")


def _villagers(meeting: MeetingFacts, policy: Policy) -> Iterator[Base]:
    if meeting.adults:
        yield Base("十八周岁以上村民", "人", meeting.adults, meeting.present, least_over_half(meeting.adults), "过半数")
    if meeting.households and (meeting.present_households or not meeting.adults):
        share = policy.village_meeting_households
        yield _by_share("户代表", "户", meeting.households, meeting.present_households or meeting.present, share)


def _group(meeting: MeetingFacts, policy: Policy) -> Iterator[Base]:
    share = policy.group_quorum
    if meeting.adults:
        yield _by_share("十八周岁以上村民", "人", meeting.adults, meeting.present, share)
    if meeting.households and (meeting.present_households or not meeting.adults):
        yield _by_share("户代表", "户", meeting.households, meeting.present_households or meeting.present, share)


def _representatives(meeting: MeetingFacts, policy: Policy) -> Iterator[Base]:
    if meeting.members:
        yield _by_share("组成人员", "人", meeting.members, meeting.present, policy.representatives_quorum)


def _party(meeting: MeetingFacts, policy: Policy) -> Iterator[Base]:
    if meeting.members:
        yield _by_share("有选举权的应到会人员", "人", meeting.members, meeting.present, policy.party_quorum)


_LABELS = {
    Kind.VILLAGERS: "村民会议",
    Kind.REPRESENTATIVES: "村民代表会议",
    Kind.GROUP: "村民小组会议",
    Kind.PARTY: "党员大会",
    Kind.PARTY_COMMITTEE: "党组织委员会全体会议",
}
_BASES: dict[Kind, Callable[[MeetingFacts, Policy], Iterator[Base]]] = {
    Kind.VILLAGERS: _villagers,
    Kind.REPRESENTATIVES: _representatives,
    Kind.GROUP: _group,
    Kind.PARTY: _party,
    Kind.PARTY_COMMITTEE: _party,
}
_PROVISIONS = {
    Kind.VILLAGERS: law.VILLAGE_MEETING,
    Kind.REPRESENTATIVES: law.REPRESENTATIVES_MEETING,
    Kind.GROUP: law.GROUP_MEETING,
    Kind.PARTY: law.PARTY_QUORUM,
    Kind.PARTY_COMMITTEE: law.PARTY_QUORUM,
}
