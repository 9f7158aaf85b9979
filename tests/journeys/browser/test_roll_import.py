"""选民名单导入 as a clerk does it: 1,312 rows with seventeen errors, a clean file in few clicks, the power cut in step 3."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from config.demo import walk as steps
from elections.models import Area, Election
from tests.journeys.browser import made, rollfile
from tests.journeys.browser.clerk import Clerk
from tests.servers import Web, wait_for
from voters.models import RollImport, Voter

pytestmark = pytest.mark.browser
COUNT_CLICKS = "addEventListener('click', e => e.isTrusted && sessionStorage.setItem('clicks', 1 + +sessionStorage.getItem('clicks')), true)"
CLICKS = "() => +sessionStorage.getItem('clicks')"
MOST_CLICKS = 9


def open_registration(walk: steps.Walk) -> None:
    """The roll may be made; nobody is on it yet."""
    walk.step("open_registration", -39)
    steps._post(walk, "registration", -39)


def registering(county: Area) -> Election:
    return made.walk(county, steps.prepare, steps.audit, steps.party_first, open_registration, poll_in=35)


def upload(clerk: Clerk, path: Path) -> None:
    clerk.task("登记选民，公布选民名单")
    clerk.follow("导入名单")
    clerk.part("input[type=file]").first.set_input_files(path)
    clerk.press("上传并检查")


def group(clerk: Clerk, title: str) -> Locator:
    return clerk.page.locator("tr", has=clerk.page.get_by_role("link", name=title, exact=True))


def groups_are(clerk: Clerk, wanted: dict[str, int]) -> None:
    """The groups on the page, with how many rows wait in each."""
    rows = clerk.page.locator("section[aria-labelledby=groups] tbody tr")
    expect(rows).to_have_count(len(wanted))
    for title, count in wanted.items():
        expect(group(clerk, title).locator("td.num")).to_have_text(str(count))


def test_a_clean_file_is_in_with_few_clicks(clerk: Clerk, county: Area, tmp_path: Path) -> None:
    election = registering(county)
    assert election.poll_day is not None
    path = rollfile.clean(tmp_path, election.poll_day)
    clerk.log_in("village")
    page = clerk.page
    page.add_init_script(COUNT_CLICKS)
    clerk.village()
    page.locator(".tasks").get_by_role("link", name="登记选民，公布选民名单", exact=True).click()
    page.get_by_role("link", name="导入名单").click()
    with page.expect_file_chooser() as chooser:
        page.locator("input[type=file]").first.click()
    chooser.value.set_files(path)
    page.get_by_role("button", name="上传并检查").click()
    clerk.sees("没有发现问题")
    clerk.looks("import-clean")
    page.get_by_role("link", name="下一步：导入300人").click()
    clerk.looks("import-clean-confirm")
    page.get_by_role("button", name="导入300人").click()
    clerk.is_told("已导入：新增300人")
    clicks = page.evaluate(CLICKS)
    print(f"\nclicks from the village's page to the roll: {clicks}")
    assert clicks <= MOST_CLICKS
    assert Voter.objects.filter(election=election).count() == 300


def test_seventeen_errors_of_nine_kinds(clerk: Clerk, county: Area, tmp_path: Path) -> None:
    """One press for what can be pressed, the grid for a few, the spreadsheet for the rest, a tick where a person looked."""
    election = registering(county)
    assert election.poll_day is not None
    file = rollfile.faulty(tmp_path, election.poll_day)
    clerk.log_in("village")
    upload(clerk, file.path)
    clerk.sees("1312行")
    groups_are(clerk, rollfile.GROUPS)
    clerk.looks("import-17-errors")

    clerk.press("按身份证号改性别")
    clerk.press("跳过重复的行")
    left = {
        title: count
        for title, count in rollfile.GROUPS.items()
        if title not in ("性别与身份证号不一致", "同一个身份证号在文件中重复")
    }
    groups_are(clerk, left)
    in_the_grid(clerk, file)
    in_the_spreadsheet(clerk, file, tmp_path)
    clerk.looks("import-ticked")
    clerk.page.get_by_role("link", name="下一步：导入1310人").click()
    clerk.sees("0人 → ", "不导入", "2行")
    clerk.looks("import-17-confirm")
    clerk.press("导入1310人")
    clerk.is_told("已导入：新增1310人，更新0人。")
    clerk.sees("名单公布前可以撤销")
    clerk.looks("import-17-end")
    right = {row[rollfile.NAME] for row in file.right.values()}
    names = set(Voter.objects.filter(election=election).values_list("name", flat=True))
    assert names <= right
    assert Voter.objects.filter(election=election).count() == 1310
    assert Voter.objects.filter(election=election, checked=True).count() == 2


def in_the_grid(clerk: Clerk, file: rollfile.RollFile) -> None:
    """Names, classes and the statement are few: typed and chosen where they stand."""
    clerk.follow("姓名没有填写")
    names = [file.right[number][rollfile.NAME] for number in file.wrong["name"]]
    paste(clerk, f"#cell-{file.wrong['name'][0]}-0", "\n".join([*names, "多出来的"]))
    clerk.sees("多出1格没有粘贴")
    for number, name in zip(file.wrong["name"], names, strict=True):
        expect(clerk.part(f"#cell-{number}-0")).to_have_value(name)
    clerk.press("保存并重新检查")
    clerk.is_told("已保存并重新检查")
    clerk.open("import", RollImport.objects.latest("made_at").pk)
    clerk.follow("登记类型等内容看不懂或太长")
    for number in file.wrong["class"]:
        clerk.part(f"#cell-{number}-8").select_option(label=file.right[number][rollfile.CATEGORY])
    [number] = file.wrong["statement"]
    clerk.part(f"#cell-{number}-9").select_option(label="是")
    clerk.looks("import-grid")
    clerk.press("保存并重新检查")


def paste(clerk: Clerk, cell: str, text: str) -> None:
    """A block copied from a spreadsheet, put into the first cell of a column."""
    clerk.part(cell).evaluate(
        """(cell, text) => { const data = new DataTransfer(); data.setData("text/plain", text); cell.focus();
        cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})) }""",
        text,
    )


def in_the_spreadsheet(clerk: Clerk, file: rollfile.RollFile, folder: Path) -> None:
    """The numbers are put right in the file of faulty rows, and only these rows go back."""
    clerk.open("import", RollImport.objects.latest("made_at").pk)
    clerk.page.locator("summary", has_text="在表格里改").click()
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("button", name="下载错误行（含原因）").click()
    path = folder / "名单中需要修改的行.xlsx"
    download.value.save_as(path)
    numbers = [*file.wrong["excel"], *file.wrong["length"], *file.wrong["digit"]]
    assert rollfile.put_right(path, file.right, numbers) == 6
    clerk.open("import", RollImport.objects.latest("made_at").pk)
    clerk.page.locator("summary", has_text="在表格里改").click()
    clerk.looks("import-return")
    clerk.part("input[type=file]").set_input_files(path)
    clerk.press("上传改好的行")
    clerk.is_told("已读入改好的6行，并重新检查。")
    groups_are(clerk, {"需要对照户口簿核对": 2})
    for number in file.wrong["old"]:
        clerk.part(f"#tick-{number}").check()
    clerk.press("保存并重新检查")
    clerk.sees("没有发现问题")


def test_the_power_cut_in_step_three(clerk: Clerk, county: Area, tmp_path: Path, web: Web) -> None:
    """Typed, saved by itself, then everything goes dark: browser, web server. Another computer goes on where it stopped."""
    election = registering(county)
    assert election.poll_day is not None
    file = rollfile.faulty(tmp_path, election.poll_day)
    clerk.site = web.url
    clerk.eye.host = web.url.removeprefix("http://")
    clerk.log_in("village")
    upload(clerk, file.path)
    clerk.follow("姓名没有填写")
    one, two = file.wrong["name"]
    clerk.part(f"#cell-{one}-0").press_sequentially(file.right[one][rollfile.NAME])
    expect(clerk.part("[data-autosave-voice]")).to_contain_text("已自动保存", timeout=8_000)
    clerk.press("保存并重新检查")
    clerk.part(f"#cell-{two}-0").press_sequentially(file.right[two][rollfile.NAME])
    expect(clerk.part("[data-autosave-voice]")).to_contain_text("已自动保存", timeout=8_000)
    browser, options = clerk.page.context.browser, {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
    assert browser is not None
    clerk.page.context.close()
    web.kill()
    wait_for(lambda: not web.ready())  # the last of its processes has let go of the port
    web.start()

    context = browser.new_context(viewport={"width": 1366, "height": 768}, **options)
    clerk.eye.watch(context)
    again = Clerk(context.new_page(), web.url, clerk.code, clerk.eye)
    again.log_in("village")
    again.open("roll")
    again.sees("还没有导入完")
    again.follow("继续导入")
    left = {title: count for title, count in rollfile.GROUPS.items() if title != "姓名没有填写"}
    groups_are(again, left)
    assert "下一步：导入1297人" in again.page.content()
    again.looks("import-after-power-cut")
    context.close()


def test_what_was_just_typed_is_not_left_behind_by_another_button(clerk: Clerk, county: Area, tmp_path: Path) -> None:
    """Typed, and at once a button of another part, then a link: both wait until it is kept."""
    election = registering(county)
    assert election.poll_day is not None
    file = rollfile.faulty(tmp_path, election.poll_day)
    clerk.log_in("village")
    upload(clerk, file.path)
    one, two = file.wrong["name"]
    clerk.part(f"#cell-{one}-0").fill(file.right[one][rollfile.NAME])
    clerk.press("按身份证号改性别")
    expect(group(clerk, "姓名没有填写").locator("td.num")).to_have_text("1")
    expect(group(clerk, "性别与身份证号不一致")).to_have_count(0)
    clerk.part(f"#cell-{two}-0").fill(file.right[two][rollfile.NAME])
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("link", name="下一步：导入1298人").click()
    clerk.sees("1299人")


def test_two_clerks_at_the_same_rows(clerk: Clerk, county: Area, tmp_path: Path) -> None:
    """The second is told, finds what he typed still in its cell, and saves it."""
    election = registering(county)
    assert election.poll_day is not None
    file = rollfile.faulty(tmp_path, election.poll_day)
    clerk.log_in("village")
    upload(clerk, file.path)
    other = Clerk(clerk.page.context.new_page(), clerk.site, clerk.code, clerk.eye)
    for each in (clerk, other):
        each.open("import", RollImport.objects.latest("made_at").pk)
        each.follow("姓名没有填写")
    one, two = file.wrong["name"]
    clerk.part(f"#cell-{one}-0").fill(file.right[one][rollfile.NAME])
    clerk.press("保存并重新检查")
    other.part(f"#cell-{two}-0").fill(file.right[two][rollfile.NAME])
    with other.page.expect_response(lambda answer: answer.status == 409):
        other.press("保存并重新检查")
    other.sees("已由他人修改", "填写的内容还在下面")
    expect(other.part(f"#cell-{two}-0")).to_have_value(file.right[two][rollfile.NAME])
    other.looks("import-overtaken")
    other.press("保存并重新检查")
    expect(group(other, "姓名没有填写")).to_have_count(0)
