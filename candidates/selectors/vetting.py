"""The vetting across villages: who awaits a conclusion, what was decided, what should be looked at."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.utils import timezone

from candidates.models import Decision, Nominee
from candidates.rules import kinship
from candidates.selectors.nominees import bars_of, everybody_nominated
from elections.models import Area, Kinship
from elections.permissions import Actor
from elections.rules.counting.kin import near_kin
from elections.rules.counting.offices import Office
from elections.rules.election_committee import kin_word
from elections.rules.kinds import Stage, Standing
from voters.selectors import people
from voters.selectors.roll import listed


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


def flags_of(nominees: Iterable[Nominee]) -> dict[int, list[str]]:
    """Return nominee → what should be looked at: facts for those who decide, no verdicts."""
    rows = list(nominees)
    elections = {each.election_id: each.election for each in rows}
    ties, field, twins = _ties(elections), _field(elections), _twins(rows)
    return {each.pk: _flags(each, ties[each.election_id], field[each.election_id], twins) for each in rows}


def _flags(nominee: Nominee, ties: list[Kinship], field: Counter[str], twins: Counter[tuple[int, str]]) -> list[str]:
    found = []
    if nominee.voter is None or not nominee.voter.listed:
        found.append("已不在选民名单上")
    if twins[nominee.election_id, nominee.name] > 1:
        found.append(f"名单上有{twins[nominee.election_id, nominee.name]}人同名，请核对是哪一人")
    if field[nominee.name] > 1:
        found.append(f"同时被提名为{field[nominee.name]}个职务的人选，须是选举办法允许的")
    return found + _kin_flags(nominee, ties, field)


def _kin_flags(nominee: Nominee, ties: list[Kinship], field: Counter[str]) -> list[str]:
    policy = nominee.election.policy
    found = []
    for tie in ties:
        if nominee.name not in (tie.name, tie.other):
            continue
        other = tie.other if tie.name == nominee.name else tie.name
        pair = [(tie.name, tie.other, tie.relation)]
        clash = kinship.among_candidates({nominee.name, other} & set(field), pair, policy)
        if clash:
            found.append(clash[0].text)
        elif other in field:
            near = "是" if near_kin(tie.relation, policy.kin_scope) else "不属于"
            found.append(f"与候选人{other}登记有亲属关系（{kin_word(tie.relation)}），{near}规定的近亲属")
    return found


def _ties(elections: Iterable[int]) -> dict[int, list[Kinship]]:
    found: dict[int, list[Kinship]] = defaultdict(list)
    for tie in Kinship.objects.filter(election__in=list(elections)):
        found[tie.election_id].append(tie)
    return found


def _field(elections: Iterable[int]) -> dict[int, Counter[str]]:
    """Return election → name → offices the person is nominated for."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Nominee.objects.filter(election__in=list(elections), withdrawn_on=None)
    for election, name in rows.values_list("election_id", "name"):
        found[election][name] += 1
    return found


def _twins(rows: list[Nominee]) -> Counter[tuple[int, str]]:
    """(Election, name) → people of that name on its roll."""
    found: Counter[tuple[int, str]] = Counter()
    for election in {each.election_id: each.election for each in rows}.values():
        names = {each.name for each in rows if each.election_id == election.pk}
        counted = listed(election).filter(name__in=names).order_by().values_list("name").annotate(n=Count("pk"))
        found.update({(election.pk, name): n for name, n in counted})
    return found


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
