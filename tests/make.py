"""Factories for tests: plain functions that give valid things unless told otherwise. All persons are invented."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction

from elections.models import Appointment, Area, Cycle, Election, Role, User
from elections.permissions import Actor, actor_of
from elections.rules import policy
from elections.rules.kinds import Body, Stage

COUNTY, TOWN, VILLAGE = "990100", "990100101", "990100101201"
PASSWORD = "a-long-test-password"


@contextmanager
def rows_of_module(blocker: Any) -> Iterator[None]:
    """What is made within stays for all tests of a module, each of which takes back its own; nothing is left afterwards.

    ``blocker`` is the fixture ``django_db_blocker``; the fixture that uses this also asks for ``django_db_setup``.
    """
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def an_area(code: str = VILLAGE, name: str = "", **fields) -> Area:
    """The area of that code and those above it."""
    for length, kind in ((6, Area.Kind.COUNTY), (9, Area.Kind.TOWN)):
        if len(code) > length:
            Area.objects.get_or_create(code=code[:length], defaults={"name": f"测试{code[:length]}", "kind": kind})
    kind = {6: Area.Kind.COUNTY, 9: Area.Kind.TOWN}.get(len(code), Area.Kind.VILLAGE)
    area, _ = Area.objects.get_or_create(
        code=code, defaults={"name": name or f"测试{code[-3:]}村", "kind": kind, **fields}
    )
    return area


def a_user(role: str | None = Role.TOWNSHIP, code: str | None = None, username: str = "", **fields) -> User:
    """An account with one appointment; a township's user in TOWN, a village's in VILLAGE, a county's in COUNTY."""
    code = code or {Role.TOWNSHIP: TOWN, Role.VILLAGE: VILLAGE}.get(role, COUNTY)
    username = username or f"{role or 'nobody'}-{User.objects.count()}"
    user = User.objects.create_user(username, PASSWORD, name=fields.pop("name", f"测试员{username}"), **fields)
    if role:
        Appointment.objects.create(user=user, role=role, area=an_area(code), since=date(2020, 1, 1))
    return user


def an_actor(role: str = Role.TOWNSHIP, code: str | None = None) -> Actor:
    """Somebody who may act, as services take him."""
    return actor_of(a_user(role, code))


def a_cycle(code: str = COUNTY, pack: str = "national-2025") -> Cycle:
    """The county's running cycle."""
    found = Cycle.objects.filter(county_id=code, pack=pack).first()
    return found or Cycle.objects.create(
        county=an_area(code),
        name="测试换届",
        term_no=12,
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 6, 30),
        pack=pack,
    )


def an_election(
    stage: str = Stage.PREPARATION,
    *,
    code: str = VILLAGE,
    body: str = Body.VILLAGERS_COMMITTEE,
    pack: str = "national-2025",
    **fields,
) -> Election:
    """An election that stands in ``stage`` without the facts that led there; tests add the facts they speak of."""
    return Election.objects.create(
        village=an_area(code),
        cycle=a_cycle(code[:6], pack),
        body=body,
        stage=stage,
        pack=pack,
        policy_values=policy.freeze(policy.load(pack)),
        **fields,
    )
