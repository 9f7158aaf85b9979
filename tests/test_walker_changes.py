"""The walker who changes things: every address that takes a change, as every role.

Out of reach there is nothing; in reach 403 exactly for the roles and 409 exactly in the stages of the literal tables, and
nothing is changed. What the tables allow is sent too, and taken back after each request.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client

from elections.permissions import PUBLIC
from tests.addresses import Address, expected
from tests.elections import permission_table as table
from tests.make_world import ACTORS, VILLAGES, World, a_world

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.sqlite,  # one long walk is enough: the scope is the same code
]
LEAST = 300
OWN = ("elections", "voters", "candidates", "audits")
NOT_COUNTED = {"Act", "Tally"}  # the answers kept for a repetition, and how often somebody asked


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


def census() -> dict[str, list[tuple]]:
    """Every row of the small tables of ours, and how many rows the large ones have."""
    models = [model for label in OWN for model in apps.get_app_config(label).get_models()]
    return {model.__name__: _told(model) for model in models if model.__name__ not in NOT_COUNTED}


def _told(model) -> list[tuple]:
    number = model.objects.count()
    return [(number,)] if number > 100 else [(number,), *model.objects.order_by("pk").values_list()]


@pytest.mark.parametrize("name", ACTORS)
def test_every_change_is_made_by_whom_and_when_it_is_meant(world, name):
    client, user, role = Client(raise_request_exception=False), world.users[name], world.role(name)
    if user.is_active:
        client.force_login(user)
    before, walked, wrong = census(), set(), []
    for code in VILLAGES:
        reached = world.reaches(name, code)
        for address in world.addresses[code]:
            key = address.url if reached else address.page  # the parts of a page differ only for whom they are there
            if key in walked or not table.ADDRESSES[address.name][1]:
                continue
            walked.add(key)
            due = expected(role, reached, address, "post")
            if not user.is_active:
                due = 0 if address.rule("post") == PUBLIC else 302
            status = _post(client, address, kept=bool(due))
            if not _as_due(status, due):
                wrong.append((address.url, status, due))
    assert wrong == []
    assert census() == before
    assert len(walked) >= LEAST, len(walked)


def _post(client: Client, address: Address, *, kept: bool) -> int:
    """Send an empty form; ``kept``: whatever it should change wrongly stays and is found afterwards."""
    with transaction.atomic():
        answer = client.post(address.url, {"act": str(uuid4())})
        if not kept:
            transaction.set_rollback(True)
    return answer.status_code


def _as_due(status: int, due: int) -> bool:
    """The refusal that is due and no other; what is not refused is done, asks for more, is too late or not there."""
    return status == due if due else status in (200, 302, 404, 409, 422)
