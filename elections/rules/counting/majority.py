"""Thresholds of a round: for counting at all, and for electing — in whole numbers, never in rounded percentages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from elections.rules import law
from elections.rules.counting.offices import WITHOUT_SURPLUS, Opening
from elections.rules.counting.outcome import Invalidity
from elections.rules.counting.poll import Poll, Votes
from elections.rules.kinds import Labelled
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
    """Return the smallest whole number that is at least this share."""
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
    """Return half of the ballots returned, one third in a rerun, the most votes in a second vote, the Party's own
    base."""
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
    """Return whether enough took part for the round to count (CT-02, RC-02, RR-04, PB-07)."""
    if poll.round == "tie" or (poll.round == "rerun" and not policy.rerun_requires_quorum):
        return True
    if poll.for_party:
        return at_least(poll.present, policy.party_quorum, poll.due)
    registered = poll.registered or 0
    if poll.for_residents and poll.way == "representatives":
        return more_than(poll.returned, policy.residents_representatives_quorum, registered)
    return over_half(poll.returned, registered)


class Ground(Labelled):
    """The codes with their words, in the order they are looked at."""

    R_GT_I = "R_GT_I", "收回的选票多于发出的选票"
    NO_QUORUM = "NO_QUORUM", "参加投票的人数没有达到规定"
    I_GT_N = "I_GT_N", "发出的选票多于有选举权的人数"
    BAD_TOTALS = "BAD_TOTALS", "得票数与收回的选票数不符"
    EQUAL_CANDIDATES = "EQUAL_CANDIDATES", "候选人没有多于应选名额"


Finder = Callable[[Poll, Votes, Policy], str | None]


def invalidity(poll: Poll, totals: Votes, policy: Policy) -> Invalidity | None:
    """Return the first ground on which this round is invalid, or None. The first found makes the later ones
    pointless."""
    for ground, found, village, party in _GROUNDS:
        why = found(poll, totals, policy)
        if why:
            provision = party if poll.for_party else village
            return Invalidity(ground.value, why, law.cite(provision, policy.law_version, residents=poll.for_residents))
    return None


def _more_returned(poll: Poll, totals: Votes, policy: Policy) -> str | None:
    """CT-01, PB-17."""
    if poll.returned > poll.issued:
        return f"收回选票{poll.returned}张，多于发出的{poll.issued}张"
    if poll.for_party and poll.returned > poll.present:
        return f"收回选票{poll.returned}张，多于到会有选举权的{poll.present}人"
    return None


def _too_few_took_part(poll: Poll, totals: Votes, policy: Policy) -> str | None:
    """CT-02, RC-02, RR-04, PB-07."""
    if quorum_reached(poll, policy):
        return None
    if poll.for_party:
        share = policy.party_quorum
        base = f"应到会{poll.due}人的{share_words(share)}"
        return f"到会有选举权的{poll.present}人，少于{base}（至少{least(share, poll.due)}人）"
    registered = poll.registered or 0
    if poll.for_residents and poll.way == "representatives":
        share = policy.residents_representatives_quorum
        needed = share.numerator * registered // share.denominator + 1
        base = f"居民代表{registered}人的{share_words(share)}"
        return f"参加投票{poll.returned}人，未超过{base}（至少{needed}人）"
    whom = {"voters": "登记参加选举的", "households": "户的代表", "representatives": "代表"}[poll.way]
    return f"参加投票{poll.returned}人，未超过{whom}{registered}人的半数（至少{registered // 2 + 1}人）"


def _more_issued(poll: Poll, totals: Votes, policy: Policy) -> str | None:
    """VT-19."""
    if poll.for_party:
        more, of_whom = poll.issued > poll.present, f"到会有选举权的{poll.present}人"
    else:
        more = poll.registered is not None and poll.issued > poll.registered
        of_whom = f"登记参加选举的{poll.registered}人"
    return f"发出选票{poll.issued}张，多于{of_whom}" if more else None


def _impossible_totals(poll: Poll, totals: Votes, policy: Policy) -> str | None:
    """Nobody has more votes than ballots, no office more than its places allow, every ballot was entered."""
    if poll.entered_ballots not in (None, poll.returned):
        return f"逐张录入选票{poll.entered_ballots}张，与收回的{poll.returned}张不符"
    return next(_impossible(poll, totals), None)


def _impossible(poll: Poll, totals: Votes) -> Iterator[str]:
    for office in sorted({opening.office for opening in poll.openings}, key=lambda each: each.rank):
        cast = poll.votes.get(office, {})
        limit = poll.returned * sum(opening.seats for opening in poll.openings if opening.office is office)
        if sum(cast.values()) > limit:
            yield f"{office.label}得票合计{sum(cast.values())}票，多于{poll.returned}张选票最多可投的{limit}票"
        for name, votes in sorted([*cast.items(), *totals[office].items()]):
            if votes > poll.returned:
                yield f"{office.label}：{name}得{votes}票，多于收回的{poll.returned}张选票"


def _no_surplus(poll: Poll, totals: Votes, policy: Policy) -> str | None:
    """NM-04: for every opening whose candidates were named; a second vote has only the tied."""
    if poll.round == "tie":
        return None
    equal = (opening for opening in sorted(poll.openings, key=lambda each: each.order) if _is_equal(poll, opening))
    return next((_equal_words(poll, opening) for opening in equal), None)


def _is_equal(poll: Poll, opening: Opening) -> bool:
    return opening.office not in WITHOUT_SURPLUS and 0 < len(poll.candidates(opening)) <= opening.seats


def _equal_words(poll: Poll, opening: Opening) -> str:
    return (
        f"{opening.office.label}应选{opening.seats}名，候选人{len(poll.candidates(opening))}名，候选人应当多于应选名额"
    )


_GROUNDS: tuple[tuple[Ground, Finder, law.Provision, law.Provision], ...] = (
    (Ground.R_GT_I, _more_returned, law.BALLOTS_RETURNED, law.PARTY_RETURNED),
    (Ground.NO_QUORUM, _too_few_took_part, law.QUORUM, law.PARTY_QUORUM),
    (Ground.I_GT_N, _more_issued, law.ISSUE_LEDGER, law.PARTY_CHECKED),
    (Ground.BAD_TOTALS, _impossible_totals, law.ISSUE_LEDGER, law.PARTY_CHECKED),
    (Ground.EQUAL_CANDIDATES, _no_surplus, law.SURPLUS, law.PARTY_SURPLUS),
)
