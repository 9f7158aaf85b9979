"""A published roll with two objections: one upheld, one rejected; the supplement; every version printed again for ever.

Objections come in by telephone and at the door: those pages are walked through on a phone, 360×640.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from config.demo import walk as steps
from elections import tasks
from elections.documents import store
from elections.models import Area, Job, Paper
from tests.journeys.browser import made
from tests.journeys.browser.clerk import Clerk
from tests.journeys.browser.look import PHONE
from tests.journeys.browser.roll import BOARD
from voters.models import RollObjection, RollVersion, Voter

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
