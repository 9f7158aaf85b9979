"""What the answers about days, meetings and the election committee say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from elections.rules.committee import size_reason
from elections.rules.policy import Policy
from elections.rules.timetable import Kind
from elections.rules.wording import cn_date
from elections.selectors.telling.shape import Json, Line, Table, Told, Tone

MEETINGS: Mapping[tuple[bool, bool], tuple[str, Tone]] = {  # by valid and carried
    (True, True): ("会议有效，表决通过", "done"),
    (True, False): ("会议有效，表决没有通过", "warn"),
    (False, False): ("会议无效", "bad"),
}


def timetable(question: Json, answer: Json, policy: Policy) -> Told:
    rows = tuple(
        (
            each["label"], cn_date(date.fromisoformat(each["latest"])), cn_date(date.fromisoformat(each["advised"])),
            Kind(each["kind"]).label, each["formula"], each["cite"],
        )
        for each in answer["items"]
    )  # fmt: skip
    faults = tuple(Line(each["text"], each["cite"]) for each in answer["problems"])
    word = f"有{len(faults)}处不符合时限" if faults else f"推算出{len(rows)}个时限，没有发现不符"
    heads = ("事项", "最迟", "建议", "性质", "算式", "依据")
    return Told(word, "warn" if faults else "done", faults, (Table("时限", heads, rows, short=(1, 2, 3)),))


def meeting(question: Json, answer: Json, policy: Policy) -> Told:
    word, tone = MEETINGS[answer["valid"], answer["carried"]]
    needed = f"赞成至少{answer['need_for']}人，现有{question.get('for', 0)}人"
    lines = [Line(answer["why"], answer["cite"])] + ([Line(needed)] if answer["valid"] else [])
    return Told(word, tone, tuple(lines))


def committee_change(question: Json, answer: Json, policy: Policy) -> Told:
    leaves = tuple((each["name"], each["why"], each["cite"]) for each in answer["leaves"])
    follows = tuple((place, each["name"]) for place, each in enumerate(answer["follows"], 1))
    word = f"{len(leaves)}人须退出，{len(follows)}人递补" if leaves else "没有人须退出"
    tables = [Table("须退出的成员", ("姓名", "原因", "依据"), leaves)] if leaves else []
    tables += [Table("依次递补的", ("次序", "姓名"), follows, short=(0,))] if follows else []
    open_ends = answer["unfilled"] or answer["new_chair_needed"] or answer["new_deputy_needed"]
    return Told(word, "warn" if open_ends else "done", tuple(_changes(answer, policy)), tuple(tables))


def _changes(answer: Json, policy: Policy) -> list[Line]:
    lines = [f"变动后共{answer['remaining']}人"]
    if answer["new_chair_needed"]:
        lines.append("主任退出，须重新推选主任")
    if answer["new_deputy_needed"]:
        lines.append("副主任退出，须重新推选副主任")
    if answer["equal"]:
        names = "、".join(answer["equal"]["names"])
        lines.append(f"{names}推选得票相等，只有{answer['equal']['places']}个名额，由推选会议决定次序")
    if answer["unfilled"]:
        lines.append(f"还有{answer['unfilled']}个名额没有人递补，须补推")
    too_small = size_reason(answer["remaining"], policy) if answer["leaves"] else None
    return [Line(each) for each in [*lines, *filter(None, [too_small])]]
