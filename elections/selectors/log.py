"""Reading the journal for people: who did what when, in words (办理记录)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.utils import timezone

from elections import journal
from elections.models import Role
from elections.models.journal import EntryText, JournalEntry
from elections.rules import stages
from elections.rules.counting.offices import Office
from elections.rules.kinds import Body, Standing
from elections.rules.wording import cn_date

PER_PAGE = 50
LOOK_BACK = 6  # entries read for each line shown

# fmt: off
FIELDS = {  # what may stand in the details of any act
    "registration_start": "登记开始", "sheet": "第几稿", "round": "第几次", "issued_in_person": "本人领票",
    "issued_by_proxy": "委托领票", "returned": "收回", "invalid": "无效", "blank": "弃权", "read": "读取", "new": "新增",
    "changed": "更新", "count": "人数", "number": "第", "proxy": "委托证编号", "votes": "得票",
    "nominated_on": "提名", "withdrawn_on": "退出", "met_on": "见面", "published_on": "公布", "followed": "递补人数",
    "unfilled": "空缺", "remaining": "现有成员", "members": "成员", "reserves": "候补", "amount": "金额",
    "due_on": "时限", "closed_on": "完成", "first_day": "第一天", "last_day": "最后一天", "received_on": "收到",
    "answered_on": "答复", "reported_on": "报告", "seats": "职位职数",
    "from": "原", "to": "改为",  # before lines told what was and what is of each column
}
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
    """Return the newest lines of an area's chain; the same act of the same person in a row is one line with its
    number."""
    found: list[Line] = []
    for line in map(_line, _entries(code)[: limit * LOOK_BACK]):
        if found and (found[-1].words, found[-1].who) == (line.words, line.who):
            found[-1] = replace(found[-1], times=found[-1].times + 1)
        else:
            found.append(line)
    return found[:limit]


def page_of(code: str, number: str) -> Page:
    """Return one page of lines, newest first."""
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
        details="，".join([*_differences(said), *_details(said["details"])]),
        seq=entry.seq,
    )


def act_words(act: str, details: dict[str, Any]) -> str:
    """Return an act in words people use; a step as the table of its body calls it."""
    words = journal.WORDS.get(act, act)
    step = act.removeprefix("step.")
    if step == act or "body" not in details:
        return words
    return next((row.label for row in stages.TABLES[Body(details["body"])] if row.step == step), words)


def _differences(said: EntryText) -> Iterator[str]:
    """Return what a line says was changed: 由…改为…. Lines of before tell no differences."""
    model = _model_of(said["obj"])
    before, after = (said["details"].get(side, {}) for side in ("before", "after"))
    for name in sorted(after.keys() & before.keys() - {"version"}):
        label, field = _label(model, name)
        if label:
            yield f"{label}由{_coded(field, before[name])}改为{_coded(field, after[name])}"
    labels = [label for name in said["details"].get("retyped", ()) if (label := _label(model, name)[0])]
    if labels:
        yield f"改写{'、'.join(labels)}"


def _model_of(reference: str) -> type[Model] | None:
    """Return the model of ``elections.posting:12``; of one that is no longer there, none."""
    try:
        return apps.get_model(reference.partition(":")[0])
    except (LookupError, ValueError):
        return None


def _label(model: type[Model] | None, name: str) -> tuple[str, Any]:
    """Return how people call a column, with the column; nothing for one that has no name of theirs."""
    field = next((each for each in model._meta.concrete_fields if each.name == name), None) if model else None
    label = FIELDS.get(name, "") if field is None else str(field.verbose_name)
    return ("" if label.isascii() else label), field


def _coded(field: Any, value: Any) -> str:
    if value in (None, "", {}):
        return "未填"
    if isinstance(value, dict):  # seats by office
        return "、".join(f"{Office(office).label}{number}" for office, number in value.items())
    if isinstance(value, bool):
        return "是" if value else "否"
    words = dict(field.flatchoices) if field is not None else {}
    return str(words[value]) if value in words else _value(value)


def _details(details: dict[str, Any]) -> Iterator[str]:
    """Return the figures and dates of a line, those with a word and not told as a difference."""
    if details.get("from") == details.get("to"):  # a vote opens inside its stage
        details = {key: value for key, value in details.items() if key not in ("from", "to")}
    for key, value in details.items():
        if (
            key in FIELDS
            and value not in ("", None)
            and not isinstance(value, dict)
            and key not in details.get("after", {})
        ):
            yield f"{FIELDS[key]}{_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, str) and value in stages.Stage._value2member_map_:
        return stages.Stage(value).label
    if isinstance(value, str) and value in Standing._value2member_map_:
        return Standing(value).label
    if isinstance(value, str) and len(value) == 10 and value[4] == "-":
        return cn_date(datetime.fromisoformat(value).date())
    return str(value)
