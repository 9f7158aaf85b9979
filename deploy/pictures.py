"""`make pictures`: the pictures of the handbook and of the README, taken anew from the demonstration.

Starts the site in a folder of its own with a county of invented people, walks it in Chromium as a clerk would, and
writes docs/pictures/*.png and docs/village.png. Everything it starts and makes ends with it.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import Locator, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from config.demo.people import Person
    from elections.models import User

BASE = Path(__file__).resolve().parent.parent
DOCS = BASE / "docs"
PC, PHONE = ViewportSize(width=1100, height=700), ViewportSize(width=360, height=640)
COLOURS = 64  # of a palette: letters stay sharp and a picture stays small
STARTS_WITHIN = 120  # seconds
VILLAGE, BEGINNING, OBJECTIONS = "990100101201", "990100101202", "990100101203"
NOBODY = "990100001009"  # no village of the demonstration: its people are on no roll
NOMINATION, VOTING, HANDOVER = "990100101204", "990100102201", "990100102202"
# How far each village has come, and election day counted from today.
PLANS = (
    (VILLAGE, "registration", 36),
    (BEGINNING, "preparation", 60),
    (OBJECTIONS, "objections", 29),
    (NOMINATION, "nomination", 21),
    (VOTING, "voting", 0),
    (HANDOVER, "handover", -4),
)


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="huanjie-pictures-"))
    port = _free_port()
    os.environ.update(VAR_DIR=str(folder), DJANGO_SETTINGS_MODULE="config.settings", LOG_LEVEL="WARNING", DEMO="1")
    sys.path.insert(0, str(BASE))
    try:
        _make_county()
        with _site(port), _browser() as page:
            Camera(page, f"http://127.0.0.1:{port}").take_all()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _make_county() -> None:
    """The demonstration with the plans of this file, a clerk for each village, and one vote that is going on."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections, transaction

    from config.demo.county import PASSWORD, Plan
    from config.management.commands import demo
    from elections.models import Area, Role, User
    from elections.services.accounts import appoint

    call_command("migrate", interactive=False, verbosity=0)
    demo.PLANS = tuple(Plan(*each) for each in PLANS)
    call_command("demo", stdout=io.StringIO())
    with transaction.atomic():
        for code, *_ in PLANS:
            user = User(username=code, name=f"演示 {Area.objects.get(code=code).name}选委会")
            user.set_password(PASSWORD)
            user.save()
            appoint(user, Role.VILLAGE, Area.objects.get(code=code), actor=None)
        _open_poll(User.objects.get(username=VOTING))
    connections.close_all()


def _open_poll(clerk: User) -> None:
    from django.utils import timezone

    from elections.models import Election
    from elections.permissions import actor_of
    from elections.services import moves

    election = Election.objects.get(village_id=VOTING, body="committee")
    moves.move(election, "open_poll", version=election.version, actor=actor_of(clerk), today=timezone.localdate())


@contextmanager
def _site(port: int) -> Iterator[None]:
    """The site as `make run` starts it, in a session of its own."""
    environment = {**os.environ, "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "deploy/serve.py"],
        cwd=BASE,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(STARTS_WITHIN * 2):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("The site did not start.")


@contextmanager
def _browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        root = ["--no-sandbox"] if os.geteuid() == 0 else []
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(
            executable_path=path, args=["--disable-gpu", "--disable-dev-shm-usage", *root]
        )
        yield browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport=PC).new_page()
        browser.close()


class Camera:
    """One clerk after the other at the same browser, and what they see."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def take_all(self) -> None:
        for name, clerk, scene in SCENES:
            self.sit_down(clerk)
            part = scene(self)
            self.keep(DOCS / f"{name}.png", part)
            self.page.set_viewport_size(PC)
            print(f"docs/{name}.png", flush=True)

    def sit_down(self, clerk: str) -> None:
        """Log in as this clerk; nobody for the picture of the login itself."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.site}/login/")
        if clerk:
            self.page.get_by_label("账号").fill(clerk)
            self.page.get_by_label("密码", exact=True).fill("demo-2026")
            self.press("登录")

    def open(self, code: str, path: str = "") -> None:
        self.page.goto(f"{self.site}/villages/{code}/{path}")

    def press(self, words: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=words, exact=True).first.click()

    def keep(self, path: Path, part: Locator | None) -> None:
        """A picture of the window, or of one part of the page, with few colours."""
        path.parent.mkdir(exist_ok=True)
        self.page.mouse.move(0, 0)
        taken = part.screenshot(animations="disabled") if part else self.page.screenshot(animations="disabled")
        few = Image.open(io.BytesIO(taken)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def _tall(height: int) -> ViewportSize:
    return ViewportSize(width=PC["width"], height=height)


def _login(camera: Camera) -> None:
    camera.page.get_by_label("账号").fill("village")


def _village(camera: Camera) -> None:
    camera.page.set_viewport_size(_tall(900))
    camera.open(VILLAGE)


def _election_committee(camera: Camera) -> None:
    camera.page.set_viewport_size(_tall(900))
    camera.open(BEGINNING, "committee/")


def _import(camera: Camera) -> None:
    camera.open(VILLAGE, "roll/import/")


def _import_rows(camera: Camera) -> None:
    """Ten people pasted, one number mistyped, one sex."""
    rows = [each.as_row() for each in _people(NOBODY, 10)]
    rows[2][1] = rows[2][1][:-1] + ("0" if rows[2][1][-1] != "0" else "1")
    rows[5][2] = "女" if rows[5][2] == "男" else "男"
    _paste(camera, rows)
    camera.page.set_viewport_size(ViewportSize(width=1280, height=860))  # the whole width of its table


def _people(code: str, count: int) -> list[Person]:
    from django.utils import timezone

    from config.demo.people import people

    return people(code, count, timezone.localdate())


def _paste(camera: Camera, rows: list[list[str]]) -> None:
    from config.demo.people import HEAD

    camera.open(VILLAGE, "roll/import/")
    camera.page.get_by_label("粘贴名单").fill("\n".join("\t".join(row) for row in [HEAD, *rows]))
    camera.press("检查粘贴的名单")


def _roll(camera: Camera) -> None:
    camera.open(OBJECTIONS, "roll/")


def _person(camera: Camera) -> None:
    camera.open(OBJECTIONS, "roll/")
    camera.page.locator("main table tbody a").first.click()
    camera.page.get_by_role("link", name="修改", exact=True).click()
    camera.page.set_viewport_size(_tall(800))


def _publish(camera: Camera) -> None:
    """The check before the roll is posted; for it the roll is taken in from a paste."""
    _paste(camera, [each.as_row() for each in _people(VILLAGE, 120)])
    camera.page.get_by_role("link", name="下一步：导入").click()
    with camera.page.expect_navigation():
        camera.page.get_by_role("button", name="导入").last.click()
    camera.open(VILLAGE, "roll/publish/")


def _postings(camera: Camera) -> None:
    camera.open(OBJECTIONS, "postings/")
    camera.page.set_viewport_size(_tall(780))


def _appeal(camera: Camera) -> None:
    camera.open(OBJECTIONS, "roll/appeals/")
    camera.page.locator("main table").get_by_role("link").first.click()
    camera.page.set_viewport_size(_tall(900))


def _proxies(camera: Camera) -> None:
    camera.open(VOTING, "proxies/")


def _nominations(camera: Camera) -> None:
    camera.open(NOMINATION, "nominations/")


def _check_in(camera: Camera) -> None:
    camera.page.set_viewport_size(PHONE)
    camera.open(VOTING, "poll/check-in/")
    camera.page.locator("[name=code]").fill("12")
    camera.press("验证选民证")


def _count(camera: Camera) -> None:
    camera.page.set_viewport_size(_tall(900))
    camera.open(VOTING, "count/1/entry/")


def _handover(camera: Camera) -> None:
    camera.open(HANDOVER, "handover/")


Scene = Callable[[Camera], Locator | None]
SCENES: tuple[tuple[str, str, Scene], ...] = (
    ("pictures/login", "", _login),
    ("village", VILLAGE, _village),
    ("pictures/committee", BEGINNING, _election_committee),
    ("pictures/import", VILLAGE, _import),
    ("pictures/roll", OBJECTIONS, _roll),
    ("pictures/person", OBJECTIONS, _person),
    ("pictures/publish", VILLAGE, _publish),
    ("pictures/import-rows", VILLAGE, _import_rows),
    ("pictures/postings", OBJECTIONS, _postings),
    ("pictures/appeal", OBJECTIONS, _appeal),
    ("pictures/proxies", VOTING, _proxies),
    ("pictures/nominations", NOMINATION, _nominations),
    ("pictures/check-in", VOTING, _check_in),
    ("pictures/count", VOTING, _count),
    ("pictures/handover", HANDOVER, _handover),
)

if __name__ == "__main__":
    sys.exit(main())
