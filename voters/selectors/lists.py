"""The roll as a list: who, in which order, what may be shown to whom, what goes into a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from elections.models import Election, Role
from elections.permissions import Actor, within
from voters.models import RollExport, Voter
from voters.rules.categories import category_words
from voters.rules.eligibility import Category
from voters.sealing import masked_numbers, open_column
from voters.selectors.breakdown import Breakdown, Totals
from voters.selectors.roll import roll_of

AT_ONCE = 500
EXPORT_HEAD = ("序号", "姓名", "性别", "民族", "村民小组", "户号", "身份证号", "登记类型", "名单", "备注")


def totals(election: Election) -> Totals:
    return Breakdown(election).totals


def everybody(election: Election) -> QuerySet[Voter]:
    """Return the rows of the list page, in the order of the roll."""
    return roll_of(election).order_by("place", "number", "name", "pk")


def works_on_record(actor: Actor, election: Election) -> bool:
    """Return whether numbers are shown with six and four digits, or only three and three."""
    return bool({Role.VILLAGE, Role.TOWNSHIP} & actor.roles_at(election.village_id))


def find_voter(election: Election, actor: Actor, voter_id: object) -> Voter:
    """Return one row of this roll within reach, or ``Http404``."""
    mine = roll_of(election).select_related(
        "circumstances", "election__village", "election__cycle", "source", "last_change"
    )
    return within(actor, mine, "election__village_id", pk=voter_id)


def by_number(election: Election, number: int) -> Voter | None:
    """Return who has that number on the list."""
    return roll_of(election).filter(listed=True, number=number).select_related("circumstances").first()


def left_out(election: Election) -> list[Voter]:
    """Return those who are registered but not on the list."""
    return list(roll_of(election).filter(listed=False).order_by("place", "name"))


def sheet(election: Election, voters: QuerySet[Voter], *, outer: bool) -> Iterator[tuple[object, ...]]:
    """Return the rows of an export, numbers masked; an allow-list of columns."""
    yield EXPORT_HEAD
    page: list[Voter] = []
    for voter in voters.iterator(AT_ONCE):
        page.append(voter)
        if len(page) == AT_ONCE:
            yield from _sheet_rows(election, page, outer)
            page = []
    yield from _sheet_rows(election, page, outer)


def full_sheet(asked: RollExport, voters: QuerySet[Voter]) -> Iterator[tuple[object, ...]]:
    """Return the rows of a list with full numbers, above them who took it for what: an import takes that for a
    title."""
    when = timezone.localtime(asked.asked_at)
    yield (f"第{asked.number}份", f"导出人：{asked.asked_by.name}", f"{when:%Y-%m-%d %H:%M}", f"用途：{asked.reason}")
    yield EXPORT_HEAD
    page = list(voters)
    for row, number in zip(_sheet_rows(asked.election, page, outer=False), open_column("id_number", page), strict=True):
        yield (*row[:6], number, *row[7:])


def exports_of(election: Election) -> QuerySet[RollExport]:
    """Return the lists with full numbers that were asked for."""
    return RollExport.objects.filter(election=election).select_related("asked_by", "agreed_by")


def _sheet_rows(election: Election, page: list[Voter], outer: bool) -> Iterator[tuple[object, ...]]:
    words = category_words(community=election.village.is_community)
    for voter, number in zip(page, masked_numbers(page, outer=outer), strict=True):
        listing = "列入" if voter.listed else f"未列入：{voter.get_omission_display()}"
        yield (
            voter.number or "", voter.name, voter.get_sex_display(), voter.ethnicity, voter.group, voter.household,
            number, words[Category(voter.category)], listing, voter.remark,
        )  # fmt: skip
