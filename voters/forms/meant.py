"""Forms that name people of the roll: typed by name, initials or number, picked where several are meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from elections.forms.fields import PlainForm
from elections.forms.persons import NamesPeople
from elections.models import Election
from voters.models import Voter
from voters.selectors.finding import Meant, find_meant

PICKED = "_number"  # after a field's name: the number picked among several people


class WhoField(forms.CharField):
    """A person of the roll as typed; the form finds out who is meant."""

    def __init__(self, **options: Any):
        attrs = {"autocomplete": "off", "spellcheck": "false", "class": "in-sm"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs), **options)


class MeantForm(NamesPeople, PlainForm):
    """A form some of whose fields name people of the roll. ``people`` holds who is meant; :meth:`voter` the one, when
    valid."""

    asks: type[forms.Field] | tuple[type[forms.Field], ...] = WhoField

    def __init__(self, data: Mapping[str, Any] | None = None, *, election: Election, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.election = election

    @property
    def last_who(self) -> str:
        """Below this field stands who is meant."""
        return self.voters_asked[-1]

    @property
    def voters_asked(self) -> tuple[str, ...]:
        return tuple(name for name in self.who if isinstance(self.fields[name], WhoField))

    def meant_by(self, name: str) -> Meant:
        said = self.data if self.is_bound else self.initial
        return find_meant(self.election, str(said.get(name, "")), str(said.get(name + PICKED, "")))

    def voter(self, name: str) -> Voter:
        one = self.people[name].voter
        assert one is not None  # the form is valid
        return one
