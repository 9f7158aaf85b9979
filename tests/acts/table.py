"""The table of acts: service → the stories that make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import Any

from tests import footprint

Service = Callable[..., Any]
STORIES: dict[str, set[str]] = defaultdict(set)


# Acts in the table that leave no line of their own, and why.
WITHOUT_LINE = {
    "elections.services.accounts.change_font": "one's own size of type is nobody's business",
    "elections.services.accounts.token_being_set_up": "nothing holds before the token answers: confirm_token",
    "elections.services.jobs.ask": "the act that asks writes the line",
    "elections.services.rounds.open_round": "part of a step, whose line tells of it",
    "elections.services.summaries.refresh_all": "a figure worked out anew from what stands",
    "voters.services.imports.choose_sheet": "a draft: the line of the import tells what came of it",
    "voters.services.repairs.note_choices": "a draft: the line of the import tells what came of it",
    "voters.services.repairs.note_columns": "a draft: the line of the import tells what came of it",
    "voters.services.repairs.note_repairs": "a draft: the line of the import tells what came of it",
    "voters.services.repairs.note_returned": "a draft: the line of the import tells what came of it",
    "voters.services.repairs.note_row_decisions": "a draft: the line of the import tells what came of it",
    "voters.services.repairs.settle_group": "a draft: the line of the import tells what came of it",
}


def name_of(service: Service) -> str:
    return f"{service.__module__}.{service.__name__}"


def of(*services: Service) -> Callable[[Service], Service]:
    """Enter a story in the table; it fails when it does not make these acts, or they leave no line."""

    def enter(story: Service) -> Service:
        for service in services:
            STORIES[name_of(service)].add(story.__name__)

        @wraps(story)
        def told(*args: Any, **kwargs: Any) -> None:
            footprint.CALLED.clear(), footprint.WRITTEN.clear()
            story(*args, **kwargs)
            assert [name_of(each) for each in services if not footprint.called(each)] == []
            silent = [] if footprint.WRITTEN else [name_of(each) for each in services]
            assert [name for name in silent if name not in WITHOUT_LINE] == []

        return told

    return enter
