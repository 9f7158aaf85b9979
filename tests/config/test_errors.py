"""The pages for what went wrong: ours, in Chinese, without details."""

import pytest
from django.test import Client, RequestFactory
from structlog.contextvars import bound_contextvars

from config import errors

pytestmark = pytest.mark.django_db


def test_an_unknown_address_has_a_page():
    answer = Client().get("/no/such/page/")
    assert answer.status_code == 404
    assert "没有找到这一页" in answer.content.decode()


def test_a_form_without_the_token_has_a_page():
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "没有保存：这一页放置过久" in answer.content.decode()


def test_an_error_of_ours_shows_the_number_of_the_request_and_no_more(monkeypatch):
    monkeypatch.setattr("django.template.context.RequestContext.bind_template", None)  # it may use no request at all
    with bound_contextvars(request_id="a7f3c2d4-0000-4000-8000-000000000000"):
        answer = errors.broken(RequestFactory().get("/"))
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "编号 <strong" in text
    assert "A7F3C2D4" in text
    assert "a7f3c2d4-0000" not in text
