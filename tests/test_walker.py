"""The world walker: every address, as every role, with own, sibling, parent and foreign ids.

No answer may show the character of a village outside the actor's reach; what is out of reach answers like what does not
exist; what is in reach opens exactly where the literal tables say so. What may be changed: test_walker_changes.py.
"""

from __future__ import annotations

import functools
import json
import logging
import shutil
import subprocess
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from elections.models import User
from elections.permissions import PUBLIC
from elections.rules.kinds import Stage
from tests.addresses import Address, expected
from tests.make_world import ACTORS, VILLAGES, A, D, World, a_world

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.sqlite,  # one long walk is enough: the scope is the same code
]
LEAST = 270  # addresses that everybody walks: a page that falls out of the walk is noticed


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    with a_world(django_db_blocker) as world:
        yield world


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Thousands of refusals are what is wanted here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def a_client(user: User) -> Client:
    client = Client(raise_request_exception=False)
    if user.is_active:
        client.force_login(user)
    return client


@pytest.mark.parametrize("name", ACTORS)
def test_every_address_opens_for_whom_it_is_meant(world, name):
    client, role = a_client(world.users[name]), world.role(name)
    foreign = {canary for code, (canary, _, _) in VILLAGES.items() if not world.reaches(name, code)}
    walked: set[str] = set()
    wrong, leaks = [], []
    for code in VILLAGES:
        reached = world.reaches(name, code)
        for address in world.addresses[code]:
            if address.page in walked:
                continue
            walked.add(address.page)
            answer = client.get(address.page)
            due = expected(role, reached, address, "get")
            if not world.users[name].is_active:
                due = 0 if address.rule("get") == PUBLIC else 302
            if not _as_due(answer.status_code, due, address):
                wrong.append((address.page, answer.status_code, due))
            body = _body(answer)
            leaks += [(address.page, canary) for canary in foreign if canary in body]
    assert wrong == []
    assert leaks == []
    assert len(walked) >= LEAST, len(walked)


def _as_due(status: int, due: int, address: Address) -> bool:
    """The refusal that is due and no other; what is not refused opens, leads on, or is not there."""
    if due:
        return status == due
    return status in (200, 302, 404) or address.name == "healthz"


def _body(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    words = _words_of(content) if content.startswith(b"%PDF-") else content.decode("utf-8", "replace")
    return words + json.dumps(dict(answer.headers), ensure_ascii=False)


@functools.lru_cache(maxsize=64)
def _words_of(pdf: bytes) -> str:
    """What can be read in it: three bytes of a packed face may spell any character."""
    command = [shutil.which("pdftotext") or "pdftotext", "-q", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode("utf-8", "replace")


def test_what_is_out_of_reach_answers_like_what_does_not_exist(world):
    client = a_client(world.users["village"])
    foreign = client.get(reverse("village", args=[D]))
    nowhere = client.get(reverse("village", args=["990999999999"]))
    assert (foreign.status_code, nowhere.status_code) == (404, 404)
    assert _without_tokens(foreign.content) == _without_tokens(nowhere.content)


def _without_tokens(content: bytes) -> list[str]:
    return [line for line in content.decode().splitlines() if "csrf" not in line and 'name="act"' not in line]


def test_the_walker_bites_when_the_scope_is_gone(world, monkeypatch):
    """The same look without the scope filter finds the foreign village: the walker is not blind."""
    monkeypatch.setattr("elections.permissions.Actor.reaches", lambda self, queryset, field, rule="": queryset)
    monkeypatch.setattr("elections.permissions.why_not_by_role", lambda actor, name, code: None)
    client = a_client(world.users["village"])
    assert VILLAGES[D][0] in _body(client.get(reverse("village", args=[D])))
    assert Stage(world.elections[D].stage) == Stage.VOTING


def test_the_walker_knows_what_is_his_own(world):
    """The canary of his own village does stand on his own pages: it is the same character that is looked for."""
    assert VILLAGES[A][0] in _body(a_client(world.users["village"]).get(reverse("village", args=[A])))
