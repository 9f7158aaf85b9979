"""Names of people as they stand in the household register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from elections.rules.naming import clean_name, strange_characters

LONGEST = 50  # the longest transliterated name in the household register is far shorter


class NameField(forms.CharField):
    """A person's name, cleaned like the names of the roll, so that both are equal when the person is the same."""

    def __init__(self, **options: Any):
        options.setdefault("widget", forms.TextInput(attrs=NAME_ATTRS))
        super().__init__(max_length=LONGEST, **options)

    def to_python(self, value: Any) -> str:
        name = clean_name(super().to_python(value) or "")
        strange = strange_characters(name)
        if strange:
            raise ValidationError(f"{self.label}中有“{''.join(strange)}”。请按户口簿填写。", code="strange")
        return name


NAME_ATTRS = {"autocomplete": "off", "class": "in-sm", "spellcheck": "false"}
