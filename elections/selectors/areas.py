"""Reading areas for the frame of every page: the unit of a person, the offices he can call."""

from __future__ import annotations

from dataclasses import dataclass

from elections.models import Area, Role
from elections.permissions import Actor


@dataclass(frozen=True)
class Unit:
    """Where a person works, and the offices above that left a number: whom to call when stuck (WCAG 3.2.6)."""

    name: str
    phones: list[dict[str, str]]


def unit_of(actor: Actor) -> Unit:
    """The area of the first appointment; no name without any."""
    if not actor.posts:
        return Unit("", [])
    own, offices = actor.posts[0][1], {code[:length] for _, code in actor.posts for length in (6, 9)}
    areas = {area.code: area for area in Area.objects.filter(code__in={own, *offices}).order_by("-code")}
    phones = [
        {"name": f"{area.name}换届办", "phone": area.phone}
        for code, area in areas.items()
        if code in offices and area.phone
    ]
    return Unit(areas[own].name, phones)


def duties(actor: Actor) -> list[tuple[str, Area]]:
    """The roles of a person with their areas, in words."""
    areas = Area.objects.in_bulk({code for _, code in actor.posts})
    return [(Role(role).label, areas[code]) for role, code in actor.posts]
