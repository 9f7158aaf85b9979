"""规则演算: the rules as a calculator, the same answers as ``manage.py rule`` (interfaces §3).

Asked by POST, for an id number must not stand in an address (C100). Nothing is stored and nothing is journalled.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from elections.forms.rules import JsonForm, example, form_of
from elections.forms.rules.asking import RuleForm
from elections.forms.rules.cells import BODIES
from elections.permissions import SIGNED_IN, allowed
from elections.selectors import telling
from elections.selectors.calculator import TOPICS, CalculatorError
from elections.selectors.telling.topics import ASKS, GROUPS


@allowed(SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """The topics and what each of them answers."""
    groups = [(word, [(code, TOPICS[code].label, ASKS[code]) for code in codes]) for word, codes in GROUPS]
    return render(request, "elections/rules.html", {"title": "规则演算", "groups": groups})


@allowed(SIGNED_IN)
@sensitive_post_parameters()
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic: figures in, the outcome with its arithmetic and article out."""
    if topic not in TOPICS:
        raise Http404
    if "ask" in request.POST:
        asked = JsonForm(request.POST)
        return _page(request, topic, asked, _answer(topic, asked))
    sheet = form_of(topic, request.POST if request.method == "POST" else None, body=request.GET.get("body", ""))
    result = _answer(topic, sheet)
    if result and sheet.secret:
        sheet = form_of(topic)
    return _page(request, topic, sheet, result, sheet=sheet)


def _answer(topic: str, form: RuleForm | JsonForm) -> telling.Result | None:
    """The answer to a form that was sent and can be read; what the calculator refuses is said above the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return telling.ask(topic, form.question())
    except CalculatorError as error:
        form.add_error(None, f"{str(error).rstrip('。')}。")
        return None


def _page(
    request: HttpRequest,
    topic: str,
    form: RuleForm | JsonForm,
    result: telling.Result | None,
    sheet: RuleForm | None = None,
) -> HttpResponse:
    """`sheet`: the form to fill in, None on the page of a question in JSON."""
    context = {
        "title": TOPICS[topic].label,
        "hint": ASKS[topic],
        "crumbs": [("规则演算", reverse("rules"))],
        "topic": topic,
        "form": form,
        "sheet": sheet,
        "json_form": form if form.errors and not sheet else JsonForm(initial={"ask": _as_json(topic, sheet, result)}),
        "fields": TOPICS[topic].fields,
        "result": result,
        "bodies": BODIES if sheet and sheet.for_body else (),
    }
    return render(request, "elections/rule.html", context, status=422 if form.errors else 200)


def _as_json(topic: str, sheet: RuleForm | None, result: telling.Result | None) -> str:
    """The question that was answered, else the example."""
    return result.question if result else telling.as_text(telling.safe(example(topic, sheet.for_body if sheet else "")))
