"""Reading the areas of a person."""

from __future__ import annotations

from elections.models import Area, Role
from elections.permissions import Actor


def duties(actor: Actor) -> list[tuple[str, Area]]:
    """Return the roles of a person with their areas, in words."""
    areas = Area.objects.in_bulk({code for _, code in actor.posts})
    return [(Role(role).label, areas[code]) for role, code in actor.posts]
