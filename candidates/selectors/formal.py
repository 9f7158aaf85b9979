"""The formal list: who may be on it, how it was published, whether it still holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from candidates.models import FormalList, Nominee, PublishedLine
from candidates.rules import listing, withdrawals
from candidates.selectors.nominees import nominees_of, seats_of
from elections.models import Election
from elections.rules.counting.offices import Office
from elections.rules.names import bare
from elections.rules.wording import cn_date
from voters.selectors.people import age_of


def formal_candidates(election: Election) -> QuerySet[Nominee]:
    """Return the formal candidates in the published order."""
    return nominees_of(election).exclude(formal_order=None).order_by("office", "formal_order")


def formal_lists_of(election: Election) -> QuerySet[FormalList]:
    """Return every published list, oldest first."""
    return FormalList.objects.filter(election=election)


def formal_list_of(election: Election) -> FormalList | None:
    """Return the list as last published, or ``None``."""
    return formal_lists_of(election).last()


def met_voters_on(election: Election) -> date | None:
    """Return the day the candidates met the voters, whichever list it was noted on (NM-14)."""
    return formal_lists_of(election).exclude(met_voters_on=None).values_list("met_voters_on", flat=True).last()


def published_in_force(election: Election) -> FormalList | None:
    """Return the last list, if it still says who stands: after a withdrawal it has to be published again (NM-13)."""
    last = formal_list_of(election)
    return last if last and says_who_stands(last, formal_candidates(election)) else None


def says_who_stands(last: FormalList, nominees: Iterable[Nominee]) -> bool:
    """Return whether a list as it was posted names the formal candidates among these nominees, in their order."""
    formal = [(_rank(each), each.formal_order, each) for each in nominees if each.formal_order is not None]
    return [(each.office, each.name) for *_, each in sorted(formal, key=itemgetter(0, 1))] == _published(last)


def same_as_published(election: Election, order: Mapping[str, Sequence[int]]) -> bool:
    """Return whether publishing ``order`` would say what the last list says."""
    last = formal_list_of(election)
    names = dict(nominees_of(election).values_list("pk", "name"))
    offices = sorted(order, key=lambda office: Office(office).rank)
    return last is not None and _published(last) == [(each, names[key]) for each in offices for key in order[each]]


def lines_to_publish(election: Election) -> list[PublishedLine]:
    """Return what is posted of each formal candidate, highest office first."""
    day = election.poll_day or timezone.localdate()
    rows = _by_rank(formal_candidates(election).select_related("voter"))
    return [
        PublishedLine(
            each.office,
            each.name,
            each.get_sex_display(),
            age_of(each.voter, day) if each.voter else None,
            each.party,
            each.education,
            each.present_post,
        )
        for each in rows
    ]


def listing_line_of(nominee: Nominee) -> listing.Line:
    """A nominee, with his row of the roll, as the rules of the list take him."""
    by_voters = nominee.source == Nominee.Source.VOTERS
    birth, group = (nominee.voter.birth, nominee.voter.place) if nominee.voter else (None, "")
    return listing.Line(nominee.pk, nominee.name, nominee.sex, nominee.votes, by_voters, birth, group)


def passed_by_office(election: Election) -> dict[str, list[listing.Line]]:
    """Return office → everybody who passed the vetting and is not barred, in the order proposed (NM-12); highest office
    first."""
    blocking, policy = frozenset(election.policy.blocking_codes), election.policy
    found: dict[str, list[listing.Line]] = {office: [] for office in _ranked(seats_of(election))}
    for each in nominees_of(election).filter(first_check="passed", conclusion="passed").select_related("voter"):
        if not blocking.intersection(each.bar_codes):
            found.setdefault(each.office, []).append(listing_line_of(each))
    return {office: listing.proposed(lines, policy) for office, lines in found.items()}


def groups_to_publish(election: Election, order: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    """Return the check page: for each office its seats and its rows in ``order``, with what the place rests on."""
    rows = {each.pk: each for each in nominees_of(election).select_related("voter")}
    seats = seats_of(election)
    chosen = [(office, [rows[key] for key in keys if key in rows]) for office, keys in order.items()]
    return [
        {
            "office": Office(office),
            "seats": seats.get(office, 0),
            "rows": [{"nominee": each, "place": words} for each, words in zip(found, _places(found), strict=True)],
            "note": listing.order_note(list(map(listing_line_of, found)), election.policy),
        }
        for office, found in chosen
    ]


def _places(people: Sequence[Nominee]) -> list[str]:
    """王4 伟6; of namesakes also when they were born, which puts the elder first."""
    times = Counter(bare(each.name) for each in people)
    return [
        listing.strokes(each.name)
        + (f"，{cn_date(each.voter.birth)}生" if each.voter and times[bare(each.name)] > 1 else "")
        for each in people
    ]


def who_follows(nominee: Nominee) -> withdrawals.Chosen[str]:
    """NM-13: who takes the place of a formal candidate who withdraws; nobody while there is no formal list."""
    if nominee.formal_order is None:
        return withdrawals.Chosen(())
    same = nominees_of(nominee.election).filter(office=nominee.office)
    formal = list(same.exclude(formal_order=None).values_list("name", "pk"))
    able = [(line.name, line.key) for line in passed_by_office(nominee.election).get(nominee.office, ())]
    votes = {(each.name, each.pk): each.votes for each in same}
    next_ = withdrawals.after_withdrawal(formal, {(nominee.name, nominee.pk)}, votes, able)
    return withdrawals.Chosen(_names(next_.names), _names(next_.equal), next_.places)


def candidates_sheet(election: Election) -> list[list[object]]:
    """Return the list of nominees as rows of a spreadsheet, the head first; no numbers of persons."""
    day = election.poll_day or timezone.localdate()
    head: list[object] = ["职务", "姓名", "性别", "年龄", "政治面貌", "文化程度", "现任职务", "提名方式", "提名票",
            "镇初审", "县联审结论", "正式候选人次序"]  # fmt: skip
    rows = _by_rank(nominees_of(election).select_related("voter"))
    return [head] + [
        [
            Office(each.office).label, each.name, each.get_sex_display(),
            age_of(each.voter, day) if each.voter else "", each.party, each.education, each.present_post,
            each.get_source_display(), each.votes, each.get_first_check_display(), each.get_conclusion_display(),
            each.formal_order or "",
        ]
        for each in rows
    ]  # fmt: skip


def _names(people: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(name for name, _ in people)


def _published(formal: FormalList) -> list[tuple[str, str]]:
    return [(each.office, each.name) for each in formal.candidates]


def _by_rank(rows: QuerySet[Nominee]) -> list[Nominee]:
    return sorted(rows, key=_rank)


def _rank(nominee: Nominee) -> int:
    return Office(nominee.office).rank


def _ranked(offices: Mapping[str, int]) -> list[str]:
    return sorted(offices, key=lambda office: Office(office).rank)
