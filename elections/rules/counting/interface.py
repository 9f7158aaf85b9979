"""A round decided as plain JSON: the question in, the outcome out (interfaces.md §3)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from elections.rules import policy as policies
from elections.rules.counting.decide import decide as decide_poll
from elections.rules.counting.outcome import Outcome
from elections.rules.counting.question import read_poll
from elections.rules.counting.reading import Reader
from elections.rules.policy import Policy


def decide(data: Mapping[str, Any], policy: Policy | None = None) -> dict[str, Any]:
    """The outcome of one round. `policy` wins over the pack named in `data`.

    Raises ValueError with a sentence for people: `Refusal`, `PolicyError`, `TooManyEquals`."""
    read = Reader(data, "decide")
    name, overrides = read.text("policy", policies.DEFAULT), read.mapping("overrides", {})
    chosen = policy or policies.load(name, overrides)
    poll = read_poll(read, chosen)
    read.finish()
    return as_json(decide_poll(poll, chosen))


def as_json(outcome: Outcome) -> dict[str, Any]:
    """Plain dictionaries and lists, offices by their codes."""
    plain: dict[str, Any] = _plain(asdict(outcome))
    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, str) else value
