"""验证发票: what the table is told about a card, and how many ballots were handed out. Never who voted how (VT-18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from elections.models import Election, Round
from elections.rules import law
from voters.models import CheckIn, ProxyVote, Voter
from voters.rules.cards import Scan
from voters.selectors.polling import proxies_in_force, roving_voters
from voters.selectors.roll import roll_of

Condition = tuple[law.Provision, "str | None"]
Way = CheckIn.Way
BOX = "box"
TABLES = {str(number): f"{number}号发票处" for number in range(1, 21)} | {BOX: "流动票箱"}
SHOWN = 10
LONGEST_KEY = 18  # digits of a key; anything longer is not looked for
NO_ROUND = "现在没有进行中的投票，不能发票"
OTHER_ELECTION = "这不是本村本次选举的选民证，不能在这里领票"


@dataclass(frozen=True)
class Answer:
    """What one card may do. ``why_not`` is set, or there are ``ways`` to hand out the ballot."""

    voter: Voter | None = None
    why_not: str | None = None
    ways: tuple[str, ...] = ()
    proxy: ProxyVote | None = None
    route: str = ""  # of the box that would come to the house

    @property
    def sure(self) -> bool:
        """Nothing is left to ask: one way only, and nobody else was authorised."""
        return len(self.ways) == 1 and self.proxy is None


@dataclass(frozen=True)
class Issued:
    """Ballots handed out in one round."""

    in_person: int
    by_proxy: int
    by_box: int
    registered: int
    tables: Sequence[tuple[str, int]]  # name of the table, ballots; the box is none of them

    @property
    def total(self) -> int:
        return self.in_person + self.by_proxy + self.by_box

    @property
    def himself(self) -> int:
        """本人领票 of the count sheet: at a table or from the box."""
        return self.in_person + self.by_box


def open_round_of(election: Election) -> Round | None:
    """The vote that is going on."""
    return Round.objects.filter(election=election, confirmed_at=None).order_by("number").last()


def found_by(election: Election, scan: Scan) -> Voter | None:
    """The voter of a card or a number."""
    return roll_of(election).filter(number=scan.number).first()


def answer(round_: Round, scan: Scan, table: str) -> Answer:
    """What the table is told."""
    election = round_.election
    if scan.election not in (None, election.pk):
        return Answer(why_not=OTHER_ELECTION)
    voter = found_by(election, scan)
    if voter is None:
        return Answer(why_not=f"选民名单上没有{scan.number}号")
    proxy, route = proxy_of(voter), route_of(voter)
    asked = (Way.ROVING,) if table == BOX else (Way.IN_PERSON, Way.PROXY) if proxy else (Way.IN_PERSON,)
    against = {way: next((text for _, text in conditions(round_, voter, way, table) if text), None) for way in asked}
    ways = tuple(way for way in asked if against[way] is None)
    return Answer(voter, None if ways else against[asked[0]], ways, proxy, route)


def conditions(round_: Round, voter: Voter, way: str, table: str) -> list[Condition]:
    """What must hold before this voter's ballot is handed out this way: provision, and the sentence why not."""
    return [
        (law.MOBILE_BOX, _not_here(way, table)),
        (law.VOTES_PUBLISHED, "这一次投票的结果已经确认，不能再发票" if round_.confirmed_at else None),
        (law.VOTER_CARD, None if voter.listed else f"{voter.name}已移出选民名单，不能领票"),
        (law.ISSUE_LEDGER, taken_already(round_, voter)),
        (law.PROXY_BOUNDS, _authorised(voter) if way == Way.PROXY else None),
        (law.MOBILE_BOX, _on_the_route(voter) if way == Way.ROVING else None),
    ]


def _not_here(way: str, table: str) -> str | None:
    """The box hands out its own ballots and no others, so that its count is its own."""
    if (way == Way.ROVING) == (table == BOX):
        return None
    return "流动票箱只发给流动票箱名单上的人，发票处不发流动票箱的选票。请核对发票处。"


def taken_already(round_: Round, voter: Voter) -> str | None:
    """One ballot a voter and round."""
    before = CheckIn.objects.filter(round=round_, voter=voter, undone_at=None).first()
    if before is None:
        return None
    at = timezone.localtime(before.at)
    return f"{voter.name}的选票已于{at:%H:%M}在{table_name(before.table)}领取（{before.get_way_display()}）"


def _authorised(voter: Voter) -> str | None:
    return None if proxy_of(voter) else f"{voter.name}没有有效的委托，须本人领票"


def _on_the_route(voter: Voter) -> str | None:
    return None if route_of(voter) else f"{voter.name}不在流动票箱投票人员名单上，须到投票地点领票"


def proxy_of(voter: Voter) -> ProxyVote | None:
    """The proxy in force that this voter gave."""
    return proxies_in_force(voter.election).filter(principal=voter).first()


def route_of(voter: Voter) -> str:
    """The route of the box that comes to this voter, empty when none does."""
    row = roving_voters(voter.election).filter(voter=voter).first()
    return row.route if row else ""


def table_name(table: str) -> str:
    return TABLES.get(table, table)


def given_in(round_: Round) -> QuerySet[CheckIn]:
    """Every ballot handed out in one round, also those taken back."""
    return CheckIn.objects.filter(round=round_).select_related("voter", "by")


def one_given(election: Election, pk: int) -> CheckIn | None:
    """One of them, of whichever round of this election."""
    return CheckIn.objects.filter(round__election=election, pk=pk).select_related("round__election", "voter").first()


def just_given(round_: Round, said: str) -> CheckIn | None:
    """The one that the address names, unless it was taken back meanwhile."""
    if not said.isdecimal() or len(said) > LONGEST_KEY:
        return None
    return given_in(round_).filter(pk=int(said), undone_at=None).first()


def latest(round_: Round) -> list[tuple[CheckIn, str]]:
    """The last of all tables with the name of the table, those taken back among them."""
    return [(row, table_name(row.table)) for row in given_in(round_)[:SHOWN]]


def issued(round_: Round) -> Issued:
    """How many ballots are out, by way and by table."""
    ways: Counter[str] = Counter()
    tables: Counter[str] = Counter()
    for way, table in CheckIn.objects.filter(round=round_, undone_at=None).values_list("way", "table"):
        ways[way] += 1
        tables[table] += 1
    by_table = [(name, tables[table]) for table, name in TABLES.items() if tables[table] and table != BOX]
    return Issued(ways[Way.IN_PERSON], ways[Way.PROXY], ways[Way.ROVING], round_.registered, by_table)
