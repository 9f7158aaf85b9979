"""Reading the cycles of a county."""

from django.db.models import Count, QuerySet

from elections.models import Area, Cycle, Role
from elections.permissions import Actor


def county_of(actor: Actor) -> Area:
    """Return the county this person's office is."""
    code = next(area for role, area in actor.posts if role == Role.COUNTY)
    return Area.objects.get(code=code[:6])


def cycles(county: Area) -> QuerySet[Cycle]:
    """Return newest first, with the number of villages in each."""
    return Cycle.objects.filter(county=county).annotate(villages=Count("elections__village", distinct=True))


def villages(county: Area) -> int:
    """Return how many villages and communities would take part in a new cycle."""
    return Area.objects.filter(code__startswith=county.code, kind__in=["village", "community"]).count()
