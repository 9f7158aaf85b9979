"""A county with one village in it, its three users, and a browser that is being watched."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from elections.models import Area, Role
from tests import make
from tests.journeys.browser.clerk import Clerk
from tests.journeys.browser.look import PICTURES, Eye

VILLAGE = make.VILLAGE
USERS = (
    ("township", Role.TOWNSHIP, "测试员甲"),
    ("village", Role.VILLAGE, "测试员乙"),
    ("county", Role.COUNTY, "测试员丙"),
)


@pytest.fixture
def county(transactional_db: None) -> Area:
    """清源县, 青石镇, 石门村 and one account for each of them."""
    make.an_area(make.COUNTY, "清源县")
    Area.objects.create(code=make.TOWN, name="青石镇", kind=Area.Kind.TOWN, phone="0990-5550102")
    figures = {"population": 2316, "households": 640, "party_members": 58}
    make.an_area(VILLAGE, "石门村", **figures)
    for username, role, name in USERS:
        make.a_user(role, username=username, name=name)
    return Area.objects.get(code=make.COUNTY)


@pytest.fixture
def eye(live_server: LiveServer) -> Iterator[Eye]:
    """Everything seen in a test is judged after it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    seen = Eye(host=urlsplit(live_server.url).netloc)
    yield seen
    seen.verdict()


@pytest.fixture
def clerk(page: Page, live_server: LiveServer, county: Area, eye: Eye) -> Clerk:
    """Somebody at the keyboard, not logged in yet."""
    page.set_default_timeout(10_000)
    eye.watch(page.context)
    return Clerk(page, live_server.url, VILLAGE, eye)
