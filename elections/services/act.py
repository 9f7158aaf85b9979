"""One act, one door: all or nothing, on the election as it is now, with a line in the journal.

    @act("poll_day.set", "设定选举日")
    def set_poll_day(election, day, *, actor):
        was = picture(election)
        …
        note(election, was=was)

The election is the first argument, the ``election`` of that row, or what ``of`` names on it. An act may be made of
others: they share its transaction and its lock. Called with ``key=`` (a UUID), an act is made once for that key.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import reduce, wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from elections import journal
from elections.models import Act, Election
from elections.models.acts import ALREADY, digest_of
from elections.permissions import Actor
from elections.services.hold import Overtaken, overtaken_by
from elections.services.lines import NOW, Making, being_made
from elections.services.summaries import mark

P = ParamSpec("P")
R = TypeVar("R")


def act(
    name: str | Mapping[str, str] = "", words: str = "", *, of: str = "election", silent: str = ""
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare what the journal and people call an act: one name, several as a mapping, none for an act made of acts.

    ``silent`` says why this one writes no line; any other raises ``LookupError`` without one, unless it said
    ``unchanged``.
    """
    declared = ({name: words} if name else {}) if isinstance(name, str) else name
    journal.declare(declared)

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(service)

        @wraps(service)
        def whole(*args: P.args, **given: P.kwargs) -> R:
            key = None if "key" in signature.parameters else given.pop("key", None)
            asked = signature.bind(*args, **given)
            with _made(Making(tuple(declared), asked.arguments.get("actor"), NOW.get())) as making:
                if key is not None:
                    _once(UUID(str(key)), making, service.__qualname__)
                result = service(*_held(making, asked.args, of), **asked.kwargs)
                if not (making.settled or silent):
                    raise LookupError(f"{service.__qualname__} ended without a journal line")
            return result

        whole.act_names, whole.silent = tuple(declared), silent  # type: ignore[attr-defined]
        return whole

    return decorate


def part(function: Callable[P, R]) -> Callable[P, R]:
    """Mark what writes only within an act: ``RuntimeError`` outside of one."""

    @wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        being_made()
        return function(*args, **kwargs)

    inside.is_part = True  # type: ignore[attr-defined]
    return inside


@contextmanager
def _made(making: Making) -> Iterator[Making]:
    """Open one transaction; at its end the lists are marked, once for all acts on one election."""
    before = NOW.set(making)
    try:
        with transaction.atomic():
            yield making
            if making.noted and making.held is not None and _locked(making.held, making.outer) is None:
                mark(making.held)
    finally:
        NOW.reset(before)
    if making.outer is not None:
        making.outer.noted |= making.noted
        making.outer.settled |= making.settled and not making.outer.names


def _held(making: Making, args: tuple[Any, ...], of: str) -> tuple[Any, ...]:
    """Lock the election of the first argument; the arguments with that election as it is now.

    Raises :class:`Overtaken` when its stage or standing is no longer what the caller saw.
    """
    first, *rest = args or (None,)
    *way, last = of.split(".")
    owner = reduce(getattr, way, first)
    given = first if isinstance(first, Election) else getattr(owner, last, None)
    if not isinstance(given, Election):
        return args
    held = making.held = _locked(given, making.outer) or _lock(given)
    if (held.stage, held.standing) != (given.stage, given.standing):
        raise Overtaken(overtaken_by(held))
    if given is first:
        return held, *rest
    setattr(owner, last, held)
    return args


def _lock(election: Election) -> Election:
    """Lock the election, so that nobody else acts on it meanwhile; rows that point at it may be written (``no_key``).
    SQLite ignores the lock: there the transaction itself is one (``IMMEDIATE``)."""
    held = Election.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("village", "cycle").get(pk=election.pk)


def _locked(election: Election, making: Making | None) -> Election | None:
    """Return the election as this act, or one around it, holds it."""
    while making is not None:
        if making.held is not None and making.held.pk == election.pk:
            return making.held
        making = making.outer
    return None


def _once(key: UUID, making: Making, service: str) -> None:
    """Take the key as a form takes its own; :class:`Overtaken` when an act was made under it before."""
    user = making.actor.user if isinstance(making.actor, Actor) else making.actor
    mine = Act(user=user, key=key, method="ACT", path=service, digest=digest_of([("ACT", service)]))
    if mine.claim() is not None:
        raise Overtaken(ALREADY)
