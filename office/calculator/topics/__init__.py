"""The topics of 规则演算, in the order of the interface."""

from collections.abc import Mapping
from typing import Any

from office.calculator.topic import CalculatorError, Topic
from office.calculator.topics import (
    attendance,
    bars,
    composition,
    decide,
    election_committee_change,
    id_number,
    meeting,
    name_order,
    nomination,
    proxies,
    recall,
    recommend,
    timetable,
    voter,
)

TOPICS: Mapping[str, Topic] = {
    module.TOPIC.code: module.TOPIC
    for module in (
        decide, timetable, voter, id_number, name_order, nomination, meeting, attendance, proxies,
        election_committee_change, recall, composition, recommend, bars,
    )
}  # fmt: skip


def answer(code: str, question: Any) -> Any:
    """Return the answer to one question, or to each of a list of questions, as JSON. Raises CalculatorError."""
    if code not in TOPICS:
        raise CalculatorError(f"没有“{code}”这个演算，现有：{'、'.join(TOPICS)}")
    return TOPICS[code].answer(question)
