"""What a round must reach: quorum, half, one third — in whole numbers, never in rounded percentages (rules.md §0A)."""

from dataclasses import dataclass
from fractions import Fraction

from elections.rules import law
from elections.rules.counting.poll import Poll
from elections.rules.policy import Policy

_NUMERALS = "零一二三四五六七八九十"


def over_half(part: int, whole: int) -> bool:
    """过半数: exactly half is not enough (CT-02, CT-20)."""
    return 2 * part > whole


def at_least(part: int, share: Fraction, whole: int) -> bool:
    """不少于: the exact share is enough (RR-03, PB-07)."""
    return part * share.denominator >= share.numerator * whole


def more_than(part: int, share: Fraction, whole: int) -> bool:
    """超过: the exact share is not enough (RC-02)."""
    return part * share.denominator > share.numerator * whole


def least(share: Fraction, whole: int) -> int:
    """The smallest whole number that is at least this share."""
    return -(-share.numerator * whole // share.denominator)


def share_words(share: Fraction) -> str:
    """“三分之一”; beyond ten in figures."""
    high, low = (_NUMERALS[n] if n <= 10 else str(n) for n in (share.denominator, share.numerator))
    return f"{high}分之{low}"


@dataclass(frozen=True, slots=True)
class Threshold:
    """The votes one needs to be elected. `need` is None where the most votes win, however few."""

    need: int | None
    provision: law.Provision
    reached: str
    missed: str

    def passes(self, votes: int) -> bool:
        return votes >= max(self.need or 1, 1)


def threshold(poll: Poll, policy: Policy) -> Threshold:
    """Half of the ballots returned, one third in a rerun, the most votes in a second vote, the Party's own base."""
    if poll.round == "tie":
        provision = law.PARTY_TIE if poll.for_party else law.TIE
        return Threshold(None, provision, "在再次投票中得票较多", "在再次投票中得票较少")
    if poll.for_party:
        return _party_half(poll, policy)
    if poll.round == "rerun":
        return _one_third(poll.returned, policy.rerun_share)
    whose = "参加投票" if not poll.for_residents or poll.way == "voters" else "参加投票的代表"
    return _half(poll.returned, f"{whose}{poll.returned}人", law.MAJORITY)


def _half(whole: int, of_whom: str, provision: law.Provision) -> Threshold:
    need = whole // 2 + 1
    return Threshold(need, provision, f"超过{of_whom}的半数", f"未超过{of_whom}的半数（需{need}票）")


def _one_third(returned: int, share: Fraction) -> Threshold:
    need, words = least(share, returned), share_words(share)
    base = f"已投选票{returned}张的{words}"
    return Threshold(need, law.RERUN_THIRD, f"不少于{base}", f"少于{base}（需{need}票）")


def _party_half(poll: Poll, policy: Policy) -> Threshold:
    """PB-20: the base is disputed and therefore part of the policy; exactly half never suffices."""
    if policy.party_majority_base == "due":
        return _half(poll.due, f"应到会有选举权的{poll.due}人", law.PARTY_MAJORITY)
    return _half(poll.present, f"实到会有选举权的{poll.present}人", law.PARTY_MAJORITY)


def quorum_reached(poll: Poll, policy: Policy) -> bool:
    """Whether enough took part for the round to count (CT-02, RC-02, RR-04, PB-07)."""
    if poll.round == "tie" or (poll.round == "rerun" and not policy.rerun_requires_quorum):
        return True
    if poll.for_party:
        return at_least(poll.present, policy.party_quorum, poll.due)
    registered = poll.registered or 0
    if poll.for_residents and poll.way == "representatives":
        return more_than(poll.returned, policy.residents_representatives_quorum, registered)
    return over_half(poll.returned, registered)
