"""The kinds of background jobs: what does one, what people call it, who may take its result away.

Any app's `tasks.py` adds a kind:

    @handler("print_document", title="打印文书", rule="papers.view")
    def print_document(work: Work) -> None:
        pdf = …                                             # slow; work.progress(3, 10) now and then
        with work.finishing(result=store.put(pdf), name="….pdf"):
            Paper.objects.create(…)                         # the rows and the job's end commit together

A handler may be started twice (a worker died, a bell rang twice): what stands before `finishing` is harmless twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.module_loading import autodiscover_modules

Do = Callable[[Any], None]  # of the `leases.Work` in hand, which stands a floor above


@dataclass(frozen=True)
class Handler:
    """One kind of job. `rule`: the permission one must still have to take its result away."""

    kind: str
    do: Do
    title: str
    rule: str
    version: int


HANDLERS: dict[str, Handler] = {}


def handler(kind: str, *, title: str = "", rule: str = "", version: int = 1) -> Callable[[Do], Do]:
    """Register the function that does a kind of job. Raise `version` when its arguments change."""

    def register(do: Do) -> Do:
        HANDLERS[kind] = Handler(kind, do, title or kind, rule, version)
        return do

    return register


def handler_of(kind: str) -> Handler | None:
    """Return the handler of a kind; the `tasks` modules of all apps are loaded when it is not known yet."""
    if kind not in HANDLERS:
        autodiscover_modules("tasks")
    return HANDLERS.get(kind)
