"""A list taken out, a few cells edited, the file brought back: only the edit is changed (import and export agree)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from elections.documents.sheets import workbook_bytes
from elections.models import Election
from elections.permissions import Actor
from elections.rules.naming import clean_name, text_of
from tests.voters.make_voters import TODAY, a_clerk, a_roll_election, an_id, csv_bytes, table, xlsx
from voters.importing.source import SourceTable
from voters.models import Voter
from voters.rules import identity
from voters.selectors import lists
from voters.services import exporting, imports

pytestmark = pytest.mark.django_db

NUMBERS = [
    number
    for place in range(60)
    if not identity.ends_like_rounded(number := an_id(101 + 2 * place, date(1955, 1, 1) + timedelta(days=211 * place)))
]
HAN = st.text("王李张赵芳伟秀英娜敏静𠮷䶮㛃玥堃喆〇", min_size=2, max_size=4)
WITH_DOTS = st.lists(st.text("阿依古丽买提木江尼亚孜汗", min_size=1, max_size=5), min_size=2, max_size=3).map("·".join)
LATIN = st.sampled_from(["Anna Maria", "O'Brien", "José-Luis", "Ким Ын"])
NAMES = st.one_of(HAN, WITH_DOTS, LATIN).map(clean_name)
WRITTEN = (
    st.text(st.characters(exclude_categories=("C", "Z")), max_size=20)
    .map(text_of)
    .filter(lambda text: not text.startswith(("'", "=")))
)  # fmt: skip  a leading quote or equals sign is what programs guard numbers with
COLUMNS: dict[str, st.SearchStrategy[str]] = {
    "姓名": NAMES,
    "民族": st.sampled_from(["汉族", "畲族", "维吾尔族", ""]),
    "村民小组": st.sampled_from(["1组", "2组", "第十生产队", "陈家湾", ""]),
    "户号": st.sampled_from(["1", "0012", "3-2", "A7", ""]),
    "登记类型": st.sampled_from(["户籍在本村且居住", "户籍在本村不居住"]),
    "备注": WRITTEN,
}
FIELDS = {"姓名": "name", "民族": "ethnicity", "村民小组": "group", "户号": "household", "备注": "remark"}
FOLLOWING = {"version", "row_mark", "source_id", "initials", "place"}  # kept by the program itself


@st.composite
def rolls(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows of a village: everybody has his own number and day of birth."""
    numbers = draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=8, unique=True))
    return [
        {column: draw(cells) for column, cells in COLUMNS.items()}
        | {"身份证号": number, "本人表示参加": draw(st.sampled_from(["是", "否"])), "电话": "13912345678"}
        for number in numbers
    ]


KINDS = st.sampled_from(["xlsx", "utf-8", "utf-8-sig", "gb18030", "utf-16"])


@pytest.fixture
def clerk() -> Actor:
    return a_clerk()


@pytest.fixture
def election() -> Election:
    return a_roll_election()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows=rolls(), kind=KINDS, data=st.data())
def test_only_the_edit_is_changed(
    election: Election, clerk: Actor, rows: list[dict[str, str]], kind: str, data: st.DataObject
) -> None:
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True), transaction.atomic():
        imports.import_roll(election, SourceTable.read(xlsx(table(rows)), "x"), actor=clerk, today=TODAY)
        before = everything()
        cells = taken_out(election, clerk)
        edited = edit(cells, data)
        report = imports.import_roll(election, SourceTable.read(file(cells, kind), "x"), actor=clerk, today=TODAY)
        after = everything()
        assert (report.read, report.refused, report.to_check, report.new) == (len(rows), 0, 0, 0)
        wanted = {number: as_edited(row, edited.get(number, {})) for number, row in before.items()}
        assert after == wanted
        assert report.changed == sum(row != before[number] for number, row in wanted.items())
        transaction.set_rollback(True)


def everything() -> dict[str, dict[str, Any]]:
    """Number of a person → all columns of his row, the sealed ones as they are."""
    from voters.sealing import number_of

    voters = list(Voter.objects.all())
    rows = Voter.objects.in_bulk([voter.pk for voter in voters])
    return {
        number_of(voter): {
            field.attname: getattr(rows[voter.pk], field.attname)
            for field in Voter._meta.concrete_fields
            if field.attname not in FOLLOWING
        }
        for voter in voters
    }


def taken_out(election: Election, clerk: Actor) -> list[list[Any]]:
    """The cells of the list with full numbers, as its file has them."""
    asked = exporting.ask_export(election, query="", rows=1, reason="核对", actor=clerk)
    data = workbook_bytes("选民名单", lists.full_sheet(asked, lists.everybody(election)))
    return [list(row) for row in load_workbook(BytesIO(data)).active.values]


def edit(cells: list[list[Any]], data: st.DataObject) -> dict[str, dict[str, str]]:
    """Change some cells in place; number → column → what is written now."""
    head, people = cells[1], cells[2:]
    made: dict[str, dict[str, str]] = {}
    for _ in range(data.draw(st.integers(0, 4), label="edits")):
        row = data.draw(st.sampled_from(people), label="row")
        column = data.draw(st.sampled_from(sorted(COLUMNS)), label="column")
        row[head.index(column)] = text = data.draw(COLUMNS[column], label="text")
        made.setdefault(row[head.index("身份证号")], {})[column] = text
    return made


def file(cells: Iterable[list[Any]], kind: str) -> bytes:
    """The same cells as the clerk's program saves them."""
    rows = [["" if cell is None else cell for cell in row] for row in cells]
    return xlsx(rows) if kind == "xlsx" else csv_bytes(rows, kind)


def as_edited(row: dict[str, Any], edits: dict[str, str]) -> dict[str, Any]:
    changed = row | {FIELDS[column]: text for column, text in edits.items() if column in FIELDS}
    if "登记类型" in edits:
        changed["category"] = "CAT2" if "不居住" in edits["登记类型"] else "CAT1"
    listed = changed["category"] == "CAT1" or changed["stated"]
    return changed | {"listed": listed, "omission": "" if listed else "NO_STATEMENT"}
