"""规则演算: the rules as a calculator, the same answers as ``manage.py rule`` (interfaces §3)."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from elections import policy
from elections.permissions import SIGNED_IN, allowed
from elections.selectors.calculator import TOPICS, CalculatorError, answer


@allowed(SIGNED_IN)
def index(request: HttpRequest) -> HttpResponse:
    """The topics."""
    return render(request, "elections/rules.html", {"title": "规则演算", "topics": TOPICS})


@allowed(SIGNED_IN)
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One topic: figures in, the outcome with its arithmetic and article out. Asked by GET: it changes nothing."""
    if topic not in TOPICS:
        raise Http404
    asked = request.GET.get("ask") or json.dumps(TOPICS[topic].example, ensure_ascii=False, indent=2)
    context = {
        "title": TOPICS[topic].label,
        "crumbs": [("规则演算", "/rules/")],
        "topic": TOPICS[topic],
        "asked": asked,
        "packs": [policy.load(name) for name in policy.packs()],
    }
    if "ask" in request.GET:
        context |= _answer(topic, asked)
    return render(request, "elections/rule.html", context, status=422 if context.get("error") else 200)


def _answer(topic: str, asked: str) -> dict[str, str]:
    try:
        return {"answer": json.dumps(answer(topic, json.loads(asked)), ensure_ascii=False, indent=2)}
    except json.JSONDecodeError as error:
        return {"error": f"内容不是有效的JSON，第{error.lineno}行第{error.colno}个字符附近有误。请对照示例改正。"}
    except CalculatorError as error:
        return {"error": str(error)}
