"""The world walker: every address, as every role, with own, sibling, parent and foreign ids (C01–C04, C07, C13, C15).

Four villages in two counties each carry a rare character that nobody else has. No answer may show the character of a
village outside the actor's reach, and what is out of reach answers like what does not exist.
"""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from audits.models import Finding, Objection, Publication
from candidates.models import Nominee
from config.demo.people import people
from config.demo.walk import STOPS, Walk
from elections.models import Appointment, Area, Cycle, Election, Job, Paper, Role, User
from elections.permissions import actor_of
from elections.rules.kinds import Body, Stage
from elections.services import jobs
from elections.services.beginning import begin_cycle
from tests.make import a_user
from tests.test_architecture import patterns
from voters.models import CheckIn, HelpedVoter, ProxyVote, RollImport, RollObjection, RollVersion, RovingVoter, Voter

A, B, C, D = "990100101201", "990100101202", "990100102201", "990200101201"
# fmt: off
VILLAGES = {
    # code: (canary, how far, election day from today)
    A: ("䴉", "closed",     -20),
    B: ("䴘", "vetting",     12),
    C: ("䴙", "objections",  29),
    D: ("䶮", "rerun",       -2),
}
ACTORS = (
    # name         role             area           account is closed or the duty withdrawn
    ("village",    Role.VILLAGE,    A,             ""),
    ("sibling",    Role.VILLAGE,    B,             ""),
    ("town",       Role.TOWNSHIP,   "990100101",   ""),
    ("cousin",     Role.TOWNSHIP,   "990100102",   ""),
    ("county",     Role.COUNTY,     "990100",      ""),
    ("foreign",    Role.COUNTY,     "990200",      ""),
    ("vetting",    Role.VETTING,    "990100",      ""),
    ("auditor",    Role.AUDITOR,    "990100101",   ""),
    ("inspector",  Role.INSPECTOR,  "990100102",   ""),
    ("leader",     Role.LEADER,     "990100",      ""),
    ("admin",      Role.ADMIN,      "990100",      ""),
    ("nobody",     None,            "",            ""),
    ("withdrawn",  Role.TOWNSHIP,   "990100101",   "withdrawn"),
    ("closed",     Role.COUNTY,     "990100",      "closed"),
)
# fmt: on
WORDS = {
    "stage": ["registration", "voting"],
    "step": ["open_poll", "return_vetting"],
    "act": ["close", "annul"],
    "guard": ["talks_held"],
    "kind": ["roll"],
    "topic": ["decide"],
    "number": [1],
    "mark": ["ABCDEF123456"],
    "model": ["posting"],
    "office": ["chair"],
    "key": ["ID_CHECKSUM"],
    "purpose": ["plan"],
    "part": ["members"],
}  # fmt: skip


@dataclass
class World:
    """The villages and who walks among them."""

    elections: dict[str, Election]
    users: dict[str, User]

    def reach(self, name: str) -> set[str]:
        posts = Appointment.objects.filter(user=self.users[name], until=None).values_list("area_id", flat=True)
        return {code for code in VILLAGES for area in posts if code.startswith(area)}


@pytest.fixture
def world(db) -> World:
    today = timezone.localdate()
    for code, kind in (("990100", "county"), ("990200", "county"), ("990100101", "town"), ("990100102", "town"),
                       ("990200101", "town")):  # fmt: skip
        Area.objects.create(code=code, name=f"地{code[-3:]}", kind=kind)
    for code, (canary, _, _) in VILLAGES.items():
        Area.objects.create(
            code=code, name=f"{canary}村", kind="village", population=900, households=250, party_members=30
        )
    offices = {code: _office(code) for code in ("990100", "990200")}
    elections = {code: _walk(code, offices[code[:6]], today) for code in VILLAGES}
    users = {name: _actor(name, role, area, state, today) for name, role, area, state in ACTORS}
    return World(elections, users)


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
        village_id=code, cycle=cycle, body=Body.COMMITTEE
    )
    poll, actor = today + timedelta(days=offset), actor_of(office)
    villagers = [replace(person, name=person.name + canary) for person in people(code, 140, poll)]
    walk = Walk(election, poll, today, actor, actor, villagers)
    for act in STOPS[until]:
        act(walk)
    return walk.election


def _actor(name: str, role: str | None, area: str, state: str, today: date) -> User:
    user = a_user(role, area or None, username=f"walker-{name}")
    if state == "withdrawn":
        Appointment.objects.filter(user=user).update(until=today)
    if state == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    if role not in (None, Role.ADMIN, Role.VETTING) and not state:
        jobs.ask("print_paper", {"paper": str(uuid4())}, by=user, area_code=area)
    return user


def rows_of(election: Election, name: str) -> list[Any]:
    """The ids that an address called ``name`` takes for this village. A new kind of address must be named here."""
    inside = {"election": election}
    table = (
        ("audit_finding", Finding.objects.filter(audit__election=election)),
        ("audit_publication", Publication.objects.filter(audit__election=election)),
        ("audit_extend", Publication.objects.filter(audit__election=election)),
        ("audit_objection", Objection.objects.filter(audit__election=election)),
        ("nominee_propose", Voter.objects.filter(**inside)),
        ("candidate", Nominee.objects.filter(**inside)),
        ("nominee", Nominee.objects.filter(**inside)),
        ("paper", Paper.objects.filter(**inside)),
        ("job", Job.objects.filter(area_code=election.village_id)),
        ("account", User.objects.filter(appointments__area_id=election.village_id)),
        ("duty", Appointment.objects.filter(area_id=election.village_id)),
        ("row", election.postings.all()),
        ("removal", election.removals.all()),
        ("import", RollImport.objects.filter(**inside)),
        ("roll_objection", RollObjection.objects.filter(**inside)),
        ("roll_appeal", RollObjection.objects.filter(**inside)),
        ("roll_version", RollVersion.objects.filter(**inside)),
        ("proxy", ProxyVote.objects.filter(**inside)),
        ("roving", RovingVoter.objects.filter(**inside)),
        ("helper", HelpedVoter.objects.filter(**inside)),
        ("check_in", CheckIn.objects.filter(round__election=election)),
        ("voter", Voter.objects.filter(**inside)),
        ("roll", Voter.objects.filter(**inside)),
    )
    for prefix, found in table:
        if name.startswith(prefix):
            return list(found.order_by("pk").values_list("pk", flat=True)[:2])
    raise AssertionError(f"the walker does not know what {name} takes: add it to rows_of")


def addresses(pattern: URLPattern, election: Election) -> Iterator[str]:
    """The addresses of one pattern for one village: every id it takes, or one that does not exist."""
    names = pattern.pattern.converters
    kwargs: dict[str, Any] = {}
    many = None
    for name, converter in names.items():
        if name == "code" and "villages/" in str(pattern.pattern):
            kwargs[name] = election.village_id
        elif name in WORDS:
            kwargs[name] = 3 if name == "step" and "Int" in type(converter).__name__ else WORDS[name][0]
        else:
            many = name
            missing = uuid4() if "UUID" in type(converter).__name__ else 987654321
    if many is None:
        yield reverse(pattern.name, kwargs=kwargs)
        return
    for pk in rows_of(election, pattern.name) or [missing]:
        yield reverse(pattern.name, kwargs=kwargs | {many: pk})


def census() -> dict[str, int]:
    """How many rows every table of ours has, sessions and answers left out."""
    own = ("elections", "voters", "candidates", "audits")
    skipped = {"Act", "Tally"}
    models = [model for label in own for model in apps.get_app_config(label).get_models()]
    return {model.__name__: model.objects.count() for model in models if model.__name__ not in skipped}


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="one long walk is enough: the scope is the same code")
def test_no_role_sees_a_village_that_is_not_its_own(world):
    logging.disable(logging.CRITICAL)  # thousands of refusals are what is wanted here
    requests, leaks, errors = 0, [], []
    before = census()
    for name, user in world.users.items():
        client = Client(raise_request_exception=False)
        if user.is_active:
            client.force_login(user)
        reach = world.reach(name)
        for code, election in world.elections.items():
            foreign = {canary for other, (canary, _, _) in VILLAGES.items() if other not in reach}
            for _, pattern in patterns():
                if pattern.name in ("logout", "login"):
                    continue
                for address in addresses(pattern, election):
                    for method in ("get", "post") if code not in reach and code in address else ("get",):
                        data = {"act": str(uuid4())} if method == "post" else {}
                        answer = getattr(client, method)(address, data)
                        requests += 1
                        body = _body(answer)
                        leaks += [(name, method, address, canary) for canary in foreign if canary in body]
                        if answer.status_code >= 500 and address != "/healthz":
                            errors.append((name, method, address, answer.status_code))
                        if code not in reach and code in address:
                            assert answer.status_code in (302, 404), (name, method, address, answer.status_code)
    logging.disable(logging.NOTSET)
    assert leaks == []
    assert errors == []
    assert census() == before
    assert requests >= 5000, requests
    print(f"\nwalker: {requests} requests, {len(leaks)} leaks")


def _body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"%PDF-"):  # what can be read in it: three bytes of a packed face may spell any character
        command = [shutil.which("pdftotext") or "pdftotext", "-q", "-", "-"]
        content = subprocess.run(command, input=content, capture_output=True, check=True).stdout
    return content.decode("utf-8", "replace") + json.dumps(dict(answer.headers), ensure_ascii=False)


@pytest.mark.slow
def test_what_is_out_of_reach_answers_like_what_does_not_exist(world):
    client = Client()
    client.force_login(world.users["village"])
    foreign = client.get(reverse("village", args=[D]))
    nowhere = client.get(reverse("village", args=["990999999999"]))
    assert (foreign.status_code, nowhere.status_code) == (404, 404)
    assert _without_tokens(foreign.content) == _without_tokens(nowhere.content)


def _without_tokens(content: bytes) -> list[str]:
    return [line for line in content.decode().splitlines() if "csrf" not in line and 'name="act"' not in line]


def test_the_walker_bites_when_the_scope_is_gone(world, monkeypatch):
    """The same look without the scope filter finds the foreign village: the walker is not blind."""
    monkeypatch.setattr("elections.permissions.Actor.reaches", lambda self, queryset, field, rule="": queryset)
    monkeypatch.setattr("elections.permissions.role_reason", lambda actor, name, code: None)
    client = Client()
    client.force_login(world.users["village"])
    assert VILLAGES[D][0] in _body(client.get(reverse("village", args=[D])))
    assert Stage(world.elections[D].stage) == Stage.VOTING
