"""Dates and times as clerks write them: 2026-3-15, 2026.3.15, 2026/3/15, 20260315, 2026年3月15日."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from elections.forms.fields import narrow
from elections.rules.wording import cn_date

WHOLE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
JOINED = re.compile(r"(\d{4})(\d{2})(\d{2})")
WITHOUT_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})日?")
CLOCK = re.compile(r"(\d{1,2})(?:[:时点])(\d{1,2})?分?|(\d{1,2})(\d{2})")
FIRST_YEAR, LAST_YEAR = 1900, 2100
HALF_A_YEAR = 6  # months
HOW = "请写成2026年3月15日或2026-3-15。"


def read_date(text: str, today: date | None = None) -> date:
    """Return the day that was meant. “3月15日” is the one nearest to ``today``: in January 12月28日 lies behind, in December
    1月3日 ahead. Raises ``ValueError`` with the sentence."""
    said = narrow(text)
    found = WHOLE.fullmatch(said) or JOINED.fullmatch(said)
    if found:
        year, month, day = map(int, found.groups())
    elif (found := WITHOUT_YEAR.fullmatch(said)) and today:
        month, day = map(int, found.groups())
        year = _nearest_year(month, today)
    elif found or re.fullmatch(r"\d{1,2}\s*[-./]\s*\d{1,2}", said):
        raise ValueError(f"日期“{text}”看不出年份。{HOW}")
    else:
        raise ValueError(f"日期“{text}”认不出来。{HOW}")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"日期“{text}”的年份不对。请核对后重新填写。")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"没有{year}年{month}月{day}日这一天。请核对后重新填写。") from None


def _nearest_year(month: int, today: date) -> int:
    away = month - today.month
    return today.year - (away > HALF_A_YEAR) + (away < -HALF_A_YEAR)


def read_time(text: str) -> time:
    """Return the time that was meant: 8:30, 0830, 8时30分, 8点. Raises ``ValueError`` with the sentence."""
    found = CLOCK.fullmatch(narrow(text))
    if not found:
        raise ValueError(f"时间“{text}”认不出来。请写成8:30或14:00。")
    hour, minute = found[1] or found[3], found[2] or found[4] or "0"
    if int(hour) > 23 or int(minute) > 59:
        raise ValueError(f"没有{hour}时{minute}分这个时间。请核对后重新填写。")
    return time(int(hour), int(minute))


class DateInput(forms.DateInput):
    """Ten characters wide, shown as people write dates; no picker that hides the keyboard."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"autocomplete": "off"} | (attrs or {}))

    def format_value(self, value: Any) -> str | None:
        return cn_date(value) if isinstance(value, date) else value


class TimeInput(forms.TimeInput):
    """8:30, without seconds."""

    def format_value(self, value: Any) -> str | None:
        return f"{value.hour}:{value.minute:02}" if isinstance(value, time) else value


class DateField(forms.DateField):
    """A legal day. A form may set ``today``, to which “3月15日” is nearest, and ``last_day``: what is recorded has
    happened, so today of most days; ``too_late`` is the sentence for later ones."""

    widget = DateInput
    today: date | None = None
    last_day: date | None = None
    too_late = "{label}{day}还没有到。请在办完后登记，或者核对日期。"

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return read_date(value, self.today or timezone.localdate())
        except ValueError as error:
            raise ValidationError(f"{self.label}：{error}", code="invalid") from None

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and self.last_day and day > self.last_day:
            raise ValidationError(self.too_late.format(label=self.label, day=cn_date(day)), code="too_late")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class TimeField(forms.TimeField):
    """A time of day to the minute."""

    widget = TimeInput

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        try:
            return read_time(value)
        except ValueError as error:
            raise ValidationError(f"{self.label}：{error}", code="invalid") from None
