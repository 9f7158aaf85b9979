"""How many candidates a post needs (差额, NM-04, PB-09, PB-10)."""

from elections.rules.counting import party
from elections.rules.counting.poll import Body
from elections.rules.counting.posts import WITHOUT_SURPLUS, Post
from elections.rules.policy import Policy


def least_candidates(post: Post, policy: Policy, body: Body = "committee") -> int:
    """How many candidates a post needs (NM-04, PB-09; PB-10: the Party's secretary and deputy one a seat)."""
    if post.office in WITHOUT_SURPLUS:
        return post.seats
    if body == "party":
        return post.seats + party.surplus(post.seats, policy.party_surplus)
    return post.seats + policy.candidate_surplus_per_post


def why_not_so_few(post: Post, candidates: int, policy: Policy, body: Body = "committee") -> str | None:
    """NM-04: why so many candidates are too few for this post. A pack may allow voting without candidates."""
    need = least_candidates(post, policy, body)
    if candidates >= need or (not candidates and policy.allow_no_candidate and body != "party"):
        return None
    return f"{post.office.label}应选{post.seats}人，候选人应不少于{need}人，现有{candidates}人"
