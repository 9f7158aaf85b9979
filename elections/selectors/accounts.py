"""Reading accounts and areas for the administrator of an area."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from elections.models import Appointment, Area, User
from elections.permissions import Actor

RULE = "accounts.manage"


def listed(actor: Actor, words: str) -> QuerySet[User]:
    """Accounts with a duty in reach, found by name or account name."""
    duties = actor.reaches(Appointment.objects.all(), "area_id", RULE)
    found = User.objects.filter(appointments__in=duties).distinct().order_by("username")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words))
    return found.prefetch_related(Prefetch("appointments", _open(duties), to_attr="duties"))


def _open(duties: QuerySet[Appointment]) -> QuerySet[Appointment]:
    today = timezone.localdate()
    return duties.filter(Q(until=None) | Q(until__gt=today)).select_related("area")


def one_of(actor: Actor, pk: int) -> User:
    """An account all of whose duties lie in reach; ``Http404`` otherwise."""
    found = listed(actor, "").filter(pk=pk).first()
    if found is None or found.pk == actor.user.pk:
        raise Http404
    return found


def appointment_of(actor: Actor, pk: int) -> Appointment:
    """One open duty in reach, never one's own; ``Http404`` otherwise."""
    found = within_rule(actor).exclude(user=actor.user).filter(pk=pk, until=None).first()
    if found is None:
        raise Http404
    return found


def within_rule(actor: Actor) -> QuerySet[Appointment]:
    return actor.reaches(Appointment.objects.all(), "area_id", RULE)


def areas(actor: Actor) -> QuerySet[Area]:
    """Areas in reach of the administrator."""
    return actor.reaches(Area.objects.all(), "code", "areas.manage").order_by("code")
