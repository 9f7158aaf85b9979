"""How heavy and how slow a visit is: 400 kbit/s, 400 ms there and back, a processor four times slower.

The real web server answers, with its compressed static files. Weights are asserted; times are printed only, for they
are the machine's as much as ours.
"""

from __future__ import annotations

import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, Response

from config.demo import walk as steps
from elections.models import Area, User
from tests.journeys.browser import made
from tests.servers import Web

pytestmark = pytest.mark.browser

BASE = Path(__file__).resolve().parents[3]
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes a second
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
CSS, JS, FIRST, AGAIN = 20_000, 40_000, 120_000, 30_000  # bytes over the line
REQUESTS_FIRST, REQUESTS_AGAIN = 10, 3


class AsInstalled(Web):
    """The site with its own settings: compressed static files that browsers keep."""

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "DJANGO_SETTINGS_MODULE": "config.settings", "DEBUG": "0"}

    def start(self) -> None:
        command = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(command, cwd=BASE, env=self.environment(), check=True)
        super().start()


@pytest.fixture
def site(database_url: str, county: Area, start: Callable) -> str:
    """Its address; one village stands in the audit."""
    made.walk(county, steps.prepare, steps.audit, poll_in=45)
    address = start(AsInstalled(database_url)).url
    for _ in range(6):  # both processes have read their templates before anybody is timed
        urllib.request.urlopen(f"{address}/login/").close()
    return address


def sign_in(page: Page, site: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username="township"))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])


def visit(page: Page, address: str) -> dict[str, int]:
    """Bytes over the line by kind, and how many requests were made that the browser's own store did not answer."""
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.remove_listener("response", keep)
    found: dict[str, int] = {}
    for answer in answers:
        size = answer.request.sizes()["responseBodySize"]
        if size > 0:  # the browser's own store gives nothing over the line
            found[answer.request.resource_type] = found.get(answer.request.resource_type, 0) + size
            found["requests"] = found.get("requests", 0) + 1
    return found


def whole(found: dict[str, int]) -> int:
    return sum(size for kind, size in found.items() if kind != "requests")


def test_a_first_visit_is_light_and_the_next_lighter(page: Page, site: str) -> None:
    first = visit(page, f"{site}/login/")
    sign_in(page, site)
    again = visit(page, f"{site}/desk/")
    print(f"\nfirst visit {whole(first):,} B {first}; next page {whole(again):,} B {again}")
    assert first["stylesheet"] <= CSS
    assert first["script"] <= JS
    assert whole(first) <= FIRST
    assert first["requests"] <= REQUESTS_FIRST
    assert whole(again) <= AGAIN
    assert again["requests"] <= REQUESTS_AGAIN


def test_first_paint_on_the_slow_link(page: Page, site: str) -> None:
    page.set_default_timeout(60_000)
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.emulateNetworkConditions", SLOW)
    link.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    times = {}
    for name, address in (("login, cold", "/login/"), ("desk", "/desk/"), ("village", f"/villages/{made.VILLAGE}/")):
        if name == "desk":
            sign_in(page, site)
        page.goto(site + address)
        page.wait_for_function(FIRST_PAINT)
        times[name] = page.evaluate(FIRST_PAINT) / 1000
    print("\nfirst paint on the slow link: " + ", ".join(f"{name} {time:.2f} s" for name, time in times.items()))
    assert all(times.values()), "every page painted something"
