"""A form for one row of facts: reads what clerks type, says what to do, takes only days that have come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models

from elections.forms.dates import DateField, TimeField
from elections.forms.fields import CountField, MoneyField, speak_plainly
from elections.forms.persons import NamesPersons, typed_as
from elections.models import Election
from elections.rules.wording import cn_date
from elections.selectors.persons import Chosen, label_here
from elections.selectors.places import COLUMNS

RADIO_UP_TO = 5  # choices shown at once; more fold into a list
LARGEST_SMALL = 9_999


class NotYet:
    """A field that may still be empty although it will be asked for: the page does not call it 选填."""

    def validate(self, value: Any) -> None:
        """Take an empty field for not known yet."""


class CountNotYet(NotYet, CountField):
    """A count that nobody may know yet."""


class CountToCome(CountNotYet):
    """The same where the table has no place for "not known": empty is kept as 0 and 0 is shown empty."""

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0

    def prepare_value(self, value: Any) -> Any:
        return "" if value == 0 else value


class DayToCome(NotYet, DateField):
    """A day that may still lie ahead of the one who types."""

    def __init__(self, **options: Any):
        super().__init__(**({"help_text": "办完后填写"} | options | {"required": True}))


def field_for(column: models.Field, **options: Any) -> forms.Field | None:
    """Return the form field of a model's column; ``Meta.formfield_callback`` of every form here."""
    if isinstance(column, models.CharField) and column.choices:
        return _choice(column)
    if isinstance(column, models.DateField) and column.null:
        return DayToCome(label=options.get("label", column.verbose_name))
    for kind, field in KINDS.items():
        if isinstance(column, kind):
            return column.formfield(form_class=field, **options)
    if isinstance(column, models.PositiveIntegerField | models.PositiveSmallIntegerField):
        return _count(column, options)
    return column.formfield(**options)


KINDS = {models.DateField: DateField, models.TimeField: TimeField, models.DecimalField: MoneyField}


def _choice(column: models.Field) -> forms.Field:
    choices = [(str(value), str(label)) for value, label in column.flatchoices]
    widget: forms.Widget = forms.RadioSelect()
    if len(choices) > RADIO_UP_TO:
        widget, choices = forms.Select(), [("", "选择一项"), *choices]
    return forms.ChoiceField(label=column.verbose_name, choices=choices, widget=widget, required=not column.blank)


def _count(column: models.Field, options: dict[str, Any]) -> forms.Field:
    kind = CountToCome if column.default == 0 else CountNotYet if column.null else CountField
    options["required"] = True
    if isinstance(column, models.PositiveSmallIntegerField):
        options["max_value"] = LARGEST_SMALL
    return kind(label=column.verbose_name, **options)


class Spoken:
    """The beginning of the ``Meta`` of every form here."""

    formfield_callback = field_for


class RecordForm(forms.ModelForm):
    """One row of one election. Subclasses name their fields one by one.

    ``groups``: (legend, names) in the order of the page. ``ahead``: dates that may lie in the future; all others are
    facts and have happened. ``twice``: the sentence when the row is there already, with the cleaned values to fill in.
    """

    named: dict[str, Chosen] = {}
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ahead: tuple[str, ...] = ()
    twice = ""

    def __init__(self, *args: Any, election: Election, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.election, self.today = election, today
        self.instance.election = election
        self.prepare()
        for name, field in self.fields.items():
            if isinstance(field, DateField):
                field.today, field.last_day = today, None if name in self.ahead else today
            if isinstance(field, NotYet):
                field.widget.use_required_attribute = lambda initial: False
            if election.village.is_community:
                _for_residents(field)
            speak_plainly(field)

    def prepare(self) -> None:
        """Add what a form shows first: choices of the rule pack, values already known elsewhere."""

    def grouped(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Return the visible fields by group; those of no group come last, without a legend."""
        left = {field.name: field for field in self.visible_fields()}
        for legend, names in self.groups:
            found = [left.pop(name) for name in names if name in left]
            if found:
                yield legend, found
        if left:
            yield "", list(left.values())

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data

    def from_one(self, name: str) -> None:
        """Refuse a count of nought."""
        field = self.fields[name]
        kept = [each for each in field.validators if not isinstance(each, MinValueValidator)]
        field.validators = [*kept, MinValueValidator(1)]

    def complain(self, name: str, text: str) -> None:
        """Put a sentence at a field that is there and has none yet."""
        if name in self.cleaned_data:
            self.add_error(name, text)

    def not_before(self, later: str, earlier: str) -> None:
        """Refuse a day before another."""
        one, other = self.cleaned_data.get(later), self.cleaned_data.get(earlier)
        if one and other and one < other:
            words = f"{self.fields[later].label}早于{self.fields[earlier].label}（{cn_date(other)}）。请核对两个日期。"
            self.complain(later, words)

    def not_more(self, part: str, whole: str) -> None:
        """Refuse a part greater than the whole. 户数（900）多于户籍人口（812）。请核对两个数。"""
        one, other = self.cleaned_data.get(part), self.cleaned_data.get(whole)
        if one is not None and other is not None and one > other:
            words = f"{self.fields[part].label}（{one}）多于{self.fields[whole].label}（{other}）。请核对两个数。"
            self.complain(part, words)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # the stubs leave it out
        if self.twice and not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError:
                self.add_error(next(iter(self.fields)), self.twice.format(**self.cleaned_data))


class PersonRecordForm(NamesPersons, RecordForm):
    """A row that names people. ``keys``: field of the form → key of the row; ``named`` has who was meant, when valid."""

    keys: dict[str, str] = {}

    def __init__(self, *args: Any, election: Election, **kwargs: Any):
        self.election = election
        super().__init__(*args, election=election, **kwargs)

    def prepare(self) -> None:
        for name, key in self.keys.items():
            person = getattr(self.instance, key)
            called = label_here(person, self.election.village) if person else getattr(self.instance, COLUMNS[key])
            self.initial[name] = typed_as(called, person)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        self.named = {key: found[name] for name, key in self.keys.items() if found.get(name)}
        for key, chosen in self.named.items():
            setattr(self.instance, key, chosen.person)
            setattr(self.instance, COLUMNS[key], chosen.label(self.election.village))
        return found

    def _get_validation_exclusions(self) -> set[str]:
        """The row's own name is left alone: it follows the person."""
        return {*super()._get_validation_exclusions(), *(COLUMNS[key] for key in self.keys.values())}  # type: ignore[misc]


def _for_residents(field: forms.Field) -> None:
    """Say 居民 for 村民 in everything the field says."""
    field.label = (field.label or "").replace("村民", "居民")
    field.help_text = field.help_text.replace("村民", "居民")
    if isinstance(field, forms.ChoiceField):
        shown = [(value, str(label).replace("村民", "居民")) for value, label in field.widget.choices]
        field.choices = shown
