"""A vote that is going on: a published roll with numbers, the first round open, proxies and boxes."""

from __future__ import annotations

from django.db import transaction

from elections.journal import canonical
from elections.models import Election, Round
from elections.rules.kinds import Stage
from tests.make import VILLAGE
from tests.voters.make_voters import POLL_DAY, TODAY, a_clerk, a_roll_election, a_voter
from voters.models import ProxyVote, RovingVoter, Voter
from voters.services.publishing import publish_roll


def a_polling_election(people: int = 12, *, code: str = VILLAGE) -> Election:
    """An election in voting; everybody on its roll has a number."""
    election, clerk = a_roll_election(code), a_clerk(code)
    for serial in range(1, people + 1):
        a_voter(election, serial + 100 * (code != VILLAGE), actor=clerk)
    with transaction.atomic():
        publish_roll(election, place="公开栏", posted_by="张贴员", actor=clerk, today=TODAY)
    Election.objects.filter(pk=election.pk).update(stage=Stage.VOTING)
    return Election.objects.select_related("village", "cycle").get(pk=election.pk)


def an_open_round(election: Election) -> Round:
    """The first vote, or the next."""
    return Round.objects.create(
        election=election,
        number=election.rounds.count() + 1,
        kind=Round.Kind.FIRST,
        held_on=POLL_DAY,
        registered=Voter.objects.filter(election=election, listed=True).count(),
        contest=canonical({"posts": [{"post": "chair", "seats": 1}], "people": []}),
    )


def numbered(election: Election, number: int) -> Voter:
    return Voter.objects.select_related("election").get(election=election, number=number)


def a_proxy(principal: Voter, agent: Voter) -> ProxyVote:
    return ProxyVote.objects.create(
        election=principal.election, number=ProxyVote.objects.count() + 1, principal=principal, agent=agent,
        relation="other", reason="外出务工", applied_on=TODAY, consented_by="主任", made_by=a_clerk().user,
    )  # fmt: skip


def a_box(voter: Voter, route: str = "东片") -> RovingVoter:
    return RovingVoter.objects.create(
        election=voter.election, voter=voter, why="old", route=route, applied_on=TODAY, made_by=a_clerk().user
    )
