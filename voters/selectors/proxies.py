"""Reasons against a proxy and the places an agent has left: asked by form, service and pages (VT-06…12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from elections.models import Election, Round
from elections.rules import law
from elections.rules.kinds import Body
from elections.selectors.contest import confirmed_rounds, open_ties, vacancies_after
from voters.models import ProxyVote, RollChange, Voter
from voters.rules import proxies as rules
from voters.rules.proxies import Bar
from voters.selectors.candidacy import candidates_of
from voters.selectors.people import shared_names
from voters.selectors.polling import proxies_in_force, roving_voters
from voters.selectors.roll import is_published
from voters.selectors.supplement import numbers_to_tell

Condition = tuple[law.Provision, "str | None"]
OF_THE_PRINCIPAL = (Bar.PRINCIPAL_NOT_ON_ROLL, Bar.TWICE, Bar.CHAIN)
OF_THE_AGENT = (Bar.AGENT_NOT_ON_ROLL, Bar.AGENT_CANDIDATE, Bar.CHAIN, Bar.AGENT_FULL)
NOBODY = "\0"  # stands for the one of the two who is not named yet


def conditions(
    election: Election, principal: Voter, agent: Voter, relation: str, *, received_on: date, today: date
) -> list[Condition]:
    """Return everything that must hold for ``principal`` to be voted for by ``agent``: provision, and the sentence why
    not."""
    known = ProxyRegister(election, (principal, agent))
    proxy = rules.Proxy(known.label(principal.pk), known.label(agent.pk), relation)
    return [
        *time_conditions(election, received_on=received_on, today=today),
        *known.reasons(proxy),
        (law.PROXY_BOUNDS, _why_not_before_the_supplement(principal)),
        (law.PROXY_BOUNDS, _why_not_before_the_supplement(agent)),
        (law.MOBILE_BOX, why_not_beside_a_box(election, principal)),
    ]


def time_conditions(election: Election, *, received_on: date, today: date) -> list[Condition]:
    """Return whether anybody may be authorised now, whoever it is."""
    if election.body != Body.VILLAGERS_COMMITTEE:
        return [(law.PROXY, f"只有{election.village.villagers_committee_name}的选举可以委托投票。")]
    return [(law.PROXY_BOUNDS, rules.why_not_now(received_on, moment_of(election, today), election.policy))]


def closed_conditions(election: Election, today: date) -> list[Condition]:
    """Return whether anybody may still be authorised: by an application of today, or one that came on the last day."""
    day = election.poll_day
    last = rules.apply_by(day, election.policy) if day else today
    return time_conditions(election, received_on=min(today, last), today=today)


def agent_conditions(election: Election, agent: Voter) -> list[Condition]:
    """Return what stands against an agent, whoever the principal is."""
    known = ProxyRegister(election, (agent,))
    found = known.reasons(rules.Proxy(NOBODY, known.label(agent.pk)), OF_THE_AGENT)
    return [*found, (law.PROXY_BOUNDS, _why_not_before_the_supplement(agent))]


def principal_conditions(election: Election, principal: Voter) -> list[Condition]:
    """Return what stands against a principal, whoever the agent is."""
    known = ProxyRegister(election, (principal,))
    found = known.reasons(rules.Proxy(known.label(principal.pk), NOBODY), OF_THE_PRINCIPAL)
    return [
        *found,
        (law.PROXY_BOUNDS, _why_not_before_the_supplement(principal)),
        (law.MOBILE_BOX, why_not_beside_a_box(election, principal)),
    ]


def pair_conditions(election: Election, principal: Voter, agent: Voter, relation: str) -> list[Condition]:
    """Return what stands against these two together; the relation only when it is said."""
    known = ProxyRegister(election, (principal, agent))
    proxy = rules.Proxy(known.label(principal.pk), known.label(agent.pk), relation)
    return known.reasons(proxy, (Bar.SELF, Bar.NOT_KIN) if relation else (Bar.SELF,))


class ProxyRegister:
    """The register of one election as the rules take it: people by what they are called, so that each is one person."""

    def __init__(self, election: Election, people: Iterable[Voter]):
        self.policy, self.people = election.policy, tuple(people)
        self.proxies = list(proxies_in_force(election))
        self.names = {each.pk: each for proxy in self.proxies for each in (proxy.principal, proxy.agent)}
        self.names |= {each.pk: each for each in self.people}
        self.shared = shared_names(election, {each.name for each in self.names.values()})
        candidates = candidates_of(election).rows
        self.register = rules.Register(
            roll=frozenset(self.label(each.pk) for each in self.people if each.listed) | {NOBODY},
            candidates=frozenset(self.label(each.pk) for each in self.people if each.pk in candidates),
            community=election.village.is_community,
        )

    def label(self, pk: UUID) -> str:
        """Return the name; with the number of the roll for namesakes."""
        voter = self.names[pk]
        return f"{voter.name}（{voter.number}号）" if voter.name in self.shared and voter.number else voter.name

    def accepted(self) -> list[rules.Proxy]:
        """Return the proxies in force, in the order in which they were recorded."""
        return [rules.Proxy(self.label(p.principal_id), self.label(p.agent_id), p.relation) for p in self.proxies]

    def reasons(self, proxy: rules.Proxy, bars: Collection[Bar] = tuple(Bar)) -> list[Condition]:
        return rules.reasons(proxy, self.accepted(), self.register, self.policy, bars)


def moment_of(election: Election, today: date) -> rules.Moment:
    """Return how far the election has come, as the rules take it."""
    voting, again, over = voting_state(election)
    return rules.Moment(
        today=today,
        began=election.cycle.starts_on,
        roll_published=is_published(election),
        poll_day=election.poll_day,
        voting=voting,
        again=again,
        over=over,
    )


def voting_state(election: Election) -> tuple[bool, bool, bool]:
    """Return whether a vote is being held, whether one is over and another due, whether all are over."""
    last = Round.objects.filter(election=election).order_by("number").last()
    if last is None:
        return False, False, False
    voting = last.confirmed_at is None
    again = not voting and _another_due(election)
    return voting, again, not (voting or again)


def _another_due(election: Election) -> bool:
    """Return whether the votes so far leave a place or a tie open, or were all invalid."""
    rounds = list(confirmed_rounds(election))
    if '"status":"invalid"' in rounds[-1].outcome:
        return True
    return bool(vacancies_after(rounds) or open_ties(rounds))


def places_words(election: Election, agent: Voter) -> str:
    """已接受2人委托，还可接受1人。"""
    held = proxies_in_force(election).filter(agent=agent).count()
    left = max(0, election.policy.proxy_max - held)
    if not held:
        return f"还没有接受委托，可接受{left}人。"
    return f"已接受{held}人委托，还可接受{left}人。" if left else f"已接受{held}人委托，已满。"


def nominated_words(election: Election, agent: Voter) -> str:
    """Return what may become of a nominee's proxies (VT-12)."""
    if not election.nominees.filter(voter=agent, withdrawn_on=None).exists():
        return ""
    return "已被提名，成为正式候选人后委托自行终止。"


def why_not_beside_a_box(election: Election, voter: Voter) -> str | None:
    """Return why a voter visited by the box needs no agent: they vote in person."""
    found = roving_voters(election).filter(voter=voter).first()
    if found is None:
        return None
    return f"{voter.name}已登记使用流动票箱“{found.route}”，由本人投票。改为委托的，请先移出流动票箱名单。"


def why_not_beside_a_proxy(election: Election, voter: Voter) -> str | None:
    """Return why not: whoever has authorised another gets no box at home, and the other way round."""
    given = proxies_in_force(election).filter(principal=voter).first()
    if given is None:
        return None
    return f"{voter.name}已委托{given.agent.name}投票（第{given.number}号）。改用流动票箱的，请先终止委托。"


def _why_not_before_the_supplement(voter: Voter) -> str | None:
    """Return why not yet: somebody added after publication counts from the supplement on (VR-15)."""
    new = (RollChange.Kind.REGISTER, RollChange.Kind.RESTORE)
    waiting = voter.changes.filter(after_publication=True, published_in=None, kind__in=new)
    if voter.listed and waiting.exists() and voter.number in numbers_to_tell(voter.election):
        return f"{voter.name}列入名单后还没有补充公布。补充公布后再登记委托。"
    return None


def proxies_ended_by_candidacy(election: Election) -> list[ProxyVote]:
    """VT-12: the proxies in force whose agent is a candidate now."""
    held = {rules.Proxy(str(each.principal_id), str(each.agent_id)): each for each in proxies_in_force(election)}
    if not held:
        return []
    candidates = {str(row) for row in candidates_of(election).rows}
    return [held[each] for each in rules.ended_by_candidacy(held, candidates)]


def proxies_off_the_roll(election: Election) -> list[ProxyVote]:
    """Return the proxies in force one side of which is no longer on the list."""
    return [each for each in proxies_in_force(election) if not (each.principal.listed and each.agent.listed)]
