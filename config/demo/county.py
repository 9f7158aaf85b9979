"""The county, its townships and villages, its accounts."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from elections.models import Area, Role, User
from elections.services.accounts import appoint

COUNTY = "990100"
PASSWORD = "demo-2026"  # noqa: S105  a demonstration; production refuses these accounts
SHIMEN = "990100101201"

# fmt: off
AREAS = (
    # code           name          kind         people households party
    (COUNTY,         "清源县",     "county",    None, None, None),
    ("990100001",    "城关街道",   "street",    None, None, None),
    ("990100101",    "青石镇",     "town",      None, None, None),
    ("990100102",    "云溪镇",     "town",      None, None, None),
    (SHIMEN,         "石门村",     "village",   2316, 640, 58),
    ("990100101202", "沙溪村",     "village",   1840, 512, 43),
    ("990100101203", "东源村",     "village",   1525, 430, 39),
    ("990100101204", "上坪村",     "village",   986,  271, 26),
    ("990100101205", "白沙村",     "village",   1204, 333, 31),
    ("990100102201", "松岭村",     "village",   1377, 389, 35),
    ("990100102202", "竹坪村",     "village",   1088, 305, 28),
    ("990100102203", "梅岭村",     "village",   1650, 468, 41),
    ("990100102204", "桃源村",     "village",   1932, 540, 47),
    ("990100001001", "城南社区",   "community", 4210, 1406, 96),
    ("990100001002", "河东社区",   "community", 3650, 1217, 84),
    ("990100001003", "新华社区",   "community", 3120, 1040, 77),
)
ACCOUNTS = (
    # account      name              role            area            department
    ("county",     "演示 县换届办",   Role.COUNTY,    COUNTY,         ""),
    ("township",   "演示 镇换届办",   Role.TOWNSHIP,  "990100101",    ""),
    ("township2",  "演示 云溪换届办", Role.TOWNSHIP,  "990100102",    ""),
    ("street",     "演示 街道换届办", Role.TOWNSHIP,  "990100001",    ""),
    ("village",    "演示 石门选委会", Role.VILLAGE,   SHIMEN,         ""),
    ("village2",   "演示 石门录入员", Role.VILLAGE,   SHIMEN,         ""),
    ("other",      "演示 沙溪选委会", Role.VILLAGE,   "990100101202", ""),
    ("gongan",     "演示 公安联审员", Role.VETTING,   COUNTY,         "县公安局"),
    ("fayuan",     "演示 法院联审员", Role.VETTING,   COUNTY,         "县法院"),
    ("auditor",    "演示 审计员",     Role.AUDITOR,   COUNTY,         ""),
    ("inspector",  "演示 督导员",     Role.INSPECTOR, COUNTY,         ""),
    ("leader",     "演示 县领导",     Role.LEADER,    COUNTY,         ""),
    ("admin",      "演示 管理员",     Role.ADMIN,     COUNTY,         ""),
)
# fmt: on
PHONES = {COUNTY: "0990-5550100", "990100001": "0990-5550101", "990100101": "0990-5550102", "990100102": "0990-5550103"}


@dataclass(frozen=True)
class Plan:
    """The progress of one village, and its election day counted from today."""

    code: str
    until: str  # a stop of ``walk.STOPS``
    poll_day: int  # days from today


PLANS: tuple[Plan, ...] = (
    Plan(SHIMEN, "registration", 36),
    Plan("990100101202", "preparation", 60),
    Plan("990100101203", "audit", 45),
    Plan("990100101204", "nomination", 21),
    Plan("990100101205", "vetting", 12),
    Plan("990100102201", "voting", 1),
    Plan("990100102202", "handover", -4),
    Plan("990100102203", "closed", -20),
    Plan("990100102204", "suspended", 50),
    Plan("990100001001", "rerun", -2),
    Plan("990100001002", "preparation", 62),
    Plan("990100001003", "objections", 29),
)


def make_areas() -> None:
    """Make the places of the demonstration."""
    for code, name, kind, population, households, party in AREAS:
        Area.objects.create(
            code=code,
            name=name,
            kind=kind,
            population=population,
            households=households,
            party_members=party,
            phone=PHONES.get(code, ""),
        )


def make_accounts() -> None:
    """Make the accounts of the demonstration, all with the same known password: never outside demo mode."""
    if not settings.DEMO:
        raise ImproperlyConfigured("demonstration accounts are made only in demo mode")
    for username, name, role, code, department in ACCOUNTS:
        user = User(username=username, name=name)
        user.set_password(PASSWORD)
        user.save()
        appoint(user, role, Area.objects.get(code=code), actor=None, department=department)
