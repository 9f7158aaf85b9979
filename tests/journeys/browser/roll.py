"""选民登记: a roll file as villages send it, its faults row by row, publication, an objection, the supplement."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from config.demo.people import HEAD, Person, id_number, people
from tests.journeys.browser.clerk import Clerk
from tests.journeys.browser.days import POLL, Days
from tests.make import VILLAGE

ROWS = 1300  # of the file, the faulty ones among them
BOARD = {"张贴地点": "村务公开栏和各村民小组", "张贴人": "演示张贴员"}
NOT_YET = ("选民登记公告还没有张贴", "名单是空的，还没有登记选民")


def villagers() -> list[Person]:
    return people(VILLAGE, ROWS + 40, POLL)[:ROWS]


def write_file(folder: Path, villagers: list[Person]) -> tuple[Path, Person]:
    """The file with a title above its head and numbers as text; who was left off by a slip of the pen."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["石门村第十二届村民委员会换届选举选民登记表"])
    sheet.merge_cells("A1:I1")
    sheet.append(HEAD)
    *good, one, two, three, four, five = (person.as_row() for person in villagers)
    wrong_digit = one[1][:-1] + ("1" if one[1][-1] != "1" else "2")
    one[1], two[0], three[1], four[1] = wrong_digit, "", three[1][:17], good[0][1]
    five[1] = id_number(POLL.replace(year=POLL.year - 12), villagers[-1].sex, 7)
    for row in (*good, one, two, three, four, five):
        sheet.append(row)
    for cell in sheet["B"]:
        cell.number_format = "@"
    path = folder / "石门村选民登记表.xlsx"
    book.save(path)
    return path, villagers[-5]


def announce(clerk: Clerk, days: Days) -> None:
    """The notice of registration goes up."""
    clerk.task("张贴选民登记公告")
    clerk.save("#posting", {
        "公告": "选民登记公告", "张贴日期": days.day(-39), "张贴地点": "村务公开栏", "张贴人": "演示张贴员",
    }, "登记张贴")  # fmt: skip
    clerk.is_told("张贴已登记")
    clerk.looks("postings")


def import_file(clerk: Clerk, file: Path) -> None:
    """Upload, read the faults, confirm: nothing is half saved."""
    clerk.task("登记选民，公布选民名单")
    clerk.looks("roll-empty")
    clerk.follow("导入名单")
    clerk.looks("import-source")
    clerk.part("input[type=file]").set_input_files(file)
    clerk.press("上传并检查")
    clerk.sees("共", "1300行")
    clerk.looks("import-check")
    clerk.page.get_by_role("link", name="下一步：导入").click()
    clerk.looks("import-confirm")
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("button", name="导入").last.click()
    clerk.is_told("已导入：新增")
    clerk.looks("import-end")
    clerk.follow("查看选民名单")
    clerk.looks("roll")


def publish(clerk: Clerk) -> None:
    clerk.open("roll")
    clerk.follow("核对并公布")
    clerk.looks("roll-publish")
    clerk.write(clerk.part("main"), BOARD)
    clerk.press("公布名单")
    clerk.sees("没有勾选")
    clerk.looks("roll-publish-unticked")
    clerk.part("main form [type=checkbox]").check()
    clerk.press("公布名单")
    clerk.is_told("名单已公布")
    clerk.looks("roll-version")


def object_to_roll(clerk: Clerk, missing: Person) -> None:
    """Somebody misses himself on the list."""
    clerk.open("roll_appeals")
    clerk.follow("登记申诉")
    clerk.save("main", {
        "申诉涉及的人": missing.name, "申诉人": missing.name, "申诉内容": "本人户籍在本村，名单上没有",
    }, "登记申诉")  # fmt: skip
    clerk.is_told("已登记申诉，应在")
    clerk.looks("appeal")


def decide(clerk: Clerk, missing: Person) -> None:
    """He is registered by decision, and the supplement says so to everybody."""
    clerk.open("roll_appeals")
    clerk.looks("appeals")
    clerk.follow(f"处理：{missing.name}")
    clerk.follow("登记此人")
    clerk.write(clerk.part("main"), {
        "姓名": missing.name, "身份证号": missing.id_number, "村民小组": missing.group,
        "本人表示参加选举": True, "改动的理由和依据": "户口簿核实，登记表上号码写错一位",
    })  # fmt: skip
    clerk.looks("voter-new")
    clerk.part("main form").first.evaluate("form => form.requestSubmit(form.querySelector('button.btn-primary'))")
    clerk.is_told(f"已登记{missing.name}")
    clerk.looks("voter")
    clerk.task("补充公布名单变动")
    clerk.looks("supplement")
    clerk.write(clerk.part("main"), BOARD)
    clerk.part("main form [type=checkbox]").check()
    clerk.press("公布更正补充")
    clerk.is_told("更正补充名单已公布")
    clerk.looks("roll-version-2")
