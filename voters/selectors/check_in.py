"""验证发票: what the table is told about a card, and how many ballots were handed out. Never who voted how (VT-18)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, FilteredRelation, Q, QuerySet
from django.utils import timezone

from elections.models import Election, Round
from elections.rules import law
from voters.models import CheckIn, ProxyVote, Voter
from voters.rules.cards import Scan
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
    """The answer to one card. ``why_not`` is set, or there are ``ways`` to hand out the ballot."""

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
    def not_by_proxy(self) -> int:
        """本人领票 of the count sheet: at a table or from the box."""
        return self.in_person + self.by_box


def open_round_of(election: Election) -> Round | None:
    """Return the vote that is going on; it knows this very election."""
    found = Round.objects.filter(election=election, confirmed_at=None).order_by("number").last()
    if found is not None:
        found.election = election
    return found


@dataclass(frozen=True)
class Card:
    """A voter as the table has to know them: what they gave away, whether the box comes to them, whether they were
    here."""

    voter: Voter
    proxy: ProxyVote | None  # in force
    route: str  # of the box that comes to the house, empty when none does
    taken: CheckIn | None  # the ballot of this round
    going_on: bool  # the result of this round is not confirmed yet


def card_of(round_: Round, **which: Any) -> Card | None:
    """Return the voter of this roll with that ``number`` or ``pk``, and all that decides about their ballot, in one
    statement.

    Of ``round_`` nothing is believed that may have changed since it was read.
    """
    deciding = {
        "given": FilteredRelation("proxies_given", condition=Q(proxies_given__ended_on=None)),
        "box": FilteredRelation("roving"),
        "ballot": FilteredRelation("check_ins", condition=Q(check_ins__round=round_, check_ins__undone_at=None)),
        "going_on": Exists(Round.objects.filter(pk=round_.pk, confirmed_at=None)),
    }
    found: QuerySet[Voter] = roll_of(round_.election).annotate(**deciding)
    found = found.select_related("given__agent", "box", "ballot")  # type: ignore[misc]  # the joins above
    voter = found.filter(**which).first()
    if voter is None:
        return None
    voter.election = round_.election
    proxy, box, taken, going_on = (getattr(voter, name, None) for name in deciding)
    if proxy is not None:
        proxy.election, proxy.principal = voter.election, voter
    return Card(voter, proxy, box.route if box and voter.listed else "", taken, bool(going_on))


def answer(round_: Round, scan: Scan, table: str) -> Answer:
    """Return what the table is told."""
    if scan.election not in (None, round_.election_id):
        return Answer(why_not=OTHER_ELECTION)
    card = card_of(round_, number=scan.number)
    if card is None:
        return Answer(why_not=f"选民名单上没有{scan.number}号")
    asked = (Way.ROVING,) if table == BOX else (Way.IN_PERSON, Way.PROXY) if card.proxy else (Way.IN_PERSON,)
    against = {way: next((text for _, text in conditions(card, way, table) if text), None) for way in asked}
    ways = tuple(way for way in asked if against[way] is None)
    return Answer(card.voter, None if ways else against[asked[0]], ways, card.proxy, card.route)


def conditions(card: Card, way: str, table: str) -> list[Condition]:
    """Return what must hold before this voter's ballot is handed out this way: provision, and the sentence why not."""
    name = card.voter.name
    no_proxy = f"{name}没有有效的委托，须本人领票" if way == Way.PROXY and not card.proxy else None
    no_box = f"{name}不在流动票箱投票人员名单上，须到投票地点领票" if way == Way.ROVING and not card.route else None
    return [
        (law.MOBILE_BOX, _why_not_at_this_table(way, table)),
        (law.VOTES_PUBLISHED, None if card.going_on else "这一次投票的结果已经确认，不能再发票"),
        (law.VOTER_CARD, None if card.voter.listed else f"{name}已移出选民名单，不能领票"),
        (law.ISSUE_LEDGER, why_not_taken_again(card)),
        (law.PROXY_BOUNDS, no_proxy),
        (law.MOBILE_BOX, no_box),
    ]


def _why_not_at_this_table(way: str, table: str) -> str | None:
    """Return why not here: the box hands out its own ballots and no others, so that its count is its own."""
    if (way == Way.ROVING) == (table == BOX):
        return None
    return "流动票箱只发给流动票箱名单上的人，发票处不发流动票箱的选票。请核对发票处。"


def why_not_taken_again(card: Card | None) -> str | None:
    """Return why not: one ballot a voter and round."""
    if card is None or card.taken is None:
        return None
    at = timezone.localtime(card.taken.at)
    where = table_name(card.taken.table)
    return f"{card.voter.name}的选票已于{at:%H:%M}在{where}领取（{card.taken.get_way_display()}）"


def table_name(table: str) -> str:
    return TABLES.get(table, table)


def ballots_given_in(round_: Round) -> QuerySet[CheckIn]:
    """Return every ballot handed out in one round, also those taken back."""
    return CheckIn.objects.filter(round=round_).select_related("voter", "by")


def one_given(election: Election, pk: int) -> CheckIn | None:
    """Return one of them, of whichever round of this election."""
    return CheckIn.objects.filter(round__election=election, pk=pk).select_related("round__election", "voter").first()


def ballot_just_given(round_: Round, said: str) -> CheckIn | None:
    """Return the one that the address names, unless it was taken back meanwhile."""
    if not said.isdecimal() or len(said) > LONGEST_KEY:
        return None
    return ballots_given_in(round_).filter(pk=int(said), undone_at=None).first()


def latest(round_: Round) -> list[tuple[CheckIn, str]]:
    """Return the last of all tables with the name of the table, those taken back among them."""
    return [(row, table_name(row.table)) for row in ballots_given_in(round_)[:SHOWN]]


def issued(round_: Round) -> Issued:
    """Return how many ballots are out, by way and by table."""
    ways: Counter[str] = Counter()
    tables: Counter[str] = Counter()
    for way, table in CheckIn.objects.filter(round=round_, undone_at=None).values_list("way", "table"):
        ways[way] += 1
        tables[table] += 1
    by_table = [(name, tables[table]) for table, name in TABLES.items() if tables[table] and table != BOX]
    return Issued(ways[Way.IN_PERSON], ways[Way.PROXY], ways[Way.ROVING], round_.registered, by_table)
