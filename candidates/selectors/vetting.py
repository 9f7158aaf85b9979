"""The vetting across villages: who awaits a conclusion, what was decided, what should be looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from candidates.models import Decision, Nominee
from candidates.rules import kinship
from candidates.selectors.nominees import bars_of, everybody_nominated
from elections.models import Area, Election
from elections.permissions import Actor
from elections.rules.counting.kin import near_kin
from elections.rules.counting.offices import Office
from elections.rules.election_committee import kin_word
from elections.rules.kinds import Stage, Standing
from elections.rules.names import bare
from elections.selectors.kin import Pair, names_in, pairs_in, ties_of
from voters.selectors import people


def awaiting(actor: Actor, rule: str) -> QuerySet[Nominee]:
    """Return everybody in reach who passed the first check, in elections that stand in the vetting."""
    reach = actor.reaches(everybody_nominated(), "election__village_id", rule)
    found = reach.filter(
        election__stage=Stage.VETTING,
        election__standing=Standing.ACTIVE,
        withdrawn_on=None,
        first_check=Nominee.FirstCheck.PASSED,
    )
    return found.order_by("election__village_id", "office", "-votes", "pk")


def townships_in(nominees: QuerySet[Nominee]) -> dict[str, str]:
    """Return code → name of the townships these persons live in."""
    codes = {code[:9] for code in nominees.order_by().values_list("election__village_id", flat=True).distinct()}
    return dict(Area.objects.filter(code__in=codes).values_list("code", "name"))


def decisions_on(nominee: Nominee) -> QuerySet[Decision]:
    """Return everything decided on a person, oldest first."""
    return Decision.objects.filter(nominee=nominee).select_related("made_by")


def age_of(nominee: Nominee) -> int | None:
    """满N周岁 on election day, today while the day is not set; ``None`` for a person no longer on the roll."""
    if nominee.voter is None:
        return None
    return people.age_of(nominee.voter, nominee.election.poll_day or timezone.localdate())


@dataclass(frozen=True)
class Around:
    """What somebody nominated in one election is looked at beside: everybody by the names of its list.

    ``pairs``: declared relations; ``offices``: how many each is nominated for; ``namesakes``: how many people of the
    roll have a name, where several have it.
    """

    pairs: Collection[Pair]
    offices: Mapping[str, int]
    namesakes: Mapping[str, int]


def flags_of(nominees: Iterable[Nominee]) -> dict[int, list[str]]:
    """Return nominee → what should be looked at: facts for those who decide, no verdicts."""
    rows = list(nominees)
    around = _around({each.election_id: each.election for each in rows}, rows)
    return {each.pk: _flags(each, around[each.election_id]) for each in rows}


def _around(elections: Mapping[int, Election], rows: list[Nominee]) -> dict[int, Around]:
    field: dict[int, list[tuple[UUID | None, str]]] = defaultdict(list)
    standing = Nominee.objects.filter(election__in=list(elections), withdrawn_on=None)
    for pk, person, name in standing.values_list("election_id", "person_id", "name"):
        field[pk].append((person, name))
    ties = ties_of(elections, {each.village_id for each in elections.values()})
    return {
        pk: Around(
            pairs_in(ties, pk, election.village_id, names_in(field[pk])),
            Counter(name for _, name in field[pk]),
            people.shared_names(election, {_name_of(each) for each in rows if each.election_id == pk}),
        )
        for pk, election in elections.items()
    }


def _flags(nominee: Nominee, around: Around) -> list[str]:
    found, offices = [], around.offices.get(nominee.name, 0)
    if nominee.voter is None or not nominee.voter.listed:
        found.append("已不在选民名单上")
    many = around.namesakes.get(_name_of(nominee))
    if many:
        who = f"本人是{people.words_of(nominee.voter)}" if nominee.voter else "请核对是哪一人"
        found.append(f"名单上有{many}人同名，{who}")
    if offices > 1:
        found.append(f"同时被提名为{offices}个职务的人选，须是选举办法允许的")
    return found + _kin_flags(nominee, around)


def _kin_flags(nominee: Nominee, around: Around) -> list[str]:
    policy = nominee.election.policy
    found = []
    for one, other, relation in around.pairs:
        if nominee.name not in (one, other):
            continue
        relative = other if one == nominee.name else one
        clash = kinship.among_candidates({one, other} & set(around.offices), [(one, other, relation)], policy)
        if clash:
            found.append(clash[0].text)
        elif relative in around.offices:
            near = "是" if near_kin(relation, policy.kin_scope) else "不属于"
            found.append(f"与候选人{relative}登记有亲属关系（{kin_word(relation)}），{near}规定的近亲属")
    return found


def _name_of(nominee: Nominee) -> str:
    """As the roll has it."""
    return nominee.voter.name if nominee.voter else bare(nominee.name)


def queue_sheet(nominees: Iterable[Nominee]) -> list[list[object]]:
    """Return persons of the vetting as rows of a spreadsheet, the head first; no numbers of persons."""
    head: list[object] = ["乡镇（街道）", "村（社区）", "姓名", "性别", "年龄", "政治面貌", "拟任职务", "负面清单情形", "镇初审意见",
            "县联审结论", "结论理由"]  # fmt: skip
    rows = list(nominees)
    towns = dict(
        Area.objects.filter(code__in={each.election.village_id[:9] for each in rows}).values_list("code", "name")
    )
    return [head] + [
        [
            towns.get(each.election.village_id[:9], ""), each.election.village.name, each.name,
            each.get_sex_display(), age_of(each) or "", each.party, Office(each.office).label,
            "、".join(bar.words for bar in bars_of(each)), each.first_check_reason,
            each.get_conclusion_display() or "未作结论", each.conclusion_reason,
        ]
        for each in rows
    ]  # fmt: skip
