"""The shape of one topic of 规则演算, and how a question is put to it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from elections.rules import policy as policies
from elections.rules.counting.reading import Reader
from elections.rules.policy import Policy
from office.calculator.explanation import Explanation
from office.calculator.forms import RuleForm
from office.calculator.grids import with_more_rows
from office.calculator.parameters import Parameter, packs, parameters
from office.calculator.reading import Json, insist_on_text, opened

GROUPS = VOTES, PERSONS, MEETINGS = "投票和计票", "人员", "会议和时限"  # headings of the index, in order
COMMON = {"policy": "规则包，默认national-2025", "overrides": "改动的参数"}
Answer = tuple[Json, Explanation]  # for programs, for people


class CalculatorError(ValueError):
    """A question that cannot be understood; the message is for people."""


@dataclass(frozen=True, slots=True)
class Result:
    """A question and its answer: for people, and as JSON for copying. `parameters`: what it rested on."""

    told: list[Explanation]
    question: str
    answer: str
    parameters: list[Parameter]

    @property
    def unconfirmed(self) -> int:
        return sum(not each.confirmed for each in self.parameters)


@dataclass(frozen=True, slots=True)
class Topic:
    """`place`: heading and place on the index. `solve` raises ValueError with a sentence for people. `keys`: of the
    question, with what they mean. `rests_on`: parameters of the pack. `takes_null`: a key with null counts as absent."""

    code: str
    label: str
    asks: str
    place: tuple[str, int]
    form: type[RuleForm]
    solve: Callable[[Reader, Policy], Answer]
    example: Json
    keys: Mapping[str, str]
    rests_on: tuple[str, ...] = ()
    takes_null: bool = True
    party_example: Json = field(default_factory=dict)  # where the offices of the Party need one of their own

    @property
    def fields(self) -> dict[str, str]:
        """Every key of a question with its meaning."""
        return {**self.keys, **COMMON}

    def example_for(self, body: str = "") -> Json:
        """Return a question to begin with."""
        if body == "party" and self.party_example:
            return self.party_example
        return self.example | ({"body": body} if self.form.bodies and body else {})

    def form_of(self, data: Mapping[str, Any] | None = None, *, body: str = "") -> RuleForm:
        """Return the form: as typed; with more rows when `more` was pressed; else filled from the example."""
        if data is None:
            form = self.form(initial=self.form.spread(self.example_for(body)), body=body)
        elif "more" in data:
            form = self.form(initial=with_more_rows(data, data["more"]), body=body)
        else:
            form = self.form(data, body=body)
        form.choose_from("policy", packs(self.rests_on))
        return form

    def answer(self, asked: Any) -> Any:
        """Return the answer to one question, or to each of a list of them, as JSON. Raises CalculatorError."""
        return _like(asked, [found for found, _, _ in self._answers(asked)])

    def ask(self, asked: Any) -> Result:
        """Return the same in words, for the page. Raises CalculatorError."""
        answers = self._answers(asked)
        return Result(
            [told for _, told, _ in answers],
            as_text(_like(asked, [safe(each) for each in _listed(asked)])),
            as_text(_like(asked, [found for found, _, _ in answers])),
            parameters(self.rests_on, answers[0][2]) if answers else [],
        )

    def _answers(self, asked: Any) -> list[tuple[Json, Explanation, Policy]]:
        many = isinstance(asked, list)
        return [self._one(each, f"第{place}项：" if many else "") for place, each in enumerate(_listed(asked), 1)]

    def _one(self, question: Any, where: str) -> tuple[Json, Explanation, Policy]:
        try:
            insist_on_text(question)
            read = opened(question, self.code) if self.takes_null else Reader(question, self.code)
            policy = policies.load(read.text("policy", policies.DEFAULT), read.mapping("overrides", {}))
            return *self.solve(read, policy), policy
        except (ValueError, OverflowError) as error:
            raise CalculatorError(f"{where}{error}") from error


def _listed(asked: Any) -> list[Any]:
    return asked if isinstance(asked, list) else [asked]


def _like(asked: Any, found: list[Any]) -> Any:
    """Return a list for a list, else the only entry."""
    return found if isinstance(asked, list) else found[0]


def as_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def safe(question: Json) -> Json:
    """Return the question without id numbers: they stand on no page again."""
    return {**question, "numbers": []} if "numbers" in question else question
