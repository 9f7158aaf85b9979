"""Reading the journal for people: who did what when, in words (办理记录, UX-64)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone

from elections.models import Role
from elections.models.journal import JournalEntry
from elections.rules import stages
from elections.rules.kinds import Body, Standing
from elections.rules.wording import cn_date

PER_PAGE = 50
LOOK_BACK = 6  # entries read for each line shown

# fmt: off
WORDS = {
    "election.begun": "建立选举", "row.removed": "删除一项登记", "row.restored": "恢复一项登记",
    "poll_day.set": "设定选举日", "step.waive": "说明理由后通过一项条件",
    "count.recorded": "录入计票单", "result.confirmed": "确认投票结果", "paper.made": "生成文书",
    "workingbody": "工作机构", "survey": "调查摸底", "talks": "谈心谈话", "training": "换届培训", "meeting": "会议",
    "committeemember": "选举委员会成员", "kinship": "亲属关系", "posting": "张贴", "pollarrangement": "投票安排",
    "staffmember": "选举工作人员", "resultreport": "结果公布和备案", "handoveritem": "移交项目", "handover": "移交签字",
    "archiveitem": "归档材料", "partyrecord": "党组织换届记录", "supervisionrecord": "监督委员会推选记录",
    "supervisionmember": "监督委员会成员",
    "cycle.begun": "开始换届", "account.closed": "停用账号", "appointment.made": "授予职责",
    "appointment.withdrawn": "收回职责", "areas.loaded": "导入村（社区）名录", "password.changed": "修改密码",
    "password.reset": "重置密码", "second_factor.set_up": "设置动态口令",
}
FIELDS = {"from": "原", "to": "改为", "registration_start": "登记开始", "sheet": "第几稿", "round": "第几次",
          "issued_in_person": "本人领票", "issued_by_proxy": "委托领票", "returned": "收回", "invalid": "无效",
          "blank": "弃权", "read": "读取", "new": "新增", "changed": "更新", "count": "人数", "number": "第"}
# fmt: on


@dataclass(frozen=True)
class Line:
    """One line of 办理记录."""

    at: datetime
    who: str
    role: str
    words: str
    details: str
    seq: int
    times: int = 1


def recent(code: str, *, limit: int) -> list[Line]:
    """The newest lines of an area's chain; the same act of the same person in a row is one line with its number."""
    found: list[Line] = []
    for line in map(_line, _entries(code)[: limit * LOOK_BACK]):
        if found and (found[-1].words, found[-1].who) == (line.words, line.who):
            found[-1] = replace(found[-1], times=found[-1].times + 1)
        else:
            found.append(line)
    return found[:limit]


def page_of(code: str, number: str) -> Page:
    """One page of lines, newest first."""
    page = Paginator(_entries(code), PER_PAGE).get_page(number)
    page.object_list = [_line(entry) for entry in page.object_list]
    return page


def _entries(code: str):
    return JournalEntry.objects.filter(area_code=code).select_related("actor").order_by("-seq")


def _line(entry: JournalEntry) -> Line:
    said = entry.said
    role = said.get("role", "")
    return Line(
        at=timezone.localtime(entry.at),
        who=entry.actor.name if entry.actor else "系统",
        role=Role(role).label if role in Role.values else "",
        words=act_words(entry.act, said["details"]),
        details=_details(said["details"]),
        seq=entry.seq,
    )


def act_words(act: str, details: dict[str, Any]) -> str:
    """An act in words people use."""
    head, _, tail = act.partition(".")
    if head == "step" and tail != "waive":
        return _step_label(details.get("body", Body.COMMITTEE), tail)
    if head == "standing":
        return stages.find_move(tail).label
    if act in WORDS:
        return WORDS[act]
    verb = {"added": "登记", "changed": "修改"}.get(tail)
    return f"{verb}{WORDS[head]}" if verb and head in WORDS else ACTS.get(act, act)


ACTS: dict[str, str] = {}  # apps add the words of their own acts when they start


def _step_label(body: str, step: str) -> str:
    try:
        return stages.find(body, step).label
    except (KeyError, ValueError):
        return step


def _details(details: dict[str, Any]) -> str:
    """The figures and dates of a line, those with a word."""
    if details.get("from") == details.get("to"):  # a vote opens inside its stage
        details = {key: value for key, value in details.items() if key not in ("from", "to")}
    said = [
        f"{FIELDS[key]}{_value(value)}" for key, value in details.items() if key in FIELDS and value not in ("", None)
    ]
    return "，".join(said)


def _value(value: Any) -> str:
    if isinstance(value, str) and value in stages.Stage._value2member_map_:
        return stages.Stage(value).label
    if isinstance(value, str) and value in Standing._value2member_map_:
        return Standing(value).label
    if isinstance(value, str) and len(value) == 10 and value[4] == "-":
        return cn_date(datetime.fromisoformat(value).date())
    return str(value)
