"""Reading areas for the frame of every page: the unit of a person, the offices he can call."""

from __future__ import annotations

from dataclasses import dataclass

from elections.models import Area, Role
from elections.permissions import Actor


@dataclass(frozen=True)
class Frame:
    """What of areas the frame of every page shows."""

    unit: str = ""  # the area of the first appointment; empty without any
    phones: tuple[dict[str, str], ...] = ()  # the offices above that left a number: whom to call (WCAG 3.2.6)


def frame(actor: Actor) -> Frame:
    """The unit of a person and the offices he can call, in one question."""
    above = {code[:length] for _, code in actor.posts for length in (6, 9)}
    own = {code for _, code in actor.posts[:1]}
    areas = Area.objects.filter(code__in=above | own).order_by("-code")
    return Frame(
        next((area.name for area in areas if area.code in own), ""),
        tuple(
            {"name": f"{area.name}换届办", "phone": area.phone} for area in areas if area.code in above and area.phone
        ),
    )


def duties(actor: Actor) -> list[tuple[str, Area]]:
    """The roles of a person with their areas, in words."""
    areas = Area.objects.in_bulk({code for _, code in actor.posts})
    return [(Role(role).label, areas[code]) for role, code in actor.posts]
