"""Reading accounts and areas for the administrator of an area."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from elections.models import Appointment, Area, User
from elections.permissions import Actor

RULE = "accounts.manage"


def listed(actor: Actor, words: str) -> QuerySet[User]:
    """Return accounts with a duty in reach, found by name or account name."""
    duties = within_rule(actor)
    found = User.objects.filter(appointments__in=duties).distinct().order_by("username")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words))
    return found.prefetch_related(Prefetch("appointments", _open(duties).select_related("area"), to_attr="duties"))


def managed(actor: Actor) -> QuerySet[User]:
    """Return the accounts the actor may reset and close: all open duties lie in reach, and it is not their own."""
    elsewhere = _open(Appointment.objects.exclude(pk__in=within_rule(actor)))
    return listed(actor, "").exclude(pk__in=elsewhere.values("user")).exclude(pk=actor.user.pk)


def _open(duties: QuerySet[Appointment]) -> QuerySet[Appointment]:
    return duties.filter(Q(until=None) | Q(until__gt=timezone.localdate()))


def one_of(actor: Actor, pk: int) -> User:
    """Return one of the accounts the actor may reset and close; ``Http404`` otherwise."""
    found = managed(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def appointment_of(actor: Actor, pk: int) -> Appointment:
    """Return one open duty in reach, never one's own; ``Http404`` otherwise."""
    found = _open(within_rule(actor)).exclude(user=actor.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def within_rule(actor: Actor) -> QuerySet[Appointment]:
    return actor.reaches(Appointment.objects.all(), "area_id", RULE)


def areas(actor: Actor) -> QuerySet[Area]:
    """Return areas in reach of the administrator."""
    return actor.reaches(Area.objects.all(), "code", "areas.manage").order_by("code")
