"""The numbered notices that are put up in a village, for each body: the key is code, the title is words.

Numbers differ by province and are data of the papers, not of this table. The keys are those of the timetable, so that a
posting can be held against its deadline.
"""

from __future__ import annotations

from dataclasses import dataclass

from elections.rules.kinds import Body


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: its key, its usual title, and who puts it up."""

    key: str
    title: str
    issuer: str


EC, VC, TOWN, BRANCH = "选举委员会", "村民委员会", "镇换届办", "村党组织"

# fmt: off
NOTICES = {
    Body.VILLAGERS_COMMITTEE: (
        Notice("audit",          "离任经济责任审计结果",       TOWN),
        Notice("election_day",   "确定选举日的公告",           TOWN),
        Notice("ec_list",        "选举委员会名单",             VC),
        Notice("ec_change",      "选举委员会成员退出和递补",   EC),
        Notice("registration",   "选民登记公告",               EC),
        Notice("roll",           "选民名单公告",               EC),
        Notice("roll_fix",       "选民名单更正补充公告",       EC),
        Notice("rep_election",   "村民代表、小组长推选日公告", EC),
        Notice("rep_list",       "村民代表名单",               EC),
        Notice("group_leaders",  "村民小组长名单",             EC),
        Notice("plan",           "选举办法和工作方案",         EC),
        Notice("nominate",       "职位职数和提名公告",         EC),
        Notice("prelim",         "初步候选人名单",             EC),
        Notice("primary_rule",   "正式候选人预选办法",         EC),
        Notice("primary_result", "正式候选人预选结果",         EC),
        Notice("formal",         "正式候选人名单",             EC),
        Notice("meet",           "候选人与村民见面会",         EC),
        Notice("poll",           "投票时间、地点、方式",       EC),
        Notice("staff",          "选举工作人员名单",           EC),
        Notice("mobile",         "流动票箱投票人员名单",       EC),
        Notice("proxy",          "委托投票名单",               EC),
        Notice("helper",         "代写人员名单",               EC),
        Notice("invalid",        "选票说明和无效票认定规则",   EC),
        Notice("result",         "选举结果公告",               EC),
        Notice("tie",            "再次投票公告",               EC),
        Notice("rerun",          "另行选举公告",               EC),
        Notice("rerun_result",   "另行选举结果",               EC),
        Notice("handover",       "工作移交完成公告",           EC),
    ),
    Body.PARTY: (
        Notice("party_members",    "党员推荐会公告",         BRANCH),
        Notice("party_masses",     "群众推荐会公告",         BRANCH),
        Notice("party_candidates", "候选人预备人选公示",     TOWN),
        Notice("party_meeting",    "党员大会公告",           BRANCH),
        Notice("party_result",     "选举结果公告",           BRANCH),
        Notice("party_posts",      "任职通知",               TOWN),
    ),
    Body.SUPERVISION: (Notice("supervision", "村务监督委员会推选结果", VC),),
}
# fmt: on


def of_body(body: str, *, community: bool = False) -> tuple[Notice, ...]:
    """Return the notices of one body; 居民 for 村民 in a community."""
    found = NOTICES[Body(body)]
    if not community:
        return found
    return tuple(
        Notice(each.key, each.title.replace("村民", "居民"), each.issuer.replace("村民", "居民")) for each in found
    )


def title_of(key: str) -> str:
    """Return the title of the notice called ``key``; the key itself for one that the table no longer has."""
    return next((each.title for notices in NOTICES.values() for each in notices if each.key == key), key)
