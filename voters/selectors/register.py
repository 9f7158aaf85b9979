"""The registers of proxies, of the box that comes home and of helpers, as their pages and sheets show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from elections.models import Election, StaffMember
from elections.permissions import Actor, within
from elections.rules.timetable.items import Item
from elections.rules.wording import cn_date
from elections.selectors.village import deadline_of
from voters.models import HelpedVoter, ProxyVote, RovingVoter, Voter
from voters.rules import proxies as rules
from voters.selectors.candidacy import candidates_of
from voters.selectors.facts import proxies_unpublished, roll_figures
from voters.selectors.finding import LONGEST_NUMBER
from voters.selectors.polling import (
    NOTICE,
    helped_voters,
    proxies_by_agent,
    proxies_ended_since,
    proxies_in_force,
    proxies_of,
    proxy_list_posted,
    relation_word,
    roving_by_route,
    roving_voters,
)

PROXY_HEAD = (
    "委托证编号", "委托人", "委托人序号", "委托人小组", "受委托人", "受委托人序号", "受委托人小组", "关系", "不能到场的原因",
    "申请日期", "选举委员会经办人", "状态", "终止日期",
)  # fmt: skip
ROVING_HEAD = ("路线（票箱）", "名单序号", "姓名", "性别", "小组", "原因", "情况说明", "申请日期")
HELPER_HEAD = ("名单序号", "投票人", "小组", "代写人", "原因")


def searched(election: Election, text: str, validity: str) -> QuerySet[ProxyVote]:
    """Return proxies by a name, initials or number of either side, or by their own number; in force, ended or all."""
    found, said = proxies_of(election), text.strip()
    if validity in ("", "in_force"):
        found = found.filter(ended_on=None)
    elif validity == "ended":
        found = found.exclude(ended_on=None)
    if not said:
        return found
    if said.isdecimal():
        number = int(said) if len(said) <= LONGEST_NUMBER else 0
        return found.filter(Q(number=number) | Q(principal__number=number) | Q(agent__number=number))
    asked = Q()
    for side in ("principal", "agent"):
        asked |= Q(**{f"{side}__name__contains": said}) | Q(**{f"{side}__initials__startswith": said.lower()})
    return found.filter(asked)


def one_proxy(actor: Actor, election: Election, pk: object) -> ProxyVote:
    """Return one of this election within reach, or ``Http404``."""
    return within(actor, proxies_of(election).select_related("election"), "election__village_id", pk=pk)


def one_roving(actor: Actor, election: Election, pk: int) -> RovingVoter:
    return within(actor, roving_voters(election), "election__village_id", pk=pk)


def one_helped(actor: Actor, election: Election, pk: int) -> HelpedVoter:
    return within(actor, helped_voters(election), "election__village_id", pk=pk)


@dataclass(frozen=True)
class Agent:
    """Somebody who accepted, how many, and how many more they may."""

    voter: Voter
    held: int
    left: int


def agents(election: Election) -> list[Agent]:
    """Return everybody who accepted, in the order of the roll."""
    limit = election.policy.proxy_max
    return [Agent(voter, len(held), max(0, limit - len(held))) for voter, held in proxies_by_agent(election)]


def principals_without_agent(election: Election) -> list[ProxyVote]:
    """VT-12: ended because the agent became a candidate, and the principal has authorised nobody since."""
    again = proxies_in_force(election).values("principal")
    return list(proxies_of(election).filter(ending=ProxyVote.Ending.CANDIDATE).exclude(principal__in=again))


def may_be_candidate(election: Election, agent: Voter) -> bool:
    """Return whether a candidate known by name alone may be this person, or a namesake."""
    return agent.name in candidates_of(election).doubtful


def doubts(election: Election) -> list[str]:
    """Return agents who share their name with a candidate of whom the roll knows only the name."""
    names = candidates_of(election).doubtful
    found = proxies_in_force(election).filter(agent__name__in=names)
    return [
        f"候选人{each.agent.name}在选民名单上有同名的人，不能确定第{each.number}号委托的受委托人是不是候选人本人。"
        "请核实；是本人的，请终止委托。"
        for each in found
    ]


@dataclass(frozen=True)
class Board:
    """The public list: until when, since when, how many are not on it yet, how many no longer hold; the last day of applying."""

    due: Item | None
    posted_on: date | None
    unposted: int
    ended_since: int
    apply_by: date | None


def board(election: Election) -> Board:
    return Board(
        deadline_of(election, NOTICE),
        proxy_list_posted(election),
        proxies_unpublished(roll_figures([election]))[election.pk],
        proxies_ended_since(election),
        rules.apply_by(election.poll_day, election.policy) if election.poll_day else None,
    )


def proxy_sheet(election: Election, found: QuerySet[ProxyVote]) -> Iterator[tuple[object, ...]]:
    """Return the register as a spreadsheet; no number of a person."""
    yield PROXY_HEAD
    for each in found:
        validity = "有效" if each.ended_on is None else each.get_ending_display()
        yield (
            each.number, each.principal.name, each.principal.number or "", each.principal.group, each.agent.name,
            each.agent.number or "", each.agent.group, relation_word(election, each.relation), each.reason,
            each.applied_on, each.consented_by, validity, each.ended_on or "",
        )  # fmt: skip


def roving_sheet(election: Election) -> Iterator[tuple[object, ...]]:
    yield ROVING_HEAD
    for route, people in roving_by_route(election):
        for each in people:
            voter = each.voter
            yield (
                route, voter.number or "", voter.name, voter.get_sex_display(), voter.group, each.get_why_display(),
                each.note, each.applied_on,
            )  # fmt: skip


def helper_sheet(election: Election) -> Iterator[tuple[object, ...]]:
    yield HELPER_HEAD
    for each in helped_voters(election):
        yield (each.voter.number or "", each.voter.name, each.voter.group, each.helper, each.reason)


def box_warnings(election: Election) -> list[str]:
    """VT-03: boxes and hands for the routes that were promised."""
    routes = len(roving_by_route(election))
    arrangement = getattr(election, "arrangement", None)
    boxes = arrangement.mobile_boxes if arrangement else 0
    if not routes:
        return []
    found = []
    if arrangement and routes > boxes:
        found.append(f"已登记{routes}条路线，投票安排中只有{boxes}个流动票箱。请核对投票安排。")
    least, wanted = election.policy.mobile_box_min_staff, max(routes, boxes)
    staff = StaffMember.objects.filter(election=election, task=StaffMember.Task.BOX).count()
    if staff < least * wanted:
        found.append(
            f"流动票箱{wanted}个，每个不少于{least}名工作人员，共需{least * wanted}人，现有流动票箱人员{staff}人。"
            "请在投票准备中补足。"
        )
    return found


def slip_of(election: Election, proxy: ProxyVote) -> dict[str, object]:
    """Return what a 委托书 and 委托投票证 says: numbers of the roll, never a number of a person."""
    sides = {
        side: {"name": voter.name, "number": voter.number or "", "group": voter.group, "sex": voter.get_sex_display()}
        for side, voter in (("principal", proxy.principal), ("agent", proxy.agent))
    }
    held = proxies_in_force(election).filter(agent=proxy.agent).count()
    return {
        "number": proxy.number, **sides, "relation": relation_word(election, proxy.relation), "reason": proxy.reason,
        "applied_on": cn_date(proxy.applied_on), "consented_by": proxy.consented_by, "held": held,
    }  # fmt: skip
