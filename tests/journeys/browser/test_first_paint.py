"""How heavy and how slow a first visit is: 400 kbit/s, 400 ms there and back, a processor four times slower (UX-35…38).

Weights are asserted; times are printed only, for they are the machine's as much as ours.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Response

from config.demo import walk as steps
from elections.models import Area
from tests.journeys.browser import made
from tests.journeys.browser.clerk import Clerk

pytestmark = pytest.mark.browser

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # bytes a second
FIRST_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
CSS, JS, WHOLE, REQUESTS = 20_000, 40_000, 120_000, 10


@dataclass
class Weight:
    """Bytes of one answer as they go over the line: text is compressed, pictures are not."""

    kind: str
    size: int


def weigh(answer: Response) -> Weight:
    body = answer.body()
    kind = answer.request.resource_type
    return Weight(kind, len(gzip.compress(body, 6)) if kind in ("document", "stylesheet", "script") else len(body))


def test_a_first_visit_is_light(clerk: Clerk) -> None:
    answers: list[Response] = []
    clerk.page.on("response", answers.append)
    clerk.go("login")
    clerk.page.wait_for_load_state("networkidle")
    weights = [weigh(each) for each in answers if each.status == 200]
    of = {kind: sum(each.size for each in weights if each.kind == kind) for kind in ("stylesheet", "script")}
    whole = sum(each.size for each in weights)
    print(f"\nfirst visit: {len(weights)} requests, {whole:,} B; CSS {of['stylesheet']:,} B, JS {of['script']:,} B")
    assert of["stylesheet"] <= CSS
    assert of["script"] <= JS
    assert whole <= WHOLE
    assert len(weights) <= REQUESTS


def test_first_paint_on_the_slow_link(browser: Browser, clerk: Clerk, county: Area) -> None:
    made.walk(county, steps.prepare, steps.audit, poll_in=45)
    page = clerk.page
    page.set_default_timeout(60_000)
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.emulateNetworkConditions", SLOW)
    link.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    clerk.go("login")
    times = {"login, cold": paint(page)}
    clerk.log_in("township")
    for name, go in (("desk", lambda: clerk.go("desk")), ("village", lambda: clerk.open("village"))):
        go()
        times[f"{name}, warm"] = paint(page)
    print("\nfirst paint on the slow link: " + ", ".join(f"{name} {time / 1000:.2f} s" for name, time in times.items()))
    assert all(times.values()), "every page painted something"


def paint(page: Page) -> float:
    """Milliseconds from the click to the first contents."""
    page.wait_for_function(FIRST_PAINT)
    return page.evaluate(FIRST_PAINT)
