"""Asking the calculator: the shortest way to write a count down and to look at its answer."""

from collections.abc import Mapping
from typing import Any

from elections.rules import policy as policies
from elections.rules.counting.decide import decide as decide_poll
from elections.rules.counting.question import read_poll
from elections.rules.counting.reading import Reader
from elections.rules.counting.stored import plain
from elections.rules.policy import Policy


def decide(data: Mapping[str, Any], policy: Policy | None = None) -> dict[str, Any]:
    """The outcome of one round as plain values. `policy` wins over the pack named in `data`. Raises `ValueError`."""
    read = Reader(data, "decide")
    name, overrides = read.text("policy", policies.DEFAULT), read.mapping("overrides", {})
    chosen = policy or policies.load(name, overrides)
    poll = read_poll(read, chosen)
    read.finish()
    return plain(decide_poll(poll, chosen))


def ask(**question: Any) -> dict[str, Any]:
    """Decide a round. `seats` is office → places; `women` lists the women among the people."""
    seats = question.pop("seats", None)
    if seats:
        question["posts"] = [{"post": post, "seats": places} for post, places in seats.items()]
    women = question.pop("women", ())
    people = question.pop("people", [])
    question["people"] = [*people, *({"name": name, "sex": "F"} for name in women)]
    question.setdefault("registered", 1600)
    question.setdefault("issued", question.get("returned", 0))
    return decide(question)


def elected(outcome: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["post"], each["name"]) for each in outcome["elected"]]


def refused(outcome: dict[str, Any], post: str) -> dict[str, str]:
    """Name → why not, of one post."""
    return {each["name"]: each["why"] for each in outcome["not_elected"] if each["post"] == post}
