"""A county of false people for the benchmarks: as many villages and voters as wanted, through the services."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from config.demo.county import COUNTY
from elections.models import Area, Cycle, Election, Role, User
from elections.permissions import Actor, actor_of
from elections.rules.kinds import Body, Stage
from elections.services.accounts import appoint
from elections.services.beginning import begin_election
from voters.importing.source import SourceTable
from voters.models import RollImport
from voters.rules.columns import COLUMNS
from voters.rules.identity import check_digit
from voters.services.imports import import_roll
from voters.spreadsheet import Sheet

NAME = "试验数据"  # of everything made here begins with it
VILLAGES_A_TOWN = 30
MOST_VILLAGES = 60 * VILLAGES_A_TOWN
FIRST_TOWN = 800  # 990100800 …: no town of the demonstration
LATEST_BIRTH, DAYS = date(2005, 1, 1), 25_000
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
GIVEN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英文华建国红梅玉兰海燕志林小春云龙凤生光成立新永福宝山"


class NotHere(Exception):
    """False people are not mixed with true ones."""


def why_not_loaded() -> str | None:
    """Return why false people may not be loaded here."""
    if not settings.DEMO:
        return "正式系统不能载入试验数据。"
    if Area.objects.exclude(code__startswith=COUNTY).exists():
        return f"数据库里有{COUNTY}以外的地区，可能是真实数据，没有载入。"
    if Area.objects.filter(name__startswith=NAME).exists():
        return "试验数据已经载入过。"
    return None


def load(villages: int, voters: int, *, today: date) -> Iterator[tuple[str, int]]:
    """Make the villages and register the people; yield each village's code and how many it has.

    Raises :class:`NotHere` and ``ValueError`` for figures that cannot be.
    """
    if not 0 < villages <= MOST_VILLAGES or voters < villages:
        raise ValueError
    why = why_not_loaded()
    if why:
        raise NotHere(why)
    with transaction.atomic():
        actor, elections = _begin(villages, today)
    share, more = divmod(voters, villages)
    first = 0
    for place, election in enumerate(elections):
        count = share + (place < more)
        with transaction.atomic():
            import_roll(election, _roll(first, count), actor=actor, today=today)
        first += count
        yield election.village_id, count


def _begin(villages: int, today: date) -> tuple[Actor, list[Election]]:
    """Make areas, a cycle, an account nobody can log in with, and an election in registration for each village."""
    county, _ = Area.objects.get_or_create(code=COUNTY, defaults={"name": f"{NAME}县", "kind": Area.Kind.COUNTY})
    user = User(username="synthetic", name=NAME)
    user.set_unusable_password()
    user.save()
    cycle = Cycle.objects.create(
        county=county, name=f"{NAME}换届", term_no=99, starts_on=today, ends_on=today + timedelta(days=300)
    )
    elections = []
    for place in range(villages):
        town = Area.objects.filter(code=_town(place)).first() or _new_town(place, user)
        village = Area.objects.create(
            code=f"{town.code}{201 + place % VILLAGES_A_TOWN}", name=f"{NAME}{place + 1}村", kind=Area.Kind.VILLAGE
        )
        elections.append(begin_election(village, cycle, Body.VILLAGERS_COMMITTEE, actor=user))
    mine = Election.objects.filter(cycle=cycle)
    # Nobody walks false people through the preparation: there is nothing to prepare.
    mine.update(stage=Stage.REGISTRATION, poll_day=today + timedelta(days=60), registration_start=today)
    return actor_of(user), list(mine.select_related("village", "cycle").order_by("village_id"))


def _town(place: int) -> str:
    return f"{COUNTY}{FIRST_TOWN + place // VILLAGES_A_TOWN}"


def _new_town(place: int, user: User) -> Area:
    code = _town(place)
    town = Area.objects.create(code=code, name=f"{NAME}{code[-3:]}镇", kind=Area.Kind.TOWN)
    appoint(user, Role.TOWNSHIP, town, actor=None)
    return town


def _roll(first: int, count: int) -> SourceTable:
    """Return the table of one village, as if it had been uploaded."""
    rows = [(place + 2, _row(serial)) for place, serial in enumerate(range(first, first + count))]
    mapping = {column: place for place, column in enumerate(COLUMNS)}
    digest = hashlib.sha256(f"{NAME}{first}".encode()).hexdigest()
    return SourceTable(NAME, RollImport.Kind.FILE, digest, Sheet(COLUMNS, 1, mapping, rows))


def _row(serial: int) -> list[str]:
    number, household = an_id(serial), serial // 4
    name = SURNAMES[serial % 40] + GIVEN[serial // 40 % len(GIVEN)] + GIVEN[serial * 7 // 40 % len(GIVEN)]
    return [
        name, number, "男" if int(number[16]) % 2 else "女", "汉族", f"{household % 8 + 1}组", str(household % 900 + 1),
        f"试验路{household}号", f"100{serial:08d}", "户籍在本村且居住", "", "群众", NAME,
    ]  # fmt: skip


def an_id(serial: int) -> str:
    """Return a number of the invented area 990100 with its check digit; serial numbers never meet."""
    day = LATEST_BIRTH - timedelta(days=serial * 37 % DAYS)
    body = f"{COUNTY}{day:%Y%m%d}{11 + serial // DAYS * 2 + serial % 2:03d}"
    return body + check_digit(body + "0")
