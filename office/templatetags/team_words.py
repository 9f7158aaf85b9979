"""Words for the codes of a team."""

from __future__ import annotations

from django import template

from elections.rules.counting.offices import Office
from elections.rules.kinds import SEXES, Body

register = template.Library()


@register.filter
def post_words(post: tuple[str, str]) -> str:
    """村党组织书记"""
    body, office = post
    return f"{Body(body).label}{Office(office).label}"


@register.filter
def sex_word(sex: str) -> str:
    return SEXES.get(sex, "--")
