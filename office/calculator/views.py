"""规则演算 in the browser: the same answers as `manage.py rule`.

Asked by POST, for an id number must not stand in an address. Nothing is stored and nothing is journalled.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from elections.permissions import SIGNED_IN, allowed
from office.calculator.forms import JsonForm, RuleForm
from office.calculator.topic import GROUPS, CalculatorError, Result, Topic, as_text, safe
from office.calculator.topics import TOPICS


@allowed(SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """Show the topics and what each of them answers."""
    topics = sorted(TOPICS.values(), key=lambda each: each.place[1])
    groups = [(group, [each for each in topics if each.place[0] == group]) for group in GROUPS]
    return render(request, "office/rules.html", {"title": "规则演算", "groups": groups})


@allowed(SIGNED_IN)
@sensitive_post_parameters()
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """Show one topic: figures in, the outcome with its arithmetic and article out."""
    if topic not in TOPICS:
        raise Http404
    about = TOPICS[topic]
    if "ask" in request.POST:
        asked = JsonForm(request.POST)
        return _page(request, about, asked, _answer(about, asked))
    rule_form = about.form_of(request.POST if request.method == "POST" else None, body=request.GET.get("body", ""))
    result = _answer(about, rule_form)
    if result and rule_form.secret:
        rule_form = about.form_of()
    return _page(request, about, rule_form, result)


def _answer(about: Topic, form: RuleForm | JsonForm) -> Result | None:
    """Return the answer to a form that was sent and can be read; what the calculator refuses is said above the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return about.ask(form.question())
    except CalculatorError as error:
        form.add_error(None, f"{str(error).rstrip('。')}。")
        return None


def _page(request: HttpRequest, about: Topic, form: RuleForm | JsonForm, result: Result | None) -> HttpResponse:
    """`form`: the one that was sent, else the one to fill in."""
    rule_form = form if isinstance(form, RuleForm) else None
    text = result.question if result else as_text(safe(about.example_for(rule_form.for_body if rule_form else "")))
    context = {
        "title": about.label,
        "hint": about.asks,
        "crumbs": [("规则演算", reverse("rules"))],
        "topic": about,
        "form": form,
        "rule_form": rule_form,
        "json_form": form if form.errors and not rule_form else JsonForm(initial={"ask": text}),
        "result": result,
    }
    return render(request, "office/rule.html", context, status=422 if form.errors else 200)
