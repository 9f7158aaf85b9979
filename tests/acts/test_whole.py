"""No act is left half made: each story again, broken off behind its very last writing, leaves the database as it was."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from tests.acts.table import STORIES
from tests.acts.test_table import tell_all
from tests.acts.world import World
from tests.footprint import image

pytestmark = pytest.mark.django_db
WRITING = ("INSERT", "UPDATE", "DELETE")


class BrokenOff(Exception):
    """What a dying database connection would be."""


def is_act(path: str) -> bool:
    module, _, name = path.rpartition(".")
    return hasattr(getattr(importlib.import_module(module), name), "act_names")


def stories() -> Iterator[Any]:
    """Every story of an act, with the values it is told with."""
    tell_all()
    told = {story for path, named in STORIES.items() if is_act(path) for story in named}
    for name, module in sorted(sys.modules.items()):
        if not name.startswith("tests.acts.test_"):
            continue
        for story in vars(module).values():
            if getattr(story, "__module__", "") == name and getattr(story, "__name__", "") in told:
                marks = [mark for mark in getattr(story, "pytestmark", []) if mark.name == "parametrize"]
                values = [{mark.args[0]: mark.args[1][0]} for mark in marks]
                yield pytest.param(module, story, *(values or [{}]), id=story.__name__)


class Break:
    """Stands for ``only`` in a story: remembers the last writing of all its blocks, or raises behind that ``at``."""

    def __init__(self, at: int = 0) -> None:
        self.at = at
        self.writings = 0

    @contextmanager
    def only(self, **_: Any) -> Iterator[None]:
        before = image() if self.at else {}  # nothing is compared where nothing breaks
        try:
            with connection.execute_wrapper(self._count):
                yield
        except BrokenOff:
            assert image() == before
            raise

    def _count(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        answer = execute(sql, *rest)
        if sql.lstrip("( ").upper().startswith(WRITING):
            self.writings += 1
            if self.writings == self.at:
                raise BrokenOff
        return answer


@pytest.mark.parametrize(("module", "story", "values"), list(stories()))
def test_broken_off_behind_its_last_writing_an_act_leaves_nothing(
    world: World, monkeypatch, request, module, story, values
):
    told = story.__wrapped__
    names = told.__code__.co_varnames[1 : told.__code__.co_argcount]
    values = values | {name: request.getfixturevalue(name) for name in names if name not in values}
    counted = Break()
    monkeypatch.setattr(module, "only", counted.only)
    with transaction.atomic():
        told(world, **values)
        transaction.set_rollback(True)
    assert counted.writings > 0
    broken = Break(at=counted.writings)
    monkeypatch.setattr(module, "only", broken.only)
    with pytest.raises(BrokenOff):
        told(world, **values)
