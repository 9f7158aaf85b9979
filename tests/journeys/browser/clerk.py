"""Somebody at a keyboard: finds fields by their labels, buttons and links by their words, as people do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from playwright.sync_api import Locator, Page, Response, expect

from elections.rules.wording import cn_date
from tests.journeys.browser.look import Eye
from tests.make import PASSWORD

Said = str | int | bool | date
KIND_OF = "e => e.tagName === 'SELECT' ? 'select' : e.type"


@dataclass
class Clerk:
    """One person after the other at the same browser."""

    page: Page
    site: str
    code: str
    eye: Eye

    # ── coming and going ───────────────────────────────────────────────────────────────────────────────────────────

    def log_in(self, username: str) -> None:
        """Come as this user; whoever sat here before has left."""
        self.page.context.clear_cookies(name="session")
        self.page.goto(self.site + reverse("login"))
        self.write(self.page.locator("main"), {"账号": username, "密码": PASSWORD})
        self.press("登录")
        expect(self.page.locator("h1")).not_to_have_text("登录")

    def log_out(self) -> None:
        """Leave by the button in the band."""
        self.page.get_by_role("button", name="退出", exact=True).first.click()
        expect(self.page.locator("h1")).to_have_text("登录")

    # ── walking about ──────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, name: str, *args: object, query: str = "") -> Response | None:
        """Go to an address by its name; of the village, unless told otherwise."""
        return self.page.goto(self.site + reverse(name, args=args or [self.code]) + query)

    def go(self, name: str, query: str = "") -> Response | None:
        """Go to an address that belongs to no village."""
        return self.page.goto(self.site + reverse(name) + query)

    def village(self, query: str = "") -> None:
        self.open("village", query=query)

    def task(self, title: str, query: str = "") -> None:
        """Open the village and follow the link of one task."""
        self.village(query)
        self.page.locator(".tasks").get_by_role("link", name=title, exact=True).click()

    def follow(self, words: str, within: str = "main") -> None:
        """Follow a link."""
        self.page.locator(within).get_by_role("link", name=_name(words)).first.click()

    def part(self, selector: str) -> Locator:
        return self.page.locator(selector)

    # ── writing ────────────────────────────────────────────────────────────────────────────────────────────────────

    def write(self, form: Locator, said: dict[str, Said]) -> None:
        """Fill in fields by their labels: text and dates are typed, lists chosen, boxes and circles ticked."""
        for label, value in said.items():
            field = form.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(（选填）)?\s*$"))
            kind = field.evaluate(KIND_OF)
            if kind in ("checkbox", "radio"):
                field.set_checked(bool(value))
            elif kind == "select":
                field.select_option(label=str(value))
            else:
                field.fill(cn_date(value) if isinstance(value, date) else str(value))

    def press(self, words: str, within: str = "main") -> None:
        """Press a button and wait for the answer."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=_name(words)).first.click()

    def save(self, part: str, said: dict[str, Said], button: str) -> None:
        """Fill in one part of the page and press its button."""
        self.write(self.part(part), said)
        self.press(button, within=part)

    # ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────

    def sees(self, *words: str) -> None:
        """All of this stands on the page."""
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each)

    def is_told(self, words: str) -> None:
        """The message at the top says so."""
        expect(self.page.locator("#messages")).to_contain_text(words)

    def looks(self, name: str) -> None:
        """Pictures and axe."""
        self.eye.look(self.page, name)

    # ── steps ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def is_refused(self, step: str, *reasons: str, act: bool = False) -> None:
        """The page of a step lists every reason and has no button for it."""
        self.open("standing" if act else "step", self.code, step)
        box = self.page.locator(".problems-box")
        for reason in reasons:
            expect(box).to_contain_text(reason)
        expect(self.page.get_by_role("link", name="返回去补齐")).to_be_visible()
        self.looks(f"refused-{step}")

    def steps(self, step: str, label: str, query: str = "") -> None:
        """Make a step that nothing stands against any more."""
        self.open("step", self.code, step, query=query)
        self.press(label)
        self.is_told(f"已{label}")


def _name(words: str) -> re.Pattern[str]:
    """The whole name of a link or button. What stands after “：” is for ears only and begins a line of its own."""
    return re.compile("^" + re.escape(words).replace("：", r"\s*：") + "$")
