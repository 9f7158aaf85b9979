"""Fields that read what clerks type and answer in plain words: what happened, why, what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator

from elections.rules.naming import clean_name, strange_characters, text_of

LONGEST_NAME = 50  # the longest transliterated name in the household register is far shorter
NO_NUMBER = r"(?!.*[0-9０-９]{3}\s?[0-9０-９Xx]).*"  # as the browser reads it: nothing that may be of an id number
NAME_ATTRS = {"autocomplete": "off", "class": "in-sm", "spellcheck": "false"}


def narrow(text: Any) -> str:
    """Turn full-width digits and signs into half-width ones, without separators and spaces around."""
    return unicodedata.normalize("NFKC", str(text)).strip().replace(",", "")


class CountField(forms.IntegerField):
    """A count of persons or ballots, zero or more; separators and full-width digits are taken."""

    def __init__(self, **options: Any):
        super().__init__(**({"min_value": 0, "max_value": 9_999_999} | options))

    def to_python(self, value: Any) -> int | None:
        try:
            return super().to_python(value if value in self.empty_values else narrow(value))
        except ValidationError:
            raise ValidationError(f"{self.label}“{value}”不是整数。请只填数字。", code="invalid") from None


class MoneyField(forms.DecimalField):
    """An amount in yuan with at most two decimals; separators and full-width digits are taken."""

    def __init__(self, **options: Any):
        super().__init__(**({"min_value": 0, "max_digits": 14, "decimal_places": 2} | options))

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value if value in self.empty_values else narrow(value))
        except ValidationError:
            text = f"{self.label}“{value}”不是金额。请按元填写，最多两位小数。"
            raise ValidationError(text, code="invalid") from None


class NameField(forms.CharField):
    """A person's name as in the household register, cleaned like the names of the roll, so that both are equal when the
    person is the same."""

    def __init__(self, **options: Any):
        options.setdefault("widget", forms.TextInput(attrs=NAME_ATTRS))
        super().__init__(max_length=LONGEST_NAME, **options)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        name = clean_name(typed)
        strange = strange_characters(name)
        if strange:
            raise ValidationError(f"{self.label}中有“{''.join(strange)}”。请按户口簿填写。", code="strange")
        return name


class LineField(forms.CharField):
    """One line of words, without what cannot be seen: it is compared, sorted, printed and put into spreadsheets."""

    def to_python(self, value: Any) -> str:
        return text_of(super().to_python(value))


class TooLong(MaxLengthValidator):
    """情况说明有236个字，最多200个字。请删减36个字。"""

    def __init__(self, label: str, limit: int):
        super().__init__(limit)
        self.label = label

    def __call__(self, value: str) -> None:
        over = len(value) - self.limit_value
        if over > 0:
            text = f"{self.label}有{len(value)}个字，最多{self.limit_value}个字。请删减{over}个字。"
            raise ValidationError(text, code="max_length")


class SexField(forms.ChoiceField):
    """Asked for, unless a record or an id number says it: the page does not call it 选填."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class PlainForm(forms.Form):
    """A form whose every sentence names its field and says what to do."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            speak_plainly(field)

    def choose_from(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Set what one field offers."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)


def speak_plainly(field: forms.Field, name: str = "") -> None:
    """Give a field the sentences of 4.3; nothing is cut off silently, so the page gets no ``maxlength``.

    ``name``: what the sentences call it, when the label is half a sentence itself.
    """
    label = name or str(field.label or "")
    field.error_messages["required"] = _missing(field, label)
    if "invalid_choice" in field.error_messages:
        field.error_messages["invalid_choice"] = f"{label}不在可选的范围内。请重新选择。"
    for validator in field.validators:
        if isinstance(validator, MinValueValidator):
            validator.message = f"{label}不能小于%(limit_value)s。请核对后重新填写。"
        elif isinstance(validator, MaxValueValidator):
            validator.message = f"{label}不能大于%(limit_value)s。请核对后重新填写。"
    limit = getattr(field, "max_length", None)
    if limit:
        others = [each for each in field.validators if not isinstance(each, MaxLengthValidator)]
        field.validators = [*others, TooLong(label, limit)]


def _missing(field: forms.Field, label: str) -> str:
    if isinstance(field, forms.BooleanField):
        return f"“{label}”没有勾选。请核实后勾选。"
    if isinstance(field, forms.ChoiceField):
        return f"{label}没有选择。请选择一项。"
    return f"{label}没有填写。请填写。"
