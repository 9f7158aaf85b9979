"""Words of nominations for pages: offices, relations, decisions."""

from __future__ import annotations

from django import template

from candidates.models import Decision, Nominee
from elections.rules import election_committee
from elections.rules.counting.offices import Office

register = template.Library()


@register.filter
def office_word(office: str) -> str:
    """chair → 主任"""
    return Office(office).label if office in Office._value2member_map_ else str(office)


@register.filter
def kin_word(relation: str) -> str:
    """child → 子女"""
    return election_committee.kin_word(relation)


@register.filter
def decision_word(decision: Decision) -> str:
    """Return what was decided, in the words of its act; a reopening names the conclusion it took back."""
    if decision.act == Decision.Act.FIRST_CHECK:
        return str(Nominee.FirstCheck(decision.outcome).label)
    label = str(Nominee.Conclusion(decision.outcome).label)
    return f"原结论{label}，重新审查" if decision.act == Decision.Act.REOPENED else label
