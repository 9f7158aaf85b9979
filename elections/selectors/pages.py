"""Reading for the pages of facts: what stands against their tasks, what is next, a row in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import QuerySet

from elections.models import Election
from elections.rules import machine, worklist
from elections.rules.facts import Facts
from elections.rules.timetable.items import Item
from elections.rules.wording import cn_date, count
from elections.selectors.village import open_deadlines

NO_DATA = "--"


def problems_on(page: str, election: Election, facts: Facts) -> tuple[machine.Problem, ...]:
    """Return what the guards of the page's tasks still say: the same sentences as on the step they stop."""
    tasks = worklist.tasks_on(page, election.body, election.stage)
    guards = {guard.name: guard for task in tasks for guard in task.guards}
    return machine.problems(guards.values(), facts, election.policy)


def deadlines_on(page: str, election: Election, facts: Facts) -> list[Item]:
    """Return the open deadlines of the page's tasks; none while election day is not set."""
    keys = {task.due for task in worklist.tasks_on(page, election.body, election.stage)}
    return list(open_deadlines(election, facts, keys).values())


def next_words(page: str, election: Election, facts: Facts) -> str:
    """Return the next step after something was recorded: what the page still lacks, else the next task of the stage."""
    missing = [problem.text for problem in problems_on(page, election, facts) if problem.blocks]
    if missing:
        return f"这一页还差{len(missing)}项：{missing[0]}。"
    states = worklist.states_of(election.body, election.stage, facts, election.policy)
    waiting = [state.task.title for state in states if not state.done]
    if waiting:
        return f"这一页的事项已办齐。下一步：{waiting[0]}。"
    return "这一页的事项已办齐，本环节没有其他未办的事项。"


def ledger(name: str, *order: str) -> Callable[[Election], QuerySet[Any]]:
    """Return how to read the rows of an election that hang on it under ``name``."""

    def rows(election: Election) -> QuerySet[Any]:
        found = getattr(election, name).all()
        return found.order_by(*order) if order else found

    return rows


def single(name: str) -> Callable[[Election], list[models.Model]]:
    """Return how to read the one row of an election called ``name``, in a list that is empty while nobody recorded
    it."""
    return lambda election: [getattr(election, name)] if hasattr(election, name) else []


def value_in_words(row: models.Model, name: str) -> str:
    """Return one value of a row in people's words: choices by their label, dates and counts as `wording` puts them."""
    display = getattr(row, f"get_{name}_display", None)
    return words_for(display() if display else getattr(row, name))


def words_for(value: Any) -> str:
    """Return a value as people read it; nothing is ``--``, no is a word."""
    if value is None or value == "":
        return NO_DATA
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return cn_date(value)
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    return count(value) if isinstance(value, int) else str(value)
