"""Forms that name people of the roll: typed by name, initials or number, picked where several are meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from elections.forms.fields import PlainForm
from elections.models import Election
from voters.models import Voter
from voters.selectors.finding import Meant, find_meant

PICKED = "_number"  # after a field's name: the number picked among several people


class WhoField(forms.CharField):
    """A person of the roll as typed; the form finds out who is meant."""

    def __init__(self, **options: Any):
        attrs = {"autocomplete": "off", "spellcheck": "false", "class": "in-sm"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs), **options)


class MeantForm(PlainForm):
    """A form some of whose fields name people. ``people`` holds who is meant; :meth:`voter` the one, when valid."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, election: Election, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.election = election

    @property
    def who(self) -> tuple[str, ...]:
        return tuple(name for name, field in self.fields.items() if isinstance(field, WhoField))

    @property
    def last_who(self) -> str:
        """Below this field stands who is meant."""
        return self.who[-1]

    def looked(self) -> dict[str, Meant]:
        """Return who is meant by what stands in the fields now, valid or not."""
        return {name: self._meant(name) for name in self.who}

    def _meant(self, name: str) -> Meant:
        said = self.data if self.is_bound else self.initial
        return find_meant(self.election, str(said.get(name, "")), str(said.get(name + PICKED, "")))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        self.people = self.looked()
        for name, each in self.people.items():
            if each.why_not and name not in self.errors:
                self.add_error(name, each.why_not)
        return found

    def voter(self, name: str) -> Voter:
        one = self.people[name].voter
        assert one is not None  # the form is valid
        return one
