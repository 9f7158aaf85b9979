"""Finding people on the roll, for those who nominate."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from elections.models import Election
from voters.models import Voter
from voters.rules.eligibility import age_on
from voters.selectors.roll import listed


def found_by_name(election: Election, text: str) -> QuerySet[Voter]:
    """Return those on the list whose name contains ``text`` or whose pinyin initials begin with it; nobody for no
    text."""
    said = text.strip()
    if not said:
        return listed(election).none()
    return listed(election).filter(Q(name__contains=said) | Q(initials__startswith=said.lower()))


def age_of(voter: Voter, day: date) -> int:
    """满N周岁 on a day."""
    return age_on(voter.birth, day)
