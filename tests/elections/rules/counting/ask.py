"""Asking the calculator: the shortest way to write a count down and to look at its answer."""

from typing import Any

from elections.rules.counting.interface import decide


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
