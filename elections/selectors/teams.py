"""Reading teams: the tenures of villages as values for the figures, in one statement for as many villages as are asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from elections.models import Area, Election, Person, Seated, TeamList, Tenure
from elections.permissions import Actor
from elections.rules.kinds import Body, Stage, Standing
from elections.rules.persons import label_in
from elections.rules.teams import Held, last, present

RECENT = timedelta(hours=24)


def tenures_of(codes: Iterable[str]) -> QuerySet[Tenure]:
    """Everything held in these villages, with the people; what was never held is left out."""
    found = Tenure.objects.filter(village__in=list(codes)).exclude(ending=Tenure.Ending.ERROR)
    return found.select_related("person__village").order_by("village_id", "body", "since", "pk")


def as_held(tenure: Tenure) -> Held:
    """The row as the rules take it."""
    who: Person = tenure.person
    label = who.label if who.village_id == tenure.village_id else label_in(who.label, who.village.name)
    return Held(
        str(who.pk), label, who.sex, tenure.body, tenure.office, tenure.since, tenure.until, tenure.ending,
        who.birth, who.education, who.politics,
    )  # fmt: skip


def teams_of(codes: Iterable[str], day: date) -> dict[str, tuple[tuple[Held, ...], tuple[Held, ...]]]:
    """Village → its present and its last team on that day; every village asked for is there."""
    held: dict[str, list[Held]] = {code: [] for code in codes}
    for tenure in tenures_of(held):
        held[tenure.village_id].append(as_held(tenure))
    return {code: (present(found, day), last(found, day)) for code, found in held.items()}


def not_seated_yet(election: Election) -> list[str]:
    """Who was elected, and is not in the team because the record does not say which person he is."""
    if (
        election.body != Body.VILLAGERS_COMMITTEE
        or election.stage != Stage.HANDOVER
        or election.standing == Standing.ANNULLED
    ):
        return []
    return list(Seated.objects.filter(election=election, person=None).order_by("pk").values_list("name", flat=True))


def one_of(election: Election, pk: int) -> Tenure | None:
    """A tenure of this village, with its person."""
    return Tenure.objects.filter(village=election.village_id, pk=pk).select_related("person", "village").first()


def lists_to_take_back(actor: Actor, code: str) -> QuerySet[TeamList]:
    """The lists of the last day that were taken in for this area or below, newest first."""
    since = timezone.now() - RECENT
    mine = actor.reaches(TeamList.objects.filter(taken_back_at=None, made_at__gte=since), "area_id", "team.record")
    return mine.filter(area__code__startswith=code).select_related("made_by", "area")


def villages_below(actor: Actor, code: str, rule: str) -> list[Area]:
    """The villages under this code in which one of his roles has the rule."""
    kinds = [Area.Kind.VILLAGE, Area.Kind.COMMUNITY]
    return list(actor.reaches(Area.objects.filter(code__startswith=code, kind__in=kinds), "code", rule))
