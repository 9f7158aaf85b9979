"""A published roll with two objections: one upheld, one rejected; the supplement; every version printed again for ever.

Objections come in by telephone and at the door: those pages are walked through on a phone, 360×640.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from config.demo import walk as steps
from elections import tasks
from elections.documents import store
from elections.models import Area, Election, Job, Paper
from tests.journeys.browser import made, rollfile
from tests.journeys.browser.clerk import Clerk
from tests.journeys.browser.look import PHONE
from tests.journeys.browser.roll import BOARD
from voters.importing.source import SourceTable
from voters.models import RollImport, RollObjection, RollVersion, Voter
from voters.services import imports

pytestmark = pytest.mark.browser
BEFORE = (steps.prepare, steps.audit, steps.party_first, steps.register, steps.publish_roll)


def on_a_phone(clerk: Clerk, browser: Browser) -> Clerk:
    """The same clerk with a phone in his hand."""
    context = browser.new_context(
        viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    clerk.eye.watch(context)
    phone = Clerk(context.new_page(), clerk.site, clerk.code, clerk.eye)
    phone.page.set_default_timeout(10_000)
    phone.log_in("village")
    return phone


def objection(clerk: Clerk, person: str, matter: str) -> None:
    clerk.open("roll_appeals")
    clerk.follow("登记申诉")
    clerk.save("main", {"申诉涉及的人": person, "申诉人": "测试申诉人", "申诉内容": matter}, "登记申诉")
    clerk.is_told("已登记申诉，应在")


def printed(paper: Paper) -> bytes:
    """What the worker makes of it."""
    for job in Job.objects.filter(kind="print_paper", state=Job.State.QUEUED):
        tasks.run(str(job.pk))
    paper.refresh_from_db()
    return store.get(paper.pdf)


def make_paper(clerk: Clerk, version: int) -> Paper:
    """By the button of a version's page."""
    clerk.open("roll_version", clerk.code, version)
    clerk.press("生成公告")
    kind = "roll" if version == 1 else "roll_fix"
    paper = Paper.objects.filter(kind=kind).latest("number")
    printed(paper)
    return paper


def test_two_objections_a_supplement_and_every_version_again(
    clerk: Clerk, county: Area, browser: Browser, tmp_path: Path
) -> None:
    election = made.walk(county, *BEFORE, poll_in=28)
    clerk.log_in("village")
    clerk.open("roll")
    clerk.looks("roll-published")
    gone, stays = Voter.objects.filter(election=election, listed=True).order_by("number")[:2]
    first = make_paper(clerk, 1)
    first_bytes = printed(first)

    phone = on_a_phone(clerk, browser)
    objection(phone, gone.name, "此人已于上月去世，不应在名单上")
    phone.looks("appeal-phone")
    objection(phone, stays.name, "此人常年在外，不应在名单上")
    decide(clerk, gone, stays)
    supplement(clerk, phone)

    count = RollVersion.objects.get(election=election, number=1).count
    assert RollVersion.objects.get(election=election, number=2).count == count - 1
    assert set(RollObjection.objects.values_list("decision", "published_in__number")) == {("remove", 2), ("reject", 2)}
    versions_again(clerk, gone, first, first_bytes, tmp_path)
    phone.page.context.close()


def decide(clerk: Clerk, gone: Voter, stays: Voter) -> None:
    """One upheld on proof, one rejected with its reason."""
    clerk.open("roll_appeals")
    clerk.follow(f"处理：{gone.name}")
    form = clerk.page.locator("section", has=clerk.page.get_by_role("heading", name="移出名单", exact=True))
    clerk.write(
        form, {"名单序号": gone.number or 0, "原因": "死亡", "依据": "死亡医学证明", "理由": "经上门核实，情况属实"}
    )
    clerk.looks("appeal-decide")
    clerk.press("决定移出")
    clerk.is_told("已作出处理决定")
    clerk.follow(f"处理：{stays.name}")
    form = clerk.page.locator("section", has=clerk.page.get_by_role("heading", name="维持原名单", exact=True))
    clerk.write(form, {"理由": "本人已表示参加选举，有电话记录"})
    clerk.press("决定维持")
    clerk.is_told("已作出处理决定")
    clerk.looks("appeals-decided")


def supplement(clerk: Clerk, phone: Clerk) -> None:
    """The change and both decisions are posted together."""
    phone.open("roll_supplement")
    phone.sees("死亡", "维持原名单")
    clerk.open("roll_supplement")
    clerk.looks("supplement-two-objections")
    clerk.write(clerk.part("main"), BOARD)
    clerk.part("main form [type=checkbox]").check()
    clerk.press("公布更正补充")
    clerk.is_told("更正补充名单已公布")
    clerk.looks("roll-version-supplement")


def versions_again(clerk: Clerk, gone: Voter, first: Paper, first_bytes: bytes, folder: Path) -> None:
    """The notice still names him, the supplement says why he is gone; printing again gives the same papers."""
    clerk.open("roll_version", clerk.code, 1)
    clerk.sees(gone.name)
    clerk.looks("roll-version-first")
    again = make_paper(clerk, 1)
    assert (again.pk, printed(again)) == (first.pk, first_bytes)
    second = make_paper(clerk, 2)
    for name, paper in (("notice", first), ("supplement", second)):
        (folder / f"{name}.pdf").write_bytes(store.get(paper.pdf))
    assert gone.name in second.snapshot
    assert "上门核实" not in second.snapshot, "free reasons stay inside"
    clerk.open("village_papers")
    clerk.looks("papers-of-the-roll")
    with clerk.page.expect_download() as download:
        clerk.page.evaluate(
            "href => { const a = document.createElement('a'); a.href = href; a.download = ''; a.click() }",
            clerk.site + f"/docs/{second.pk}.pdf",
        )
    assert Path(download.value.path()).read_bytes() == store.get(second.pdf)


def test_the_pages_of_the_roll_look_right(clerk: Clerk, county: Area) -> None:
    """Every page of the roll at both sizes, with people on it."""
    election = made.walk(county, *BEFORE[:-1], poll_in=35)
    clerk.log_in("village")
    voter = Voter.objects.filter(election=election, listed=True).order_by("place")[3]
    for name in ("roll", "roll_statistics", "roll_alike", "roll_find", "roll_exports", "roll_young", "roll_publish"):
        clerk.open(name)
        clerk.looks(f"page-{name}")
    for name in ("voter", "voter_edit", "voter_omission"):
        clerk.open(name, clerk.code, voter.pk)
        clerk.looks(f"page-{name}")
    clerk.open("voter_new")
    clerk.looks("page-voter_new")
    clerk.go("imports")
    clerk.looks("page-imports")


def test_the_other_steps_of_an_import_look_right(
    clerk: Clerk, county: Area, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sheets and a column nobody knows; a large file that waits, and one that cannot be read."""
    election = made.walk(county, *BEFORE[:-1], poll_in=35)
    assert election.poll_day is not None
    clerk.log_in("village")
    path = rollfile.two_sheets(tmp_path, election.poll_day)
    clerk.open("roll_import")
    clerk.part("input[type=file]").first.set_input_files(path)
    clerk.press("上传并检查")
    clerk.sees("不导入的列：号码栏")
    clerk.looks("import-columns")
    clerk.write(clerk.part("main"), {"工作表": "二组"})
    clerk.press("换成这张表")
    clerk.write(clerk.part("main"), {"身份证号（必填）": "号码栏"})
    clerk.press("下一步：检查")
    clerk.sees("与名单相同", "9")
    clerk.press("放弃这次导入")
    monkeypatch.setattr("voters.forms.imports.LARGE_FROM", 10)
    clerk.open("roll_import")
    clerk.part("input[type=file]").first.set_input_files(path)
    clerk.press("上传并检查")
    clerk.looks("import-reading")
    job = Job.objects.get(kind="roll_read")
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, message="这个文件不是可以读取的表格")
    clerk.open("import", RollImport.objects.latest("made_at").pk)
    clerk.sees("没有读取：这个文件不是可以读取的表格")
    clerk.looks("import-not-read")
    clerk.press("放弃这次导入")
    clerk.is_told("已放弃这次导入")


def children(walk: steps.Walk) -> None:
    """Two more in a file, too young for election day."""
    given = SourceTable.read(rollfile.saved_bytes(rollfile.young(walk.poll)), "户籍人口.csv")
    imports.import_roll(walk.election, given, actor=walk.township, today=walk.today)


def test_who_comes_of_age_is_named_when_the_day_moves(clerk: Clerk, county: Area) -> None:
    election = made.walk(county, *BEFORE[:-1], children, poll_in=35)
    assert election.poll_day is not None
    rows = rollfile.young(election.poll_day)
    clerk.log_in("village")
    clerk.open("roll_young")
    clerk.sees(rows[0][0])
    clerk.looks("young")
    Election.objects.filter(pk=election.pk).update(poll_day=election.poll_day + timedelta(days=7))
    clerk.open("roll")
    clerk.sees(f"{rows[0][0]}，第1村民小组，年满18周岁")
    clerk.looks("roll-day-moved")
    clerk.press("按选举日更新名单")
    clerk.is_told("列入1人，移出0人")


def test_somebody_else_saved_first_and_both_are_shown(clerk: Clerk, county: Area) -> None:
    election = made.walk(county, *BEFORE[:-1], poll_in=35)
    clerk.log_in("village")
    voter = Voter.objects.filter(election=election, listed=True).order_by("place")[3]
    other = Clerk(clerk.page.context.new_page(), clerk.site, clerk.code, clerk.eye)
    for each in (clerk, other):
        each.open("voter_edit", clerk.code, voter.pk)
    clerk.write(clerk.part("main"), {"户号": "0001"})
    clerk.press("保存")
    clerk.is_told("已保存")
    other.write(other.part("main"), {"户号": "0002", "备注": "已电话核实"})
    with other.page.expect_response(lambda answer: answer.status == 409):
        other.press("保存")
    other.sees("已修改这个人的登记（户号）", "0001", "0002")
    other.looks("voter-overtaken")
    other.press("保存")
    voter.refresh_from_db()
    assert (voter.household, voter.remark) == ("0002", "已电话核实")
