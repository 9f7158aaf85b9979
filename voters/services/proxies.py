"""委托投票: recording one, ending one, and those that end by themselves (VT-06…12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max

from elections.models import Election
from elections.permissions import Actor
from elections.rules import law
from elections.services.act import act, part
from elections.services.conditions import insist
from elections.services.hold import Overtaken
from elections.services.lines import as_read, note
from voters.models import CheckIn, ProxyVote, Voter
from voters.selectors.polling import proxies_of
from voters.selectors.proxies import conditions, proxies_ended_by_candidacy, proxies_off_the_roll

Ending = ProxyVote.Ending
BY_HAND = (Ending.WITHDRAWN, Ending.CORRECTED)
ENDED = {  # the act and its words
    Ending.WITHDRAWN: ("proxy.withdrawn", "委托人撤回委托"),
    Ending.CORRECTED: ("proxy.struck", "更正登记有误的委托"),
    Ending.CAME: ("proxy.principal_came", "委托人本人到场，委托失效"),
    Ending.CANDIDATE: ("proxy.ended_by_candidacy", "受委托人成为候选人，委托自行终止"),
    Ending.OFF_ROLL: ("proxy.ended_off_roll", "委托人或者受委托人移出名单，委托自行终止"),
}


@act("proxy.recorded", "登记委托投票")
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

    The election is held, so of two clerks who give one agent the last place one is told. Raises
    :class:`machine.Refused` with every reason against it.
    """
    principal, agent = _fresh(election, principal), _fresh(election, agent)
    insist(election, *conditions(election, principal, agent, relation, received_on=applied_on, today=today))
    proxy = ProxyVote.objects.create(
        election=election,
        number=(proxies_of(election).aggregate(last=Max("number"))["last"] or 0) + 1,
        principal=principal,
        agent=agent,
        relation=relation,
        reason=reason,
        applied_on=applied_on,
        consented_by=consented_by,
        made_by=actor.user,
    )
    note(proxy, {"proxy": proxy.number, "applied_on": applied_on})
    return proxy


def _fresh(held: Election, voter: Voter) -> Voter:
    return Voter.objects.get(pk=voter.pk, election=held)


@act(dict(ENDED.values()))
def end_proxy(proxy: ProxyVote, ending: str, *, actor: Actor, today: date) -> ProxyVote:
    """End one for a reason that a person gives: withdrawn by the principal, or wrongly recorded. The row stays.

    Raises :class:`Overtaken` when it has ended meanwhile, :class:`machine.Refused` once the ballot was handed out.
    """
    held = proxy.election
    found = proxies_of(held).get(pk=proxy.pk)
    if found.ended_on:
        raise Overtaken(f"第{found.number}号委托已经终止（{found.get_ending_display()}）。请刷新页面后再看。")
    insist(held, (law.PROXY_BOUNDS, why_not_ended_now(found)))
    _end(found, Ending(ending), today)
    return found


@part
def end_by_coming(proxy: ProxyVote, *, today: date) -> None:
    """End a proxy because the principal stands at the table and no ballot was handed out for them (VT-11)."""
    _end(proxy, Ending.CAME, today)


def why_not_ended_now(proxy: ProxyVote) -> str | None:
    """VT-11: once the agent has the ballot of the principal in hand, nothing is withdrawn."""
    given = CheckIn.objects.filter(
        voter=proxy.principal_id, way=CheckIn.Way.PROXY, undone_at=None, round__confirmed_at=None
    )
    return f"受委托人{proxy.agent.name}已经领取选票，委托不能再终止。" if given.exists() else None


@part
def end_of_candidates(held: Election, *, actor: Actor, today: date) -> None:
    """End the proxies that a new candidate accepted, in the act that makes them a candidate (VT-12)."""
    _end_all(proxies_ended_by_candidacy(held), Ending.CANDIDATE, today)


@part
def end_off_roll(held: Election, *, actor: Actor, today: date) -> None:
    """End the proxies of whoever is taken off the list (VT-08)."""
    _end_all(proxies_off_the_roll(held), Ending.OFF_ROLL, today)


def _end_all(gone: Iterable[ProxyVote], ending: Ending, today: date) -> None:
    for proxy in gone:
        _end(proxy, ending, today)


def _end(proxy: ProxyVote, ending: Ending, today: date) -> None:
    """``proxy`` was read within the act."""
    was = as_read(proxy)
    proxy.ended_on, proxy.ending = today, ending
    proxy.save(update_fields=["ended_on", "ending"])
    note(proxy, {"proxy": proxy.number, "ended_on": today}, was=was, name=ENDED[ending][0])
