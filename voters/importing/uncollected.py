"""Handling many rows without the garbage collector, which would look through all of them again and again."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def uncollected(act: Callable[P, R]) -> Callable[P, R]:
    """Pause the collector while ``act`` runs: it makes a great many objects and no circles among them."""

    @wraps(act)
    def quick(*args: P.args, **kwargs: P.kwargs) -> R:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return act(*args, **kwargs)
        finally:
            if was_on:
                gc.enable()

    return quick
