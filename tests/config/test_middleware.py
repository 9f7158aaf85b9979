"""Addresses that cannot be forged, sessions that end, pages that no cache keeps."""

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.urls import reverse

from config.middleware import NoStore, TrueAddress

FIREFOX = "Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/128.0"
FIREFOX_NEWER = "Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/129.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "10.0.0.9", "192.0.2.1"),  # nobody in front: what the client writes counts for nothing
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "10.0.0.9, 203.0.113.5", "203.0.113.5"),  # the client forged the first
        (2, "10.0.0.9, 203.0.113.5, 198.51.100.1", "203.0.113.5"),
        (2, "203.0.113.5", "192.0.2.1"),  # by-passed a proxy
        (1, "", "192.0.2.1"),
    ],
)
def test_the_address_is_the_one_our_proxies_saw(rf, settings, proxies, header, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=header)
    TrueAddress(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address
    assert "HTTP_X_FORWARDED_FOR" not in request.META


def test_pages_are_not_kept_by_caches(rf):
    assert NoStore(lambda _request: HttpResponse())(rf.get("/"))["Cache-Control"] == "no-store"


@pytest.fixture
def signed_in(client, db):
    """A client signed in at nine o'clock, and a question whether it still is."""
    user = get_user_model().objects.create_user("clerk", "a long passphrase", name="甲")
    with time_machine.travel("2026-12-01T09:00:00+08:00", tick=False) as clock:
        client.force_login(user)

        def still_in(**headers):
            client.get(reverse("healthz"), **{"HTTP_USER_AGENT": FIREFOX, **headers})
            return "_auth_user_id" in client.session

        assert still_in()
        yield clock, still_in


@pytest.mark.parametrize(("minutes", "stays"), [(30, True), (31, False)])
def test_a_session_ends_after_half_an_hour_without_a_request(signed_in, minutes, stays):
    clock, still_in = signed_in
    clock.shift(minutes * 60)
    assert still_in() is stays


def test_a_page_that_asks_by_itself_keeps_no_session_alive(signed_in):
    clock, still_in = signed_in
    clock.shift(20 * 60)
    assert still_in(HTTP_X_POLL="1")
    clock.shift(11 * 60)
    assert not still_in()


@pytest.mark.parametrize(("hours", "stays"), [(8, True), (8.1, False)])
def test_a_session_ends_after_eight_hours_of_work(signed_in, hours, stays):
    clock, still_in = signed_in
    for _ in range(15):
        clock.shift(30 * 60)
        assert still_in()
    clock.shift((hours - 7.5) * 3600)
    assert still_in() is stays


@pytest.mark.parametrize(("agent", "stays"), [(FIREFOX_NEWER, True), (CHROME, False), ("", False)])
def test_a_cookie_carried_to_another_browser_is_worth_nothing(signed_in, agent, stays):
    _, still_in = signed_in
    assert still_in(HTTP_USER_AGENT=agent) is stays
