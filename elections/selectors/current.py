"""The elections that the lists show: of each village the villagers' committee's newest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from elections.models import Area, Election
from elections.models.areas import CODE_LENGTHS
from elections.permissions import Actor
from elections.rules.kinds import Body

TOWNSHIP = Substr("village_id", 1, CODE_LENGTHS["township"])  # its code, of an election


def current() -> QuerySet[Election]:
    """The villagers' committee's election of each village: the newest attempt in the newest cycle."""
    return _newest().all()


@cache
def _newest() -> QuerySet[Election]:
    """The same, built once and never asked as it is."""
    same = Election.objects.filter(village=OuterRef("village"), body=Body.VILLAGERS_COMMITTEE)
    begun = Q(cycle__starts_on=OuterRef("cycle__starts_on"))
    later = Q(cycle__starts_on__gt=OuterRef("cycle__starts_on"))
    later |= begun & Q(attempt__gt=OuterRef("attempt"))
    later |= begun & Q(attempt=OuterRef("attempt"), pk__gt=OuterRef("pk"))
    return Election.objects.filter(~Exists(same.filter(later)), body=Body.VILLAGERS_COMMITTEE)


def elections_in_reach(actor: Actor, rule: str) -> QuerySet[Election]:
    """Return those in reach of this actor under ``rule``."""
    return actor.reaches(current(), "village_id", rule)


def by_keys(keys: Iterable[int]) -> QuerySet[Election]:
    """Return these elections in the order of the lists."""
    return Election.objects.filter(pk__in=list(keys)).order_by("village_id")


@dataclass(frozen=True)
class Township:
    """A township with the number of its villages among those asked for."""

    code: str
    name: str
    villages: int


def townships(elections: QuerySet[Election]) -> list[Township]:
    """Return the townships that these elections' villages belong to."""
    name = Subquery(Area.objects.filter(code=OuterRef("town")).values("name"))
    found = elections.order_by().annotate(town=TOWNSHIP).values("town").annotate(villages=Count("pk"), name=name)
    return [Township(each["town"], each["name"] or each["town"], each["villages"]) for each in found.order_by("town")]
