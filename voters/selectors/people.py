"""Finding people on the roll, for those who nominate, and telling people of one name apart."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q, QuerySet

from elections.models import Election
from elections.rules.persons import Described
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


def shared_names(election: Election, names: Collection[str]) -> dict[str, int]:
    """Of these names, those that several people on the list have, with how many."""
    found = listed(election).filter(name__in=names).order_by().values("name").annotate(n=Count("pk")).filter(n__gt=1)
    return dict(found.values_list("name", "n"))


def words_of(voter: Voter) -> str:
    """王伟（3组，1975年生）: with what tells him from his namesakes."""
    return Described(voter.name, voter.group, voter.birth).full


def age_of(voter: Voter, day: date) -> int:
    """满N周岁 on a day."""
    return age_on(voter.birth, day)
