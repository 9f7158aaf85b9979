"""委托投票: recording one, ending one, and those that end by themselves (VT-06…12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.services.conditions import insist
from elections.services.hold import Overtaken, lock
from elections.services.records import write
from voters.models import CheckIn, ProxyVote, Voter
from voters.selectors.polling import proxies_of
from voters.selectors.proxies import conditions, gone_by_candidacy, gone_off_roll

Ending = ProxyVote.Ending
BY_HAND = (Ending.WITHDRAWN, Ending.CORRECTED)
ENDED = {
    Ending.WITHDRAWN: "proxy.withdrawn",
    Ending.CORRECTED: "proxy.struck",
    Ending.CAME: "proxy.principal_came",
    Ending.CANDIDATE: "proxy.ended_by_candidacy",
    Ending.OFF_ROLL: "proxy.ended_off_roll",
}


def record_proxy(
    election: Election,
    principal: Voter,
    agent: Voter,
    *,
    relation: str,
    reason: str,
    applied_on: date,
    consented_by: str,
    actor: Actor,
    today: date,
) -> ProxyVote:
    """Record that ``agent`` votes for ``principal``, under the next number.

    The election is held, so of two clerks who give one agent his last place one is told (C79). Raises
    :class:`machine.Refused` with every reason against it.
    """
    held = lock(election)
    principal, agent = _fresh(held, principal), _fresh(held, agent)
    insist(held, *conditions(held, principal, agent, relation, received_on=applied_on, today=today))
    proxy = ProxyVote.objects.create(
        election=held,
        number=(proxies_of(held).aggregate(last=Max("number"))["last"] or 0) + 1,
        principal=principal,
        agent=agent,
        relation=relation,
        reason=reason,
        applied_on=applied_on,
        consented_by=consented_by,
        made_by=actor.user,
    )
    write(held, "proxy.recorded", actor, proxy, {"proxy": proxy.number, "applied_on": applied_on})
    return proxy


def _fresh(held: Election, voter: Voter) -> Voter:
    return Voter.objects.get(pk=voter.pk, election=held)


def end_proxy(proxy: ProxyVote, ending: str, *, actor: Actor, today: date) -> ProxyVote:
    """End one for a reason that a person gives: withdrawn by the principal, or wrongly recorded. The row stays.

    Raises :class:`Overtaken` when it has ended meanwhile, :class:`machine.Refused` once the ballot was handed out.
    """
    held = lock(proxy.election)
    found = proxies_of(held).get(pk=proxy.pk)
    if found.ended_on:
        raise Overtaken(f"第{found.number}号委托已经终止（{found.get_ending_display()}）。请刷新页面后再看。")
    insist(held, (law.PROXY_BOUNDS, ballot_given(found)))
    _end(found, Ending(ending), today)
    write(held, ENDED[Ending(ending)], actor, found, {"proxy": found.number, "ended_on": today})
    return found


def end_by_coming(held: Election, proxy: ProxyVote, *, actor: Actor, today: date) -> None:
    """VT-11: the principal stands at the table himself, and no ballot has been handed out for him. ``held``: locked."""
    _end(proxy, Ending.CAME, today)
    write(held, ENDED[Ending.CAME], actor, proxy, {"proxy": proxy.number, "ended_on": today})


def ballot_given(proxy: ProxyVote) -> str | None:
    """VT-11: once the agent has the ballot of the principal in his hands, nothing is withdrawn."""
    given = CheckIn.objects.filter(
        voter=proxy.principal_id, way=CheckIn.Way.PROXY, undone_at=None, round__confirmed_at=None
    )
    return f"受委托人{proxy.agent.name}已经领取选票，委托不能再终止。" if given.exists() else None


def end_of_candidates(held: Election, *, actor: Actor, today: date) -> None:
    """VT-12: whoever becomes a candidate loses what he accepted, in the act that makes him one."""
    _end_all(held, gone_by_candidacy(held), Ending.CANDIDATE, actor, today)


def end_off_roll(held: Election, *, actor: Actor, today: date) -> None:
    """Whoever is taken off the list neither authorises nor is authorised (VT-08)."""
    _end_all(held, gone_off_roll(held), Ending.OFF_ROLL, actor, today)


def _end_all(held: Election, gone: Iterable[ProxyVote], ending: Ending, actor: Actor, today: date) -> None:
    for proxy in gone:
        _end(proxy, ending, today)
        write(held, ENDED[ending], actor, proxy, {"proxy": proxy.number, "ended_on": today})


def _end(proxy: ProxyVote, ending: Ending, today: date) -> None:
    proxy.ended_on, proxy.ending = today, ending
    proxy.save(update_fields=["ended_on", "ending"])
