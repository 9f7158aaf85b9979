"""Recall (罢免): who may ask for it, and what the vote must reach (RS-11, RC-06)."""

from dataclasses import dataclass
from fractions import Fraction

from elections.rules import law
from elections.rules.counting.majority import at_least, more_than, over_half, share_words
from elections.rules.counting.poll import Way
from elections.rules.policy import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """Signatures under a request and, once held, the vote on it. `voters`: registered, or households (RC-06)."""

    voters: int
    representatives: int = 0
    signed_voters: int = 0
    signed_representatives: int = 0
    returned: int = 0
    in_favour: int = 0
    residents: bool = False
    way: Way = "voters"


@dataclass(frozen=True, slots=True)
class Recall:
    """`admissible`: enough asked for it. `recalled`: the vote carried it."""

    admissible: bool
    recalled: bool
    why: str
    cite: str


def recall(request: Request, policy: Policy) -> Recall:
    """Return what comes of a request."""
    share = policy.recall_residents_share if request.residents else policy.recall_voters_share
    if not _admissible(request, share, policy):
        least_words = f"{share_words(share)}以上选民或者{share_words(policy.recall_representatives_share)}以上代表"
        return _answer(request, policy, False, False, f"联名人数不足：须有{least_words}联名", law.RECALL_REQUEST)
    if not request.returned:
        return _answer(request, policy, True, False, "联名人数符合规定，可以提交罢免投票", law.RECALL_REQUEST)
    why = _why_not_carried(request, policy)
    words = why or f"参加投票{request.returned}人，其中{request.in_favour}人同意，超过半数"
    return _answer(request, policy, True, why is None, words, law.RECALL_VOTE)


def _admissible(request: Request, share: Fraction, policy: Policy) -> bool:
    by_voters = request.voters > 0 and at_least(request.signed_voters, share, request.voters)
    of_all = request.representatives
    third = policy.recall_representatives_share
    return by_voters or (of_all > 0 and at_least(request.signed_representatives, third, of_all))


def _why_not_carried(request: Request, policy: Policy) -> str | None:
    """A committee is recalled in the way it was elected: more than half vote, of representatives more than 2/3."""
    if request.residents and request.way == "representatives":
        enough = more_than(request.returned, policy.residents_representatives_quorum, request.representatives)
    else:
        enough = over_half(request.returned, request.voters)
    if not enough:
        return f"参加投票{request.returned}人，没有达到规定人数，投票无效"
    if request.in_favour > request.returned:
        return f"同意票{request.in_favour}张多于收回的{request.returned}张，请核对"
    if not over_half(request.in_favour, request.returned):
        return f"参加投票{request.returned}人，其中{request.in_favour}人同意，未超过半数"
    return None


def _answer(
    request: Request, policy: Policy, admissible: bool, recalled: bool, why: str, provision: law.Provision
) -> Recall:
    return Recall(admissible, recalled, why, law.cite(provision, policy.law_version, residents=request.residents))
