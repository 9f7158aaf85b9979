"""Looking at pages as their readers do: axe at both sizes, pictures where wanted, weights, what the browser complains of.

Findings are gathered and judged at the end, so that one run tells everything: ``eye.verdict()``.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

from tests import pace

HERE = Path(__file__).parent
PICTURES = HERE.parents[2] / "var" / "screenshots"
AXE = (HERE / "axe.min.js").read_text(encoding="utf-8")
PC, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 640}
LIGHT, HEAVY = 25_000, 60_000  # bytes of HTML, gzip; typical and worst
GRAVE = ("critical", "serious")
# A refused act (409) and a form sent back (422) are answers, not accidents; Chromium notes every such status.
ANSWERS = ("status of 409", "status of 422")
RUN_AXE = "async () => (await axe.run(document, {resultTypes: ['violations'], elementRef: false})).violations"
# What a finger cannot hit: 44 px are asked for; a link inside a sentence is exempt.
SMALL = """() => [...document.querySelectorAll("button, .btn, select, input:not([type=hidden])")]
    .filter(e => e.offsetParent && !e.closest(".visually-hidden, .no-phone, table"))
    .map(e => [e, (e.labels && e.labels[0] && /radio|checkbox/.test(e.type) ? e.closest("div, label") : e).getBoundingClientRect()])
    .filter(([e, box]) => box.width && box.height < 43.5)
    .map(([e, box]) => `${e.tagName.toLowerCase()} ${(e.textContent || e.name).trim().slice(0, 12)} ${Math.round(box.height)} px`)"""
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Eye:
    """What was seen in one test."""

    host: str
    pages: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)
    axe: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    small: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of a context: complaints of the browser, requests that leave the house."""
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("request", self._follow)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(each in message.text for each in ANSWERS):
            self.complaints.append(f"{message.type} on {message.page.url if message.page else '?'}: {message.text}")

    def _follow(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob", "about") and url.netloc != self.host:
            self.strangers.append(request.url)

    def look(self, page: Page, name: str) -> None:
        """Look at this page at both sizes and note what is wrong with it."""
        self.pages.append(name)
        self.weights[name] = len(gzip.compress(page.content().encode(), 6))
        for size, view in (("1366", PC), ("360", PHONE)):
            page.set_viewport_size(view)
            if pace.PICTURES:
                page.screenshot(path=PICTURES / f"{name}-{size}.png", full_page=True, animations="disabled")
            self._judge(page, f"{name} {size}")
        self._touch(page, name)
        page.set_viewport_size(PC)

    def _judge(self, page: Page, place: str) -> None:
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE)
        self.axe += [f"{place}: {line}" for line in _grave(page.evaluate(RUN_AXE))]
        if page.evaluate(TOO_WIDE) > 0:
            self.too_wide.append(place)

    def _touch(self, page: Page, name: str) -> None:
        self.small += [f"{name}: {each}" for each in page.evaluate(SMALL)]

    def verdict(self) -> None:
        """Print the figures and fail with everything that is wrong."""
        sizes = sorted(self.weights.values())
        if sizes:
            heaviest = max(self.weights, key=self.weights.__getitem__)
            print(
                f"\n{len(self.pages)} pages at two sizes; HTML gzip: median {sizes[len(sizes) // 2]:,} B, "
                f"worst {sizes[-1]:,} B ({heaviest}); axe grave {len(self.axe)}, complaints {len(self.complaints)}, "
                f"other hosts {len(self.strangers)}, small targets {len(self.small)}"
            )
            assert sizes[len(sizes) // 2] <= LIGHT, "the typical page is too heavy"
            assert sizes[-1] <= HEAVY, f"{heaviest} is too heavy"
        assert not self.axe, "\n".join(self.axe)
        assert not self.complaints, "\n".join(self.complaints)
        assert not self.strangers, "\n".join(self.strangers)
        assert not self.too_wide, f"wider than the window: {self.too_wide}"
        assert not self.small, "\n".join(self.small)


def _grave(violations: Iterable[dict[str, Any]]) -> Iterable[str]:
    for each in violations:
        if each["impact"] in GRAVE:
            for node in each["nodes"]:
                yield f"{each['impact']} {each['id']} at {node['target']}: {node['html'][:160]}"
