"""Reading what a question's JSON may hold besides plain values: null, days, facts stated by their proof."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from elections.rules.counting.reading import Reader, Refusal

Json = dict[str, Any]
BODIES = ("committee", "residents", "party")


def insist_on_text(question: object) -> None:
    """Raise Refusal for half a surrogate pair: JSON can escape one, but no page and no file can hold it."""
    try:
        json.dumps(question, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refusal("题目中有不完整的字符，请改正") from None


def opened(data: object, where: str) -> Reader:
    """Return a reader of one object; a key with the value null counts as not given."""
    if isinstance(data, Mapping):
        data = {key: value for key, value in data.items() if value is not None}
    return Reader(data, where)


def day_if_any(read: Reader, key: str) -> date | None:
    """Return a date as 2026-12-20, or nothing."""
    return day(read, key) if read.has(key) else None


def day(read: Reader, key: str) -> date:
    """Return a date as 2026-12-20. Raises Refusal."""
    text = read.text(key)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"{key} 应当是形如2026-12-20的日期") from None


def counts(read: Reader, *keys: str) -> dict[str, int]:
    """Read whole numbers, zero where none is given."""
    return {key: read.count(key, 0) for key in keys}


def is_stated(read: Reader, key: str) -> bool:
    """Return a fact that may be stated as true or by its proof: a date, the number of a meeting."""
    return read.has(key) and bool(read.peek(key))


def for_residents(read: Reader) -> bool:
    return bool(read.one_of("body", BODIES, "committee") == "residents")


def picked(record: object, *names: str) -> Json:
    """Return these attributes of a record as JSON: days as text, tuples as lists."""
    return {name: _plain(getattr(record, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
