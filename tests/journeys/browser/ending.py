"""移交和归档: the list, three signatures, the box of papers, the end; and the papers that print."""

from __future__ import annotations

from django.urls import reverse

from elections.models import Job
from elections.tasks import run
from tests.journeys.browser.clerk import Clerk, Said
from tests.journeys.browser.days import Days

NOT_HANDED_OVER = ("移交清单还是空的", "移交还没有完成", "档案还缺")
ITEMS = (("印章", "村民委员会印章", 1, "枚"), ("账簿凭证", "会计账簿", 12, "本"), ("固定资产", "办公桌椅", 8, "套"))


def print_papers(clerk: Clerk, *titles: str) -> None:
    """Ask for papers; the page of the job tells how far it is, a worker prints."""
    for place, title in enumerate(titles):
        clerk.open("village_papers")
        with clerk.page.expect_navigation():
            clerk.page.get_by_role("button", name=f"生成{title}").click()  # or 重新生成, when the facts have changed
        if not place:
            clerk.looks(f"job-waiting-{len(titles)}")
        for job in Job.objects.filter(state__in=Job.OPEN):
            run(str(job.pk))
        clerk.page.reload()
        clerk.sees("共")
    clerk.looks(f"job-done-{len(titles)}")
    clerk.open("village_papers")
    clerk.looks(f"papers-{len(titles)}")


def download(clerk: Clerk) -> bytes:
    """One PDF, and the public page that says it is ours."""
    clerk.open("village_papers")
    address = clerk.page.get_by_role("link", name="下载PDF").last.get_attribute("href")
    answer = clerk.page.request.get(clerk.site + str(address))
    assert answer.headers["content-type"] == "application/pdf"
    clerk.page.locator("main .plain-list a").first.click()
    clerk.looks("paper")
    clerk.page.locator("main a[href^='/check/']").click()
    clerk.sees("本系统出具，现行有效")
    clerk.looks("check")
    return answer.body()


def hand_over(clerk: Clerk, days: Days) -> None:
    clerk.task("登记移交清单")
    clerk.looks("handover-empty")
    for category, name, quantity, unit in ITEMS:
        said: dict[str, Said] = {"类别": category, "名称": name, "数量": quantity, "单位": unit}
        clerk.save("#items", said, "新增项目")
    clerk.save("#signatures", {
        "移交人签字": "演示移交人", "接收人签字": "演示接收人", "选举委员会主持人签字": "演示主持人",
        "镇（街道）监督人": "演示监督人", "移交完成日期": days.day(6),
    }, "登记移交完成")  # fmt: skip
    clerk.looks("handover")


def fill_the_box(clerk: Clerk, days: Days) -> None:
    """Every kind of paper that is required."""
    clerk.task("归集选举档案")
    clerk.looks("archive-empty")
    kinds = clerk.page.locator("main table tr:has-text('缺') td:first-child").all_inner_texts()
    for kind in kinds:
        said: dict[str, Said] = {
            "材料": kind.split("\u3000", 1)[1], "页数": 8, "保管人": "演示保管员", "归档日期": days.day(9),
        }  # fmt: skip
        clerk.save("#box", said, "登记归档")
    clerk.looks("archive")


def close(clerk: Clerk) -> None:
    """归档: afterwards nothing can be changed."""
    clerk.village()
    clerk.looks("village-handover")
    clerk.follow("完成归档")
    clerk.looks("close")
    clerk.save("main", {"理由": "档案齐全", "档案已与目录逐项核对，归档后不能再改": True}, "完成归档")
    clerk.is_told("已完成归档")
    clerk.looks("village-closed")


def is_closed(clerk: Clerk) -> None:
    """Whoever tries is told why."""
    clerk.open("handover")
    clerk.sees("本次选举已")
    assert clerk.part("#items form").count() == 0, "a closed election offers no form"
    clerk.page.goto(clerk.site + reverse("log", args=[clerk.code]))
    clerk.looks("log")
