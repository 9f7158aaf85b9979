"""Villages that have come some way already, made by the services as the demonstration makes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from django.db import transaction
from django.utils import timezone

from config.demo.people import people
from config.demo.walk import VOTERS, Act, Walk
from elections.models import Area, Election, Role, User
from elections.permissions import Actor, actor_of
from elections.rules.kinds import Body
from elections.services.beginning import begin_cycle
from tests.elections.make_persons import renamed
from tests.make import VILLAGE

Called = Mapping[int, tuple[str, str]]
NOBODY: Called = MappingProxyType({})


@transaction.atomic
def walk(county: Area, *acts: Act, poll_in: int, called: Called = NOBODY) -> Election:
    """The village's election after ``acts``, with election day ``poll_in`` days from today; ``called``: see `renamed`."""
    today = timezone.localdate()
    poll = today + timedelta(days=poll_in)
    start, end = poll - timedelta(days=120), poll + timedelta(days=120)
    begin_cycle(county, "测试换届", term_no=12, starts_on=start, ends_on=end, pack="national-2025", actor=None)
    election = Election.objects.get(village_id=VILLAGE, body=Body.VILLAGERS_COMMITTEE)
    return onward(election, *acts, poll_in=poll_in, called=called)


@transaction.atomic
def onward(election: Election, *acts: Act, poll_in: int, called: Called = NOBODY) -> Election:
    """The same election after further acts."""
    today = timezone.localdate()
    poll = today + timedelta(days=poll_in)
    villagers = renamed(people(VILLAGE, VOTERS, poll), called)
    found = Walk(election, poll, today, _actor(Role.TOWNSHIP), _actor(Role.COUNTY), villagers)
    for act in acts:
        act(found)
    return Election.objects.get(pk=election.pk)


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _actor(role: str) -> Actor:
    return actor_of(User.objects.get(username=role))
