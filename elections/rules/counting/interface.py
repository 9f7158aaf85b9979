"""A round decided as plain JSON: the question in, the outcome out (interfaces.md §3)."""

from collections.abc import Mapping
from typing import Any

from elections.rules import policy as policies
from elections.rules.counting.decide import decide as decide_poll
from elections.rules.counting.question import read_poll
from elections.rules.counting.reading import Reader
from elections.rules.counting.stored import plain
from elections.rules.policy import Policy


def decide(data: Mapping[str, Any], policy: Policy | None = None) -> dict[str, Any]:
    """The outcome of one round. `policy` wins over the pack named in `data`.

    Raises ValueError with a sentence for people: `Refusal`, `PolicyError`, `TooManyEquals`."""
    read = Reader(data, "decide")
    name, overrides = read.text("policy", policies.DEFAULT), read.mapping("overrides", {})
    chosen = policy or policies.load(name, overrides)
    poll = read_poll(read, chosen)
    read.finish()
    return plain(decide_poll(poll, chosen))
