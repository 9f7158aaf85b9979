"""Four villages in two counties, each with a rare character that nobody else has, and everybody who walks among them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from config.demo.people import people
from config.demo.walk import STOPS, Walk
from elections.models import Appointment, Area, Cycle, Election, Kinship, Role, User
from elections.permissions import actor_of
from elections.rules.kinds import Body
from elections.services import jobs, records
from elections.services.beginning import begin_cycle
from tests.addresses import Address, addresses
from tests.make import a_user, rows_of_module

A, B, C, D = "990100101201", "990100101202", "990100102201", "990200101201"
# fmt: off
VILLAGES = {
    # code: (canary, how far, election day from today)
    A: ("䴉", "closed",     -20),
    B: ("䴘", "vetting",     12),
    C: ("䴙", "objections",  29),
    D: ("䶮", "rerun",       -2),
}
ACTORS = {
    # name         role             area           account is closed or the duty withdrawn
    "village":    (Role.VILLAGE,    A,             ""),
    "sibling":    (Role.VILLAGE,    B,             ""),
    "town":       (Role.TOWNSHIP,   "990100101",   ""),
    "cousin":     (Role.TOWNSHIP,   "990100102",   ""),
    "polling":    (Role.TOWNSHIP,   "990200101",   ""),
    "county":     (Role.COUNTY,     "990100",      ""),
    "foreign":    (Role.COUNTY,     "990200",      ""),
    "vetting":    (Role.VETTING,    "990100",      ""),
    "auditor":    (Role.AUDITOR,    "990100101",   ""),
    "inspector":  (Role.INSPECTOR,  "990100102",   ""),
    "leader":     (Role.LEADER,     "990100",      ""),
    "admin":      (Role.ADMIN,      "990100",      ""),
    "nobody":     (None,            "",            ""),
    "withdrawn":  (Role.TOWNSHIP,   "990100101",   "withdrawn"),
    "closed":     (Role.COUNTY,     "990100",      "closed"),
}
# fmt: on


@dataclass
class World:
    """The villages and who walks among them."""

    elections: dict[str, Election]
    users: dict[str, User]
    addresses: dict[str, list[Address]]  # of each village, found once: everybody walks the same

    def role(self, name: str) -> str | None:
        """The role in force."""
        role, _, state = ACTORS[name]
        return None if state else role

    def reaches(self, name: str, code: str) -> bool:
        """Whether a place lies under this person's area; an administrator reaches accounts, never a village's work."""
        return self.role(name) is not None and code.startswith(ACTORS[name][1])


@contextmanager
def a_world(blocker: Any) -> Iterator[World]:
    """The world for the tests of one module."""
    with rows_of_module(blocker):
        yield _build(timezone.localdate())


def _build(today: date) -> World:
    for code, kind in (("990100", "county"), ("990200", "county"), ("990100101", "town"), ("990100102", "town"),
                       ("990200101", "town")):  # fmt: skip
        Area.objects.create(code=code, name=f"地{code[-3:]}", kind=kind)
    for code, (canary, _, _) in VILLAGES.items():
        Area.objects.create(
            code=code, name=f"{canary}村", kind="village", population=900, households=250, party_members=30
        )
    offices = {code: _office(code) for code in ("990100", "990200")}
    elections = {code: _walk(code, offices[code[:6]], today) for code in VILLAGES}
    users = {name: _actor(name, *who, today) for name, who in ACTORS.items()}
    return World(elections, users, {code: list(addresses(election)) for code, election in elections.items()})


def _office(county: str) -> User:
    """One person with both duties of a county, so that the walk needs nobody else."""
    user = a_user(Role.COUNTY, county, username=f"office-{county}")
    Appointment.objects.create(user=user, role=Role.TOWNSHIP, area_id=county, since=date(2020, 1, 1))
    today = timezone.localdate()
    begin_cycle(
        Area.objects.get(code=county), "届", term_no=12, starts_on=today - timedelta(days=90),
        ends_on=today + timedelta(days=90), pack="national-2025", actor=user,
    )  # fmt: skip
    return user


def _walk(code: str, office: User, today: date) -> Election:
    canary, until, offset = VILLAGES[code]
    cycle = Cycle.objects.get(county_id=code[:6])
    election = Election.objects.select_related("village", "cycle").get(
        village_id=code, cycle=cycle, body=Body.VILLAGERS_COMMITTEE
    )
    poll, actor = today + timedelta(days=offset), actor_of(office)
    villagers = [replace(person, name=person.name + canary) for person in people(code, 140, poll)]
    walk = Walk(election, poll, today, actor, actor, villagers)
    for act in STOPS[until]:
        act(walk)
    kin = Kinship(election=election, name=f"甲{canary}", other=f"乙{canary}", relation="child")
    records.remove(walk.election, records.record(walk.election, kin, actor=actor), actor=actor)
    return walk.election


def _actor(name: str, role: str | None, area: str, state: str, today: date) -> User:
    user = a_user(role, area or None, username=f"walker-{name}")
    if state == "withdrawn":
        Appointment.objects.filter(user=user).update(until=today)
    if state == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    if role not in (None, Role.ADMIN, Role.VETTING) and not state:
        jobs.ask("print_paper", {"paper": str(uuid4())}, by=user, area_code=area)
    return User.objects.get(pk=user.pk)
