"""投票: arrangement, staff, the day itself, the count and its confirmation."""

from __future__ import annotations

from config.demo.people import Person
from tests.journeys.browser.clerk import Clerk, Said
from tests.journeys.browser.days import Days
from tests.journeys.browser.nominating import nominees

NOT_READY = (
    "投票时间、地点和方式还没有公布",
    "还没有设置秘密写票处",
    "选举工作人员还没有确定",
    "候选人还没有与村民见面",
    "选举日（2026年11月15日）还没有到",
)
TASKS = ("总监票人", "监票人", "计票人", "唱票人", "验证发票人", "代书人")


def arrange(clerk: Clerk, days: Days) -> None:
    clerk.task("公布投票安排，设秘密写票处")
    said: dict[str, Said] = {
        "投票地点": "村委会大院", "开始时间": "8:00", "截止时间": "15:00", "召开选举大会": True, "已设秘密写票处": True,
        "流动票箱（个）": 1, "公布日期": days.day(-7),
    }  # fmt: skip
    clerk.save("#arrangement", said, "保存投票安排")
    clerk.is_told("投票安排已保存")


def name_staff(clerk: Clerk, people: list[Person]) -> None:
    """A candidate cannot count his own votes; six others can."""
    clerk.task("确定选举工作人员")
    candidate = nominees(people)[0][0].name
    clerk.save("#staff", {"姓名": candidate, "工作": "计票人"}, "新增工作人员")
    clerk.sees(f"{candidate}是候选人")
    clerk.looks("staff-conflict")
    for person, task in zip(people[60:66], TASKS, strict=True):
        clerk.save("#staff", {"姓名": person.name, "工作": task}, "新增工作人员")
    clerk.looks("poll")


def meet(clerk: Clerk, days: Days) -> None:
    clerk.task("组织候选人与村民见面")
    clerk.follow("登记候选人与村民见面")
    clerk.save("main", {"见面日期": days.day(-3)}, "登记见面")


def count(clerk: Clerk, people: list[Person], registered: int) -> None:
    """The figures of the sheet; a slip is pointed out, the next draft is right."""
    clerk.task("投票、计票、确认结果")
    clerk.looks("count")
    clerk.follow("录入计票单：第1次")
    clerk.looks("count-entry")
    returned = registered * 9 // 10
    said: dict[str, Said] = {
        "本人领票": returned - 10, "委托领票": 12, "收回选票": returned, "无效票": 3, "弃权票": 2,
    }  # fmt: skip
    seats = {"主任": 1, "副主任": 1, "委员": 3}
    places = dict.fromkeys(seats, 0)
    for person, office in nominees(people):
        won, place = places[office] < seats[office], places[office]
        said[f"{person.name}的{office}票"] = returned * 3 // 5 - 2 * place if won else returned // 4
        places[office] += 1
    slip = f"{nominees(people)[0][0].name}的主任票"
    clerk.save("form.count", said | {slip: returned + 60}, "保存计票单")
    clerk.is_told("不能确认结果。请对照计票单核对。")
    clerk.looks("count-fault")
    clerk.save("form.count", {slip: said[slip]}, "保存计票单")
    clerk.is_told("数字相符")


def confirm(clerk: Clerk) -> None:
    clerk.looks("count-result")
    clerk.save("main", {"已与监票人签字的计票单核对一致": True}, "核对无误，确认结果")
    clerk.is_told("第1次投票的结果已确认，不能再改")
    clerk.looks("count-confirmed")


def report(clerk: Clerk, days: Days) -> None:
    clerk.task("宣布结果并报镇备案")
    day = days.day(0)
    clerk.save("#report", {"当场宣布日期": day, "张榜公布日期": day, "报镇备案日期": day}, "保存")
    clerk.is_told("结果公布和备案已登记")
