"""Rolls and people for tests. All persons are invented: area 990100, right check digits."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, StringIO

from openpyxl import Workbook

from elections.models import Election, Role
from elections.permissions import Actor
from elections.rules.kinds import Stage
from tests.make import VILLAGE, an_actor, an_election
from voters.models import Voter
from voters.rules.columns import COLUMNS
from voters.rules.eligibility import Setting
from voters.rules.rows import Row, read_row
from voters.services.registering import register_voter

POLL_DAY = date(2026, 12, 20)
TODAY = date(2026, 11, 20)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
HEADINGS = list(COLUMNS)


def an_id(serial: int = 1, birth: date = date(1980, 5, 6), area: str = "990100") -> str:
    """An id number with its check digit; an odd ``serial`` is a man's."""
    body = f"{area}{birth:%Y%m%d}{serial:03d}"
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def a_row(serial: int = 1, name: str = "", **cells: str) -> dict[str, str]:
    """One row of a file, by our column names; keys may be given as English fields."""
    birth = date(1950 + serial % 50, 1 + serial % 12, 1 + serial % 28)
    number = serial % 1000
    given = {
        "姓名": name or a_name(serial),
        "身份证号": an_id(number, birth),
        "性别": "男" if number % 2 else "女",
        "民族": "汉族",
        "村民小组": f"{serial % 12 + 1}组",
        "户号": str(serial // 4 + 1),
        "住址": "",
        "电话": "",
        "登记类型": "户籍在本村且居住",
        "本人表示参加": "",
        "政治面貌": "群众",
        "备注": "",
    }
    return given | cells


def a_name(serial: int) -> str:
    surnames, given = "王李张刘陈杨赵黄周吴", "芳伟敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚"
    return surnames[serial % 10] + given[serial // 10 % 20] + given[serial // 200 % 20]


def table(rows: Iterable[dict[str, str]], headings: Sequence[str] = HEADINGS, titles: Sequence[str] = ()) -> list[list]:
    """Rows as a sheet has them, with title rows above the headings."""
    return [*([title] for title in titles), list(headings), *([row.get(head, "") for head in headings] for row in rows)]


def xlsx(cells: Iterable[Sequence[object]], merge: str = "") -> bytes:
    """An .xlsx of one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "名单"
    for row in cells:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def csv_bytes(cells: Iterable[Sequence[object]], encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows(cells)
    return out.getvalue().encode(encoding)


def a_roll_election(code: str = VILLAGE, stage: str = Stage.REGISTRATION, **fields) -> Election:
    """An election in registration with an election day."""
    fields = {"poll_day": POLL_DAY, "registration_start": date(2026, 11, 10)} | fields
    return an_election(stage, code=code, **fields)


def a_clerk(code: str = VILLAGE) -> Actor:
    """A clerk of the village."""
    return an_actor(Role.VILLAGE, code)


def a_typed_row(serial: int = 1, **cells: str) -> Row:
    """A row as a form gives it, without faults."""
    setting = Setting(election_day=POLL_DAY)
    from elections.rules import policy

    reading = read_row(a_row(serial, **cells), setting, TODAY, policy.load())
    assert not reading.refused, reading.faults
    return reading.row


def a_voter(
    election: Election, serial: int = 1, *, actor: Actor | None = None, circumstances=None, **cells: str
) -> Voter:
    """A person registered through the service."""
    actor = actor or a_clerk(election.village_id)
    return register_voter(
        election, a_typed_row(serial, **cells), circumstances=circumstances or {}, checked=False, actor=actor
    )
