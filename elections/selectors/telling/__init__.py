"""规则演算 in people's words: what each topic asks, how its answer reads, which parameters it rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from elections.rules import policy as policies
from elections.rules.policy import Policy
from elections.selectors.calculator import TOPICS, answer
from elections.selectors.telling import counts, meetings, people
from elections.selectors.telling.shape import Told
from elections.selectors.telling.topics import PARAMETERS, USED

Tell = Callable[[Mapping[str, Any], Mapping[str, Any], Policy], Told]

TELL: Mapping[str, Tell] = {
    "decide": counts.decide,
    "timetable": meetings.timetable,
    "voter": people.voter,
    "id_number": people.id_number,
    "name_order": people.name_order,
    "nomination": people.nomination,
    "meeting": meetings.meeting,
    "attendance": counts.attendance,
    "proxies": people.proxies,
    "committee_change": meetings.committee_change,
    "recall": counts.recall,
    "composition": counts.composition,
    "recommend": counts.recommend,
    "bars": people.bars,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What was asked and answered: for people, and as JSON for copying. `parameters`: what it rested on."""

    told: tuple[Told, ...]
    question: str
    answer: str
    parameters: tuple[Parameter, ...]

    @property
    def unconfirmed(self) -> int:
        return sum(not each.confirmed for each in self.parameters)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number of the pack with its words; `confirmed` False: 待核对."""

    key: str
    label: str
    value: str
    source: str
    confirmed: bool


def ask(topic: str, question: Any) -> Result:
    """The calculator's answer to one question, or to each of a list. Raises CalculatorError."""
    found = answer(topic, question)
    asked = question if isinstance(question, list) else [question]
    answered = found if isinstance(question, list) else [found]
    told = tuple(TELL[topic](one, two, _policy(one)) for one, two in zip(asked, answered, strict=True))
    shown = [safe(each) for each in asked] if isinstance(question, list) else safe(question)
    parameters = _parameters(topic, _policy(asked[0])) if asked else ()
    return Result(told, as_text(shown), as_text(found), parameters)


def safe(question: Mapping[str, Any]) -> Mapping[str, Any]:
    """The question without id numbers: they stand on no page again (C100)."""
    return {**question, "numbers": []} if "numbers" in question else question


def as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def packs(topic: str) -> list[tuple[str, str]]:
    """Name and title of every pack, marked where this topic rests on a number that was not checked."""
    found = []
    for name in policies.packs():
        pack = policies.load(name)
        unsure = any(not pack.sources[key].confirmed for key in USED[topic])
        found.append((name, f"{pack.title}（有待核对）" if unsure else pack.title))
    return found


def _policy(question: Mapping[str, Any]) -> Policy:
    return policies.load(question.get("policy") or policies.DEFAULT, question.get("overrides"))


def _parameters(topic: str, policy: Policy) -> tuple[Parameter, ...]:
    sources = policy.sources
    return tuple(
        Parameter(key, PARAMETERS[key], worded(getattr(policy, key)), sources[key].text, sources[key].confirmed)
        for key in USED[topic]
    )


def worded(value: Any) -> str:
    """A parameter's value for people."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return f"{len(value)}项" if isinstance(value, tuple) else WORDS.get(str(value), str(value))


WORDS = {
    "off": "不要求", "warn": "提醒", "forbid": "禁止", "due": "应到会人数", "present": "实到会人数",
    "civil_code_1045": "民法典规定的近亲属", "wide": "近亲属和姻亲、旁系亲属", "A_priority": "妇女优先",
    "B_reserved_post": "专设妇女职务", "both": "妇女优先并专设职务", "registration_start": "选民登记开始日",
    "election_day": "选举日", "none": "不预选", "rep_meeting_two_thirds": "代表会议预选",
}  # fmt: skip

__all__ = ["TOPICS", "Result", "as_text", "ask", "packs"]
