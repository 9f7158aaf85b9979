"""Working days between two dates: weekdays less the holidays announced, plus the make-up days (PB-23 公示)."""

from datetime import date, timedelta

import chinese_calendar


def count(first: date, last: date) -> int:
    """Return how many working days lie in ``first … last``, both counted; 0 when the span is empty."""
    return sum(is_working(first + timedelta(days=n)) for n in range((last - first).days + 1))


def is_working(day: date) -> bool:
    """Return whether people work on that day; for years not announced yet, Monday to Friday (暂按)."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5
