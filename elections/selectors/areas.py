"""Reading areas for the frame of every page: the unit of a person, the offices he can call."""

from __future__ import annotations

from elections.models import Area, Role
from elections.permissions import Actor


def unit_name(actor: Actor) -> str:
    """The area of the first appointment; empty without any."""
    if not actor.posts:
        return ""
    return Area.objects.values_list("name", flat=True).get(code=actor.posts[0][1])


def help_phones(actor: Actor) -> list[dict[str, str]]:
    """The offices above this person that left a number: whom to call when stuck (WCAG 3.2.6)."""
    codes = {code[:length] for _, code in actor.posts for length in (6, 9)}
    areas = Area.objects.filter(code__in=codes).exclude(phone="").order_by("-code")
    return [{"name": f"{area.name}换届办", "phone": area.phone} for area in areas]


def duties(actor: Actor) -> list[tuple[str, Area]]:
    """The roles of a person with their areas, in words."""
    areas = Area.objects.in_bulk({code for _, code in actor.posts})
    return [(Role(role).label, areas[code]) for role, code in actor.posts]
