"""准备: the county begins, the township prepares, the village chooses its election committee."""

from __future__ import annotations

from config.demo.people import Person
from tests.journeys.browser.clerk import Clerk, Said
from tests.journeys.browser.days import POLL, Days

NOTHING_YET = (
    "还没有登记换届工作机构",
    "调查摸底还没有完成，选情等级还没有评定",
    "谈心谈话还没有登记",
    "换届工作人员还没有培训",
    "选举办法和工作方案还没有经会议通过",
    "还没有登记推选村民选举委员会的会议",
    "选举委员会应有一名主任，请在委员中推选",
    "选举委员会名单还没有公布",
    "选举日还没有确定",
)
POSTS = ("主任", "副主任", *["委员"] * 5, "候补", "候补")


def begin_cycle(clerk: Clerk, days: Days) -> None:
    """县: 换届批次."""
    clerk.go("cycles")
    said = {"名称": "第十二届村（社区）“两委”换届", "届次": 12, "开始日期": days.day(-75), "结束日期": days.day(60)}
    clerk.write(clerk.part("main"), said)
    clerk.looks("cycles")
    clerk.press("开始换届")
    clerk.is_told("已经开始，各村（社区）的三项选举已建立")
    clerk.looks("overview")


def bodies(clerk: Clerk, days: Days) -> None:
    clerk.task("登记工作机构")
    clerk.looks("bodies-empty")
    for kind, head in (("换届工作领导小组", "演示组长"), ("换届工作办公室", "演示主任")):
        clerk.save("#body", {kind: True, "负责人": head, "人数": 9, "成立日期": days.day(-60)}, "新增机构")
    clerk.is_told("工作机构已登记")
    clerk.looks("bodies")


def survey(clerk: Clerk, days: Days) -> None:
    """What is known of the village is there already; a household count above the population is sent back."""
    clerk.task("完成调查摸底，评定选情等级")
    said: dict[str, Said] = {"完成日期": days.day(-59), "户数": 5000, "18周岁以上人数": 1860, "好（选情平稳）": True}
    clerk.save("#survey", said, "保存")
    clerk.sees("户数（5000）多于户籍人口（2316）。请核对两个数。")
    clerk.looks("survey-fault")
    clerk.save("#survey", {"户数": 640}, "保存")
    clerk.is_told("调查摸底已保存")


def talks_and_training(clerk: Clerk, days: Days) -> None:
    clerk.task("完成谈心谈话")
    clerk.looks("talks")
    clerk.save("#talks", {"应谈人数": 9, "已谈人数": 9, "最近一次谈话日期": days.day(-58)}, "保存")
    clerk.task("培训换届工作人员")
    said: dict[str, Said] = {"培训日期": days.day(-58), "培训内容": "换届选举业务培训", "参加人数": 46}
    clerk.save("#training", said, "登记培训")
    clerk.looks("training")


def set_election_day(clerk: Clerk, days: Days) -> None:
    """One date in, every deadline out; a look first, then the confirmation."""
    clerk.task("确定选举日")
    clerk.looks("poll-day-empty")
    clerk.write(clerk.part("main"), {"选举日": POLL, "选民登记开始日": days.day(-39)})
    clerk.press("查看时限")
    clerk.looks("poll-day-preview")
    if clerk.part(".problems-box").count():  # the county's plan may ask for a reason
        clerk.write(clerk.part("main"), {"理由": "县换届办统一安排"})
        clerk.press("查看时限")
    clerk.press("确认选举日")
    clerk.is_told("选举日已定为2026年11月15日")
    clerk.looks("poll-day")


def plan(clerk: Clerk, days: Days) -> None:
    clerk.task("通过选举办法和工作方案")
    clerk.save("#meeting", _meeting(days) | {"选举办法和方案公布日期": days.day(-57)}, "保存会议")
    clerk.is_told("会议和公布情况已保存")


def election_committee(clerk: Clerk, days: Days, people: list[Person]) -> None:
    """The meeting, then seven members and two reserves line by line; before there is a roll, all of them are new."""
    clerk.task("推选并公布选举委员会")
    clerk.save("#meeting", _meeting(days) | {"结果公布日期": days.day(-57)}, "保存会议")
    for row, (person, post) in enumerate(zip(people, POSTS, strict=False)):
        for name, value in (("name", person.name), ("votes", str(41 - row))):
            clerk.page.locator(f"[name=members-{row}-{name}]").fill(value)
        clerk.page.locator(f"[name=members-{row}-sex]").select_option(person.sex)
        clerk.page.locator(f"[name=members-{row}-post]").select_option(label=post)
    clerk.press("保存名单")
    clerk.sees(f"人员名册和选民名单上没有“{people[0].name}”")
    clerk.write(clerk.part("main"), {"名册和名单上都没有的人，都登记为新的人员": True})
    clerk.press("保存名单")
    clerk.is_told("名单已保存")
    clerk.looks("election_committee")


def _meeting(days: Days) -> dict[str, Said]:
    return {
        "村民代表会议": True, "召开日期": days.day(-57), "代表（组成人员）应到人数": 45, "实到人数": 41,
        "赞成人数": 39,
    }  # fmt: skip
