"""The world of these stories: built once, in a transaction that is rolled back behind the last of them."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

pytest.register_assert_rewrite("tests.footprint", "tests.acts.table")

from tests.acts.world import World  # noqa: E402  what is rewritten is imported afterwards


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker) -> Iterator[World]:
    """Each story runs in a savepoint of its own (``django_db``), so all begin with the same rows, in the same hour."""
    with time_machine.travel("2026-12-20T09:05:00+08:00", tick=True), django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
