"""审计: report, a finding put right, two publications, an objection answered; the Party organisation elects first."""

from __future__ import annotations

from tests.journeys.browser.clerk import Clerk, Said
from tests.journeys.browser.days import Days

PARTY = "?body=party"
BOARD = "村务公开栏"
NOT_YET = ("离任审计还没有启动", "审计结果应公示2次、每次不少于5天，已满0次", "村党组织换届还没有完成")


def begin(clerk: Clerk, days: Days) -> None:
    """The auditors come; there is no report yet."""
    clerk.task("完成离任审计")
    clerk.looks("audit-empty")
    clerk.follow("登记审计情况")
    clerk.save("main", {
        "审计单位": "清源县演示审计组", "进场日期": days.day(-57), "审计期间起": days.day(-1500),
        "审计期间止": days.day(-57), "审计范围": "村级资金、资产、资源",
    }, "保存")  # fmt: skip
    clerk.is_told("审计情况已保存")


def report(clerk: Clerk, days: Days) -> None:
    """The report is there with one finding, which is put right; the result is posted for the first time."""
    clerk.open("audit")
    clerk.follow("修改审计情况")
    clerk.looks("audit-record")
    clerk.save("main", {"出具报告日期": days.day(-50), "审计结论": "收支基本规范，个别凭证附件不全"}, "保存")
    clerk.follow("登记问题")
    clerk.save("main", {
        "问题": "部分支出凭证附件不全", "金额（元）": "12,600.00", "责任人": "演示报账员", "整改时限": days.day(-45),
    }, "登记问题")  # fmt: skip
    clerk.is_told("问题已登入台账")
    clerk.follow("整改完成：部分支出凭证附件不全")
    clerk.save("main", {"整改情况": "已补齐附件", "整改完成日期": days.day(-48)}, "登记整改完成")
    post(clerk, days, -49, -45)


def post(clerk: Clerk, days: Days, first: int, last: int) -> None:
    """One publication of the result."""
    clerk.open("audit")
    clerk.follow("登记公示")
    said: dict[str, Said] = {"公示第一天": days.day(first), "公示最后一天": days.day(last), "公示地点": BOARD}
    clerk.save("main", said, "登记公示")


def objection(clerk: Clerk, days: Days) -> None:
    """A villager asks, the auditors answer."""
    clerk.open("audit")
    clerk.follow("登记异议")
    clerk.save("main", {"收到日期": days.day(-43), "异议内容": "询问山林承包款去向"}, "登记异议")
    clerk.is_told("异议已登记。请核实后答复。")
    clerk.looks("audit-objection")
    clerk.follow("答复：询问山林承包款去向")
    clerk.save("main", {"答复": "已存入村集体账户，凭证可查", "答复日期": days.day(-41)}, "登记答复")
    clerk.looks("audit")


def party_first(clerk: Clerk, days: Days) -> None:
    """先完成村党组织换届: its record is filled in stage by stage, from the request to the approval (PB-23)."""
    clerk.task("先完成村党组织换届")
    clerk.looks("party-village")
    for step, label, said in _party_stages(days):
        if said:
            clerk.open("party_record", query=PARTY)
            clerk.save("#record", said, "保存")
            clerk.is_told("已保存")
        if step == "open_voting":
            clerk.open("party_record", query=PARTY)
            clerk.looks("party-record")
        clerk.steps(step, label, PARTY)
    clerk.open("party_record", query=PARTY)
    clerk.save("#record", {"选举结果报告日期": days.day(-41), "选举结果批复日期": days.day(-40)}, "保存")


def _party_stages(days: Days) -> list[tuple[str, str, dict[str, Said]]]:
    day = days.day
    return [
        ("start_audit", "进入审计环节", {"换届请示日期": day(-75), "换届批复日期": day(-73)}),
        ("open_registration", "核定应到会人数", {}),
        ("open_nomination", "开始两推", {
            "正式党员": 56, "应到会有选举权人数": 54, "不计入应到会人数": 2, "不计入经上级批准日期": day(-70),
            "不计入经党员大会通过日期": day(-70),
        }),
        ("open_vetting", "报送资格审查", {
            "党员推荐日期": day(-69), "群众推荐日期": day(-68), "委员应选名额": 3, "委员候选人数": 4,
        }),
        ("open_voting", "召开党员大会", {
            "资格联审完成日期": day(-66), "考察完成日期": day(-62), "公示第一天": day(-60), "公示最后一天": day(-43),
            "候选人预备人选批复日期": day(-42),
        }),
        ("hand_over", "确认选举完成", {
            "党员大会日期": day(-41), "实到会有选举权人数": 53, "发出选票": 53, "收回选票": 53, "当选委员人数": 3,
            "选出书记日期": day(-41),
        }),
    ]  # fmt: skip
