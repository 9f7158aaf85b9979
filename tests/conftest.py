"""Fixtures for every test: engines, real servers, and the emptying of append-only tables."""

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from elections import append_only
from tests.client import Browser
from tests.engines import CHROMIUM, COLLECTED, POSTGRESQL, SQLITE, engines_of
from tests.pace import EXAMPLES
from tests.servers import Postgres, Redis, Server, Web, Worker, url_of
from voters import freeze

Starter = Callable[[Any], Any]

# Time limits of a single example would fail on a busy machine; `make test` has a limit of its own.
settings.register_profile("suite", max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--share", action="store_true", help="only this engine's share of the suite (tests/engines.py)")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay until the end: looking for garbage among them again and again finds none. What a test
    leaves is mostly gone before twenty thousand objects have gathered."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000)
        gc.enable()


def pytest_itemcollected(item: pytest.Item) -> None:
    item.config.stash.setdefault(COLLECTED, []).append(item)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Start the longest files first, so that none is left alone at the end; leave out what is not for this engine."""
    seconds: dict[Path, int] = {}
    for item in items:
        mark = item.get_closest_marker("slow")
        if mark:
            seconds[item.path] = max(mark.kwargs.get("seconds", 5), seconds.get(item.path, 0))
    items.sort(key=lambda item: -seconds.get(item.path, 0))
    engine, foreign = (POSTGRESQL, "sqlite") if connection.vendor == "postgresql" else (SQLITE, "postgres")
    for item in items:
        if item.get_closest_marker(foreign):
            item.add_marker(pytest.mark.skip(reason=f"not for {engine}"))
    if config.getoption("share"):
        own = [bool(engines_of(item) & {engine, CHROMIUM}) for item in items]
        config.hook.pytest_deselected(items=[item for item, stays in zip(items, own, strict=True) if not stays])
        items[:] = [item for item, stays in zip(items, own, strict=True) if stays]


@pytest.fixture(scope="session", autouse=True)
def _emptied_append_only_tables() -> Iterator[None]:
    """Let transactional tests empty the journal afterwards: take its triggers away and put them back."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        append_only.remove(connection)
        freeze.remove(connection)
        try:
            empty(self)
        finally:
            append_only.install(connection)
            freeze.install(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[..., None]:
    """Hold a measured figure to its promise and note it for `make figures`.

    ``figure("village page, statements", now=14, promised=15, before=61)`` fails when ``now`` is more than promised;
    ``before`` is what it was in release 0.2, where that was measured.
    """

    def hold(name: str, *, now: float, promised: float, before: float | str = "") -> None:
        record_property(f"figure: {name}", f"{before}|{promised}|{now}")
        assert now <= promised, f"{name}: {now}, promised {promised}"

    return hold


@pytest.fixture
def client() -> Browser:
    """A browser whose forms carry the key of an act."""
    return Browser()


@pytest.fixture
def pg_server() -> Iterator[Postgres]:
    """A PostgreSQL of this test's own, which it may stop, kill and restart."""
    with Postgres() as server:
        yield server


@pytest.fixture
def redis_server() -> Iterator[Redis]:
    """A Redis of this test's own, which it may empty, freeze, kill and restart."""
    with Redis() as server:
        yield server


@pytest.fixture
def database_url(transactional_db: None) -> str:
    """The test database for another process. The test's own rows are committed, so others see them."""
    return url_of(connection.settings_dict)


@pytest.fixture
def start(request: pytest.FixtureRequest) -> Starter:
    """Start a server for the length of the test: `worker = start(Worker(database_url, redis_server.url))`."""

    def start_one(server: Server) -> Server:
        request.addfinalizer(server.__exit__)
        server.start()
        return server

    return start_one


@pytest.fixture
def worker(database_url: str, redis_server: Redis, start: Starter) -> Worker:
    """A real Celery worker on the test database and a Redis of its own."""
    return start(Worker(database_url, redis_server.url))


@pytest.fixture
def web(database_url: str, start: Starter) -> Web:
    """gunicorn with two processes on the test database."""
    return start(Web(database_url))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which asks nothing of the outside world. `page` and `live_server` do the rest."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver's event loop runs in the thread of the test
    quiet = ["background-networking", "component-update", "default-apps", "extensions", "gpu", "quic", "sync"]
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        "executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"),
        "args": [*(f"--disable-{each}" for each in quiet), "--no-first-run", "--disable-dev-shm-usage", *root],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A township office's computer: Chinese, in China."""
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1366, "height": 768}}
