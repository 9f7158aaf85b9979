"""Contents of voter cards, household sheets and issue sheets: plain values for the layouts, no number of a person.

Each kind gives its parts: some eighty pages at a time, so that a long batch shows how far it is and can be stopped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import Any, TypeVar

import segno
from django.db import models

from elections.documents.heading import heading
from elections.models import Election, PollArrangement
from voters.models import Voter
from voters.rules.cards import code_of, spaced
from voters.rules.categories import category_word
from voters.selectors.polling import proxies_in_force, roving_voters
from voters.selectors.publishing import in_order
from voters.selectors.roll import listed, roll_of

CARDS_A_PART = 640  # eighty pages of eight
HOUSEHOLDS_A_PART = 160
LINES_A_PAGE = 24  # of an issue sheet: room for a signature each
PAGES_A_PART = 40
NO_GROUP = "未分组"
Values = dict[str, Any]
T = TypeVar("T")


class Kind(models.TextChoices):
    """The papers and what they are called."""

    CARDS = "cards", "选民证"
    HOUSEHOLDS = "households", "选民登记核对表"
    ISSUE = "issue", "领票登记表"


class Split(models.TextChoices):
    """The spread of voters over the tables where ballots are handed out."""

    GROUPS = "groups", "按组别"
    NUMBERS = "numbers", "按名单序号"


@dataclass(frozen=True)
class Part:
    """One part of a paper: the values of its layout and how many people stand in it."""

    values: Values
    people: int


@dataclass(frozen=True)
class PrintRequest:
    """A request for printing, as it stands in the arguments of a job."""

    kind: str
    tables: int = 1
    split: str = Split.GROUPS
    apart: bool = False  # a page for each household
    first: int | None = None  # cards only of the numbers from here
    last: int | None = None  # to here


def parts_of(election: Election, asked: PrintRequest) -> Iterator[Part]:
    """Return the parts of one paper, in order. ``values["first_page"]`` is filled in by whoever prints them one by
    one."""
    head = _head(election)
    if asked.kind == Kind.CARDS:
        return _cards(election, head, _numbers(election, asked))
    if asked.kind == Kind.HOUSEHOLDS:
        return _households(election, head, apart=asked.apart)
    return _issue(election, head, tables_of(list(_voters(election)), asked.tables, asked.split))


def people_on(election: Election, asked: PrintRequest) -> int:
    """Return how many people a paper tells of: those on the list, on household sheets everybody registered."""
    return roll_of(election).count() if asked.kind == Kind.HOUSEHOLDS else _numbers(election, asked).count()


def _head(election: Election) -> Values:
    arrangement = PollArrangement.objects.filter(election=election).first()
    found = heading(election) | {"at": "", "where": ""}
    if arrangement:
        found["at"] = f"{arrangement.opens_at:%H:%M}至{arrangement.closes_at:%H:%M}"
        found["where"] = arrangement.place
    return found


def _voters(election: Election) -> models.QuerySet[Voter]:
    """Return those on the list, in the order of their numbers, without anything sealed."""
    return listed(election).only("number", "name", "sex", "group", "place").order_by("number")


def _numbers(election: Election, asked: PrintRequest) -> models.QuerySet[Voter]:
    """Return those of the numbers asked for: of people added later, of a card that was lost."""
    found = _voters(election)
    if asked.first:
        found = found.filter(number__gte=asked.first)
    return found.filter(number__lte=asked.last) if asked.last else found


def _slices(rows: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


# ── 选民证 ─────────────────────────────────────────────────────────────────────────────────────────────


def _cards(election: Election, head: Values, wanted: models.QuerySet[Voter]) -> Iterator[Part]:
    for voters in _slices(list(wanted), CARDS_A_PART):
        yield Part({"head": head, "cards": [_card(election, voter) for voter in voters]}, len(voters))


def _card(election: Election, voter: Voter) -> list[Any]:
    code = code_of(election.pk, voter.number or 0)
    return [voter.number, voter.name, voter.get_sex_display(), voter.group, spaced(code), qr(code)]


def qr(code: str) -> str:
    """Return the code as SVG: lines stay sharp in every size. One pattern for all, since it must be quick and always
    the same."""
    made = segno.make(code, mode="numeric", version=1, error="h", mask=1, boost_error=False)
    out = BytesIO()
    made.save(out, kind="svg", border=0, xmldecl=False, omitsize=True, svgclass=None, lineclass=None)
    return out.getvalue().decode()


# ── 选民登记核对表: household by household, before the roll is published and after ──────────────────────────


def _households(election: Election, head: Values, *, apart: bool) -> Iterator[Part]:
    community = election.village.is_community
    voters = in_order(roll_of(election).defer("id_sealed", "phone_sealed", "address_sealed"))
    houses = [
        {"group": group or NO_GROUP, "household": household, "people": [_member(each, community) for each in members]}
        for (group, household), members in groupby(voters, key=lambda voter: (voter.group, voter.household))
    ]
    for some in _slices(houses, HOUSEHOLDS_A_PART):
        people = sum(len(house["people"]) for house in some)
        yield Part({"head": head, "houses": some, "apart": apart}, people)


def _member(voter: Voter, community: bool) -> list[Any]:
    listing = "列入" if voter.listed else "未列入"
    word = category_word(voter.category, community=community)
    return [voter.number, voter.name, voter.get_sex_display(), word, listing]


# ── 领票登记表: the ledger of ballots handed out, one a table (VT-18) ──────────────────────────────────────


def tables_of(voters: list[Voter], tables: int, split: str) -> list[list[Voter]]:
    """Return voters by table, each in the order of the numbers: whole groups side by side, or equal runs of numbers."""
    if split == Split.NUMBERS:
        size = -(-len(voters) // tables)
        return [voters[start : start + size] for start in range(0, len(voters), size)]
    found: list[list[Voter]] = [[] for _ in range(tables)]
    placed = 0
    groups = [list(members) for _, members in groupby(sorted(voters, key=_by_group), key=lambda each: each.group)]
    for members in groups:  # a group goes where its middle falls when all are laid end to end
        middle = placed + len(members) / 2
        found[min(int(middle * tables / len(voters)), tables - 1)] += members
        placed += len(members)
    return [sorted(each, key=lambda voter: voter.number or 0) for each in found if each]


def _by_group(voter: Voter) -> tuple[str, int]:
    return voter.place.partition("\x1f")[0], voter.number or 0


def _issue(election: Election, head: Values, tables: list[list[Voter]]) -> Iterator[Part]:
    remarks = _remarks(election)
    for number, voters in enumerate(tables, 1):
        pages = list(_slices([_line(voter, remarks) for voter in voters], LINES_A_PAGE))
        table = {"number": number, "of": len(tables), "people": len(voters), "covers": _covers(voters),
                 "pages": len(pages)}  # fmt: skip
        for start in range(0, len(pages), PAGES_A_PART):
            some = pages[start : start + PAGES_A_PART]
            values = {"head": head, "table": table, "pages": some, "before": start, "lines": LINES_A_PAGE}
            yield Part(values, sum(map(len, some)))


def _line(voter: Voter, remarks: dict[Any, str]) -> list[Any]:
    return [voter.number, voter.name, voter.get_sex_display(), voter.group, remarks.get(voter.pk, "")]


def _remarks(election: Election) -> dict[Any, str]:
    """Return what the table has to know beforehand: a proxy in force, a box that goes to the house."""
    found = {each.voter_id: f"流动票箱（{each.route}）" for each in roving_voters(election)}
    return found | {each.principal_id: f"委托{each.agent.name}" for each in proxies_in_force(election)}


def _covers(voters: list[Voter]) -> str:
    """1组至4组 or 1号至500号."""
    groups = list(dict.fromkeys(voter.group or NO_GROUP for voter in voters))
    if len(groups) <= 6:
        return "、".join(groups)
    return f"{voters[0].number}号至{voters[-1].number}号"
