"""The number of candidates a opening needs (差额, NM-04, PB-09, PB-10)."""

from elections.rules.counting import party
from elections.rules.counting.offices import WITHOUT_SURPLUS, Opening
from elections.rules.counting.poll import Body
from elections.rules.policy import Policy


def least_candidates(opening: Opening, policy: Policy, body: Body = "committee") -> int:
    """Return how many candidates a opening needs (NM-04, PB-09; PB-10: the Party's secretary and deputy one a seat)."""
    if opening.office in WITHOUT_SURPLUS:
        return opening.seats
    if body == "party":
        return opening.seats + party.surplus(opening.seats, policy.party_surplus)
    return opening.seats + policy.candidate_surplus_per_post


def why_not_so_few(opening: Opening, candidates: int, policy: Policy, body: Body = "committee") -> str | None:
    """NM-04: why so many candidates are too few for this opening. A pack may allow voting without candidates."""
    need = least_candidates(opening, policy, body)
    if candidates >= need or (not candidates and policy.allow_no_candidate and body != "party"):
        return None
    return f"{opening.office.label}应选{opening.seats}人，候选人应不少于{need}人，现有{candidates}人"
