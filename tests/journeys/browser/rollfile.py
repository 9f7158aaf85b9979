"""A roll as a village sends it: 1,312 rows, seventeen of them wrong in nine ways, each planted where a test can name it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook, load_workbook

from config.demo.people import HEAD, id_number, people
from tests.make import VILLAGE

ROWS = 1_312
NAME, NUMBER, SEX, CATEGORY, STATED = (
    HEAD.index(each) for each in ("姓名", "身份证号", "性别", "登记类型", "本人表示参加")
)
# title of the group on the page, how many rows wait in it
GROUPS = {
    "身份证号被Excel改动过": 2,
    "身份证号缺少或不对": 2,
    "姓名没有填写": 2,
    "同一个身份证号在文件中重复": 2,
    "登记类型等内容看不懂或太长": 3,  # of two kinds: a class and a statement
    "身份证号最后一位对不上": 2,
    "性别与身份证号不一致": 2,
    "需要对照户口簿核对": 2,
}


@dataclass(frozen=True)
class RollFile:
    """The rows as they should be, and the file with its errors. Rows are numbered as in the file."""

    path: Path
    right: dict[int, list[str]]
    wrong: dict[str, list[int]]  # kind → rows


def clean(folder: Path, poll: date, rows: int = 300) -> Path:
    """A file in which nothing is wrong."""
    return _save(
        folder / "石门村选民登记表.xlsx", [person.as_row() for person in people(VILLAGE, rows + 40, poll)[:rows]]
    )


def faulty(folder: Path, poll: date) -> RollFile:
    """Seventeen errors of nine kinds, spread over the file."""
    cells = [person.as_row() for person in people(VILLAGE, ROWS + 40, poll)[:ROWS]]
    right = {place + 3: list(row) for place, row in enumerate(cells)}
    places = [40 + 74 * turn for turn in range(17)]
    kinds = ("excel", "length", "name", "twice", "class", "statement", "digit", "sex", "old")
    wrong: dict[str, list[int]] = {kind: [] for kind in kinds}
    order = [
        *(kind for kind in kinds for _ in range(2)),
    ]
    order.remove("statement")
    for kind, place in zip(order, places, strict=True):
        _spoil(kind, cells, place, poll)
        wrong[kind].append(place + 3)
    return RollFile(_save(folder / "石门村选民登记表.xlsx", cells), right, wrong)


def _spoil(kind: str, cells: list[list[str]], place: int, poll: date) -> None:
    row = cells[place]
    number = row[NUMBER]
    if kind == "excel":
        row[NUMBER] = number[:15] + "000"
    elif kind == "length":
        row[NUMBER] = number[:17]
    elif kind == "name":
        row[NAME] = ""
    elif kind == "twice":
        row[NUMBER], row[SEX] = cells[place - 1][NUMBER], cells[place - 1][SEX]
    elif kind == "class":
        row[CATEGORY] = "挂靠户"
    elif kind == "statement":
        row[STATED] = "待定"
    elif kind == "digit":
        row[NUMBER] = number[:17] + next(digit for digit in "0123456789" if digit != number[17])
    elif kind == "sex":
        row[SEX] = "女" if row[SEX] == "男" else "男"
    else:
        row[NUMBER] = id_number(poll.replace(year=poll.year - 101), "M" if row[SEX] == "男" else "F", place)


def two_sheets(folder: Path, poll: date) -> Path:
    """One sheet a group, as some villages keep their rolls, and a heading of their own for the number."""
    rows = [person.as_row() for person in people(VILLAGE, 160, poll)]
    book = Workbook()
    for title, part in (("一组", rows[:9]), ("二组", rows[9:18])):
        sheet = book.create_sheet(title)
        for row in ([*HEAD[:NUMBER], "号码栏", *HEAD[NUMBER + 1 :]], *part):
            sheet.append(row)
    del book["Sheet"]
    path = folder / "分组名单.xlsx"
    book.save(path)
    return path


def young(poll: date) -> list[list[str]]:
    """Two who are too young for election day: one by three days, one by years."""
    someone, other = people(VILLAGE, 200, poll)[-2:]
    births = ((someone, poll.replace(year=poll.year - 18) + timedelta(days=3)), (other, date(poll.year - 10, 5, 1)))
    rows = []
    for serial, (person, birth) in enumerate(births, 300):
        row = person.as_row()
        row[NUMBER], row[HEAD.index("村民小组")] = id_number(birth, person.sex, serial), "第1村民小组"
        rows.append(row)
    return rows


def saved_bytes(rows: list[list[str]]) -> bytes:
    """Rows under the heads, as text."""
    return "\n".join(",".join(row) for row in (HEAD, *rows)).encode()


def _save(path: Path, rows: list[list[str]]) -> Path:
    """With a title above the head and numbers as text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["石门村第十二届村民委员会换届选举选民登记表"])
    sheet.merge_cells("A1:I1")
    for row in (HEAD, *rows):
        sheet.append(row)
    for cell in sheet["B"]:
        cell.number_format = "@"
    book.save(path)
    return path


def put_right(path: Path, right: dict[int, list[str]], kinds: list[int]) -> int:
    """What a clerk does in the file of faulty rows: correct those, leave the others; return how many."""
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    which = [cell.value for cell in sheet[1]].index("原行号")
    done = 0
    for row in sheet.iter_rows(min_row=2):
        number = int(str(row[which].value))
        if number in kinds:
            row[NUMBER].value = right[number][NUMBER]
            done += 1
    book.save(path)
    return done
