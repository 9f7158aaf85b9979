"""Voting by proxy (委托投票): who may act for whom, one request at a time in the order received (VT-06…12, RC-04)."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from elections.rules import law
from elections.rules.counting.kin import near_kin
from elections.rules.policy import Policy
from elections.rules.wording import cn_date, why_not_happened


class Bar(StrEnum):
    """A reason for refusing a proxy."""

    NO_PROXY = "NO_PROXY"
    PRINCIPAL_NOT_ON_ROLL = "PRINCIPAL_NOT_ON_ROLL"
    AGENT_NOT_ON_ROLL = "AGENT_NOT_ON_ROLL"
    SELF = "SELF"
    AGENT_CANDIDATE = "AGENT_CANDIDATE"
    NOT_KIN = "NOT_KIN"
    TWICE = "TWICE"
    CHAIN = "CHAIN"
    AGENT_FULL = "AGENT_FULL"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A request: the principal is away, the agent would vote for them. `relation`: what the agent is to the principal;
    None or "other": not a relative."""

    principal: str
    agent: str
    relation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Those who may take part in proxies. `by_representatives`: a residents' committee elected by representatives knows
    no proxy."""

    roll: Collection[str]
    candidates: Collection[str] = frozenset()
    by_representatives: bool = False
    community: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    proxy: Proxy
    bar: Bar
    rule: str
    why: str
    cite: str


@dataclass(frozen=True, slots=True)
class Judged:
    accepted: tuple[Proxy, ...]
    refused: tuple[Refused, ...]


def judge(proxies: Iterable[Proxy], register: Register, policy: Policy) -> Judged:
    """Accept what may be accepted, first come first served."""
    accepted: list[Proxy] = []
    refused: list[Refused] = []
    for proxy in proxies:
        bar = refusal(proxy, accepted, register, policy)
        if bar:
            refused.append(bar)
        else:
            accepted.append(proxy)
    return Judged(tuple(accepted), tuple(refused))


def reasons(
    proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy, bars: Collection[Bar] = tuple(Bar)
) -> list[tuple[law.Provision, str | None]]:
    """Return every one of these bars as a condition: the provision, and the sentence against it or `None`."""
    return [(provision, test(proxy, accepted, register, policy)) for bar, _, provision, test in TESTS if bar in bars]


def refusal(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> Refused | None:
    """Return why this request may not be added to those accepted, or `None`."""
    for bar, rule, provision, test in TESTS:
        if why := test(proxy, accepted, register, policy):
            cite = law.cite(provision, policy.law_version, residents=register.community)
            return Refused(proxy, bar, rule, why, cite)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The moment of asking. `began`: the first day of this change of term. `voting`: a vote is being held; `again`: one
    is over and another is due; `over`: none is."""

    today: date
    began: date | None = None
    roll_published: bool = True
    poll_day: date | None = None
    voting: bool = False
    again: bool = False
    over: bool = False


def why_not_now(received_on: date, moment: Moment, policy: Policy) -> str | None:
    """Return why nobody can be authorised now, by an application received on that day; or `None`.

    Between a first vote and a rerun or second vote the days before election day no longer count: whoever lost an
    agent to a candidacy may authorise another until the vote opens (VT-12). On the spot nobody is ever authorised.
    """
    if not moment.roll_published:
        return "选民名单还没有公布，公布后才能登记委托。"
    if moment.poll_day is None:
        return "选举日还没有设定，不能判断委托申请是否逾期。请先由镇换届办设定选举日。"
    if doubt := why_not_applied_then(received_on, moment.began, moment.today):
        return doubt
    if moment.over:
        return "投票已经结束，不再登记委托。"
    if moment.voting:
        return "投票已经开始，现场不办理委托。"
    if moment.again:
        return None
    if moment.today >= moment.poll_day:
        return f"选举日（{cn_date(moment.poll_day)}）已到，现场不办理委托。"
    return why_not_in_time(received_on, moment.poll_day, policy)


def why_not_applied_then(applied_on: date, began: date | None, today: date) -> str | None:
    """Return why the day cannot be: nobody applies tomorrow, nor for this election before it was begun."""
    if began and applied_on < began:
        return f"申请日期（{cn_date(applied_on)}）早于本次换届开始（{cn_date(began)}）。请核对。"
    return why_not_happened("申请日期", applied_on, today, then="。请核对。")


def places_left(agent: str, accepted: Iterable[Proxy], policy: Policy) -> int:
    """Return how many more principals this agent may accept (VT-07)."""
    return policy.proxy_max - sum(proxy.agent == agent for proxy in accepted)


def apply_by(poll_day: date, policy: Policy) -> date:
    """Return the last day for applying; on the spot nobody is authorised any more (VT-09)."""
    return poll_day - timedelta(days=policy.proxy_apply_deadline_days)


def why_not_in_time(received_on: date, poll_day: date, policy: Policy) -> str | None:
    """Return why a request comes too late, or `None`."""
    last = apply_by(poll_day, policy)
    if received_on <= last:
        return None
    return f"委托申请应在{cn_date(last)}前办理，现已超过{(received_on - last).days}天。"


def ended_by_candidacy(accepted: Iterable[Proxy], candidates: Collection[str]) -> tuple[Proxy, ...]:
    """VT-12: the proxies that end by themselves because their agent has become a candidate."""
    return tuple(proxy for proxy in accepted if proxy.agent in candidates)


def _votes_by_proxy(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    return "由居民代表选举的，不能委托投票。" if register.by_representatives else None


def _principal_on_roll(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    return None if proxy.principal in register.roll else f"委托人{proxy.principal}不在选民名单上。请核对姓名。"


def _agent_on_roll(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    if proxy.agent in register.roll:
        return None
    return f"受委托人{proxy.agent}不在选民名单上。请换一位{_who(policy)}。"


def _agent_is_another(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    return "委托人和受委托人是同一人。请核对姓名。" if proxy.principal == proxy.agent else None


def _agent_is_no_candidate(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    if proxy.agent not in register.candidates:
        return None
    return f"{proxy.agent}是候选人，不能接受委托。请换一位{_who(policy)}。"


def _agent_is_kin(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    if not policy.proxy_kin_only or (proxy.relation and near_kin(proxy.relation, policy.kin_scope)):
        return None
    return f"{proxy.agent}不是{proxy.principal}的近亲属。请换一位近亲属。"


def _principal_has_no_other(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    before = next((each.agent for each in accepted if each.principal == proxy.principal), None)
    return f"{proxy.principal}已委托{before}。如需更换，请先撤回原委托。" if before else None


def _no_chain(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    """Return why there is no sub-delegation: whoever is away and has an agent carries nobody's ballot."""
    if any(each.principal == proxy.agent for each in accepted):
        return f"{proxy.agent}本人已委托他人投票，不能再接受委托。请换一位{_who(policy)}。"
    if any(each.agent == proxy.principal for each in accepted):
        return f"{proxy.principal}已接受他人委托，不能转托。请先撤回他所接受的委托。"
    return None


def _agent_has_room(proxy: Proxy, accepted: Sequence[Proxy], register: Register, policy: Policy) -> str | None:
    if places_left(proxy.agent, accepted, policy) > 0:
        return None
    limit = policy.proxy_max
    return f"{proxy.agent}已接受{limit}人委托，上限{limit}人。请换一位{_who(policy)}。"


def _who(policy: Policy) -> str:
    return "近亲属" if policy.proxy_kin_only else "受委托人"


Test = Callable[[Proxy, Sequence[Proxy], Register, Policy], "str | None"]
TESTS: tuple[tuple[Bar, str, law.Provision, Test], ...] = (
    (Bar.NO_PROXY, "RC-04", law.PROXY, _votes_by_proxy),
    (Bar.PRINCIPAL_NOT_ON_ROLL, "VT-08", law.PROXY_BOUNDS, _principal_on_roll),
    (Bar.AGENT_NOT_ON_ROLL, "VT-08", law.PROXY_BOUNDS, _agent_on_roll),
    (Bar.SELF, "VT-08", law.PROXY_BOUNDS, _agent_is_another),
    (Bar.AGENT_CANDIDATE, "VT-07", law.PROXY_LIMIT, _agent_is_no_candidate),
    (Bar.NOT_KIN, "VT-06", law.PROXY, _agent_is_kin),
    (Bar.TWICE, "VT-08", law.PROXY_BOUNDS, _principal_has_no_other),
    (Bar.CHAIN, "VT-08", law.PROXY_BOUNDS, _no_chain),
    (Bar.AGENT_FULL, "VT-07", law.PROXY_LIMIT, _agent_has_room),
)
