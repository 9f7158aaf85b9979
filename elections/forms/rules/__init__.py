"""规则演算: a form for each topic of elections/selectors/calculator.py, in one table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from elections.forms.fields import PlainForm
from elections.forms.rules import decide, meetings, people
from elections.forms.rules.asking import Json, RuleForm, read_json, with_more_rows
from elections.forms.rules.seats import SeatsForm
from elections.selectors.calculator import TOPICS
from elections.selectors.telling import packs

FORMS: Mapping[str, type[RuleForm]] = {
    "decide": decide.DecideForm,
    "timetable": meetings.TimetableForm,
    "voter": people.VoterForm,
    "id_number": people.IdNumberForm,
    "name_order": people.NameOrderForm,
    "nomination": people.NominationForm,
    "meeting": meetings.MeetingForm,
    "attendance": meetings.AttendanceForm,
    "proxies": people.ProxiesForm,
    "committee_change": meetings.CommitteeChangeForm,
    "recall": meetings.RecallForm,
    "composition": meetings.CompositionForm,
    "recommend": meetings.RecommendForm,
    "bars": people.BarsForm,
}
PARTY_EXAMPLES: Mapping[str, Json] = {
    "decide": {
        "body": "party", "round": "first", "due": 50, "present": 45, "returned": 45,
        "posts": [{"post": "member", "seats": 3}],
        "votes": {"member": {"甲": 42, "乙": 38, "丙": 30, "丁": 22}},
    },
    "nomination": {
        "body": "party",
        "posts": [{"post": "member", "seats": 3}],
        "candidates": {"member": ["甲", "乙", "丙", "丁"]},
        "people": [{"name": "丙", "sex": "F"}],
    },
}  # fmt: skip
MOST_QUESTIONS = 50  # in one JSON list


def form_of(topic: str, data: Mapping[str, Any] | None = None, *, body: str = "") -> RuleForm:
    """The form of a topic: as typed; with more rows when `more` was pressed; else filled from the example."""
    kind = FORMS[topic]
    options: dict[str, Any] = {"body": body} if issubclass(kind, SeatsForm) else {}
    if data is not None and "more" in data:
        form = kind(initial=with_more_rows(data, data["more"]), **options)
    elif data is not None:
        form = kind(data, **options)
    else:
        form = kind(initial=kind.spread(example(topic, body)), **options)
    form.choose_from("policy", packs(topic))
    return form


def example(topic: str, body: str = "") -> Json:
    """A question to begin with; the offices of the Party need one of their own."""
    if body == "party" and topic in PARTY_EXAMPLES:
        return PARTY_EXAMPLES[topic]
    return TOPICS[topic].example | ({"body": body} if issubclass(FORMS[topic], SeatsForm) and body else {})


class JsonForm(PlainForm):
    """The question as JSON, as `manage.py rule` takes it: one object or a list of them."""

    ask = forms.CharField(
        label="题目",
        widget=forms.Textarea({"rows": 14, "class": "in-full code", "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_ask(self) -> Any:
        question = read_json(self.cleaned_data["ask"], (dict, list), "题目")
        if isinstance(question, list) and len(question) > MOST_QUESTIONS:
            raise forms.ValidationError(f"题目有{len(question)}道，一次最多{MOST_QUESTIONS}道。请分次演算。")
        return question

    def question(self) -> Any:
        return self.cleaned_data["ask"]
