"""Form errors in the sentences of the house: which field, what happened, what to do.

Django's own messages name no field (这个字段是必填项); a message that a form wrote itself is left as it is.
"""

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

register = template.Library()

EMPTY = {
    forms.CheckboxInput: "“{label}”没有勾选。请核对后勾选。",
    forms.FileInput: "{label}没有选择文件。请选择文件。",
    forms.RadioSelect: "{label}没有选择。请选择一项。",
    forms.CheckboxSelectMultiple: "{label}没有选择。请至少选择一项。",
    forms.Select: "{label}没有选择。请选择一项。",
    forms.Widget: "{label}没有填写。请填写。",
}
SHAPES = {
    forms.DateField: "{label}“{value}”看不出是哪一天。请写成2026年3月15日或2026-3-15。",
    forms.DateTimeField: "{label}“{value}”看不出是什么时间。请写成2026-3-15 14:08。",
    forms.TimeField: "{label}“{value}”看不出是几点。请写成14:08。",
    forms.IntegerField: "{label}“{value}”不是整数。请只填数字。",
    forms.DecimalField: "{label}“{value}”不是数。请只填数字和小数点。",
    forms.Field: "{label}“{value}”不符合要求。请核对。",
}
LIMITS = {
    "max_length": "{label}有{show_value}个字，最多{limit_value}个字。请删减。",
    "min_length": "{label}有{show_value}个字，至少{limit_value}个字。请补充。",
    "max_value": "{label}填了{show_value}，最多{limit_value}。请核对。",
    "min_value": "{label}填了{show_value}，至少{limit_value}。请核对。",
    "max_digits": "{label}位数过多，最多{max}位。请核对。",
    "max_decimal_places": "{label}最多{max}位小数。请核对。",
    "invalid_choice": "{label}所选的一项不在范围内。请重新选择。",
    "invalid_pk_value": "{label}所选的一项不在范围内。请重新选择。",
    "null_characters_not_allowed": "{label}含有看不见的字符。请重新录入。",
    "missing": "{label}没有选择文件。请选择文件。",
    "empty": "{label}是空文件。请重新选择文件。",
}


@register.filter
def sentences(field: BoundField) -> list[str]:
    """Return every reason against this field, the same words for the summary and beside the field."""
    return [_sentence(field, error) for error in field.errors.as_data()]


def _sentence(field: BoundField, error: ValidationError) -> str:
    words = _pattern(field, error.code)
    if words is None or _is_own(field, error):
        return " ".join(error.messages)
    return words.format_map({"label": field.label, "value": field.value() or "", **(error.params or {})})


def _pattern(field: BoundField, code: str | None) -> str | None:
    if code == "required":
        return next(words for widget, words in EMPTY.items() if isinstance(field.field.widget, widget))
    if code == "invalid":
        return next(words for kind, words in SHAPES.items() if isinstance(field.field, kind))
    return LIMITS.get(code or "")


def _is_own(field: BoundField, error: ValidationError) -> bool:
    """Return whether a form wrote this message itself: Django's own come from Django's classes."""
    if error.code in field.field.error_messages:
        return str(error.message) != str(_default(field.field, error.code))
    validators = {str(getattr(each, "message", "")) for each in field.field.default_validators + field.field.validators}
    return error.code in ("required", "invalid") or str(error.message) not in validators


def _default(field: forms.Field, code: str | None) -> object:
    """Django's own message of this kind of field for a code."""
    for kind in type(field).__mro__:
        messages = getattr(kind, "default_error_messages", {})
        if kind.__module__.startswith("django.") and code in messages:
            return messages[code]
    return None
