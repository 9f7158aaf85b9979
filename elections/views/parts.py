"""Pages of facts: a page has parts, a part is one form for one row or for the rows of a ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpRequest, QueryDict

from elections.models import Election
from elections.permissions import Actor
from elections.rules.facts import Facts
from elections.selectors.pages import value_in_words
from elections.services import records

More = Callable[[HttpRequest, Election, Facts], dict[str, Any]]


def nothing_more(request: HttpRequest, election: Election, facts: Facts) -> dict[str, Any]:
    """Return a page that shows its parts and no more."""
    return {}


@dataclass(frozen=True)
class Part:
    """One form on a page and the rows it has made so far."""

    key: str
    title: str
    rule: str
    form: Any  # a RecordForm; a form or formset of its own in an ActPart
    rows: Callable[[Election], Iterable[models.Model]]
    saved: str  # what the message says now is
    submit: str = "保存"
    many: bool = False
    columns: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()  # columns that stand to the right
    empty: str = ""  # why a ledger is empty and what to do
    hint: str = ""
    template: str = "elections/_record.html"
    say: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)  # values that need other words
    when: Callable[[Election], bool] = lambda election: True

    def chosen(self, election: Election, pk: str = "") -> models.Model | None:
        """Return the row the form is about: the one asked for, the only one, or none yet. 404 for a foreign one."""
        if not self.many:
            return next(iter(self.rows(election)), None)
        if not pk:
            return None
        return self.row(election, pk)

    def row(self, election: Election, pk: str) -> models.Model:
        """Return one row of the ledger; 404 for one that is not of this election."""
        for row in self.rows(election):
            if str(row.pk) == pk:
                return row
        raise Http404

    def bind(
        self, election: Election, today: date, row: models.Model | None, data: QueryDict | None = None
    ) -> BaseForm:
        """Return the form, filled with the row."""
        return self.form(data, instance=row, prefix=self.key, election=election, today=today)

    def keep(self, election: Election, form: Any, *, actor: Actor, today: date) -> Iterable[str]:
        """Save what was typed. Returns what else the message should say."""
        records.record(election, form.save(commit=False), people=form.named, actor=actor)
        return ()

    def words(self, row: models.Model, name: str) -> str:
        """Return one value of a row as people read it."""
        return self.say[name](row) if name in self.say else value_in_words(row, name)


@dataclass(frozen=True)
class Page:
    """One address. ``name`` is also the worklist's; ``shared`` facts are kept with the villagers' committee's."""

    name: str
    title: str
    rule: str
    parts: tuple[Part, ...]
    hint: str = ""
    template: str = "elections/facts.html"
    shared: bool = False
    more: More = nothing_more

    def part(self, key: str, election: Election) -> Part:
        """Return the part called ``key``, the first without one; 404 for one that is not on the page now."""
        now = [part for part in self.parts if part.when(election)]
        found = [part for part in now if part.key == key] if key else now[:1]
        if not found:
            raise Http404
        return found[0]


@dataclass(frozen=True)
class ActPart(Part):
    """A form that asks a service for an act instead of filling a row; ``act`` returns notes for the message."""

    act: Callable[..., Iterable[str]] = field(default=lambda *args, **kwargs: ())

    def bind(
        self, election: Election, today: date, row: models.Model | None, data: QueryDict | None = None
    ) -> BaseForm:
        return self.form(data, prefix=self.key, election=election, today=today)

    def keep(self, election: Election, form: Any, *, actor: Actor, today: date) -> Iterable[str]:
        return self.act(election, form, actor=actor, today=today)
