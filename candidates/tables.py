"""Nominees, candidates and the vetting's list as tables."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from candidates.models import Nominee
from candidates.selectors.nominees import bars_of
from candidates.selectors.vetting import age_of
from elections.rules.counting.offices import Office

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}
SHORT = {"td": {"class": "nowrap"}}
SOURCES = {"party": "党组织提名", "voters": "村民提名", "self": "自荐"}
ACTS = {"td": {"class": "acts"}}
UNDECIDED = "未作结论"


class PersonTable(tables.Table):
    """The columns about a person in every list of nominees. ``flags``: nominee → facts to be looked at."""

    name = tables.Column("姓名", attrs=SHORT)
    sex = tables.Column("性别")
    age = tables.Column("年龄", empty_values=(), orderable=False, attrs=NUMBER)
    office = tables.Column("职务", attrs=SHORT)

    unit = "人"

    def __init__(self, *args: Any, flags: dict[int, list[str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.flags = flags

    def render_age(self, record: Nominee) -> str:
        age = age_of(record)
        return "--" if age is None else str(age)

    def render_office(self, value: str) -> str:
        return Office(value).label

    def render_flags(self, record: Nominee) -> SafeString | str:
        found = self.flags.get(record.pk, [])
        return format_html_join("", '<p class="flag">{}</p>', ((text,) for text in found)) or "--"


class NomineeTable(PersonTable):
    """提名: source and votes."""

    source = tables.Column("提名方式")
    votes = tables.Column("提名票", attrs=NUMBER)
    flags = tables.Column("提示", empty_values=(), orderable=False)
    acts = tables.Column("办理", orderable=False, empty_values=(), attrs=ACTS)

    class Meta:
        attrs = {"class": "table table-cards"}
        sequence = ("name", "office", "sex", "age", "...")
        order_by = ("office", "-votes")

    caption = "提名人选"

    def __init__(self, *args: Any, may: bool, **kwargs: Any):
        super().__init__(*args, exclude=() if may else ("acts",), **kwargs)

    def render_source(self, record: Nominee) -> str:
        return SOURCES[record.source].replace("村民", record.election.village.people)

    def render_acts(self, record: Nominee) -> str:
        return render_to_string("candidates/_nominee_acts.html", {"nominee": record})


class CandidateTable(PersonTable):
    """候选人: first check, bars, conclusion, place on the formal list."""

    votes = tables.Column("提名票", attrs=NUMBER)
    first_check = tables.Column("镇初审", empty_values=())
    bars = tables.Column("负面清单情形", empty_values=(), orderable=False)
    conclusion = tables.Column("县联审结论", empty_values=())
    formal_order = tables.Column("正式候选人", empty_values=(), attrs=NUMBER)
    flags = tables.Column("提示", empty_values=(), orderable=False)

    class Meta:
        attrs = {"class": "table table-cards"}
        sequence = ("name", "office", "sex", "age", "...")
        order_by = ("office", "-votes")
        empty_text = "没有符合条件的人选。请放宽查询条件。"

    caption = "候选人"

    def __init__(self, *args: Any, vets: bool, **kwargs: Any):
        """``vets``: bars, flags and files are for those who vet; a village sees the conclusion."""
        super().__init__(*args, exclude=() if vets else ("bars", "flags"), **kwargs)
        self.vets = vets

    def render_name(self, record: Nominee) -> SafeString | str:
        if not self.vets:
            return record.name
        return format_html('<a href="{}">{}</a>', reverse("candidate", args=[record.pk]), record.name)

    def render_first_check(self, record: Nominee) -> SafeString | str:
        return record.get_first_check_display() or format_html('<span class="state-check">{}</span>', "待初审")

    def render_bars(self, record: Nominee) -> str:
        return "、".join(bar.words for bar in bars_of(record)) or "--"

    def render_conclusion(self, record: Nominee) -> SafeString | str:
        if record.first_check != Nominee.FirstCheck.PASSED:
            return "--"
        return record.get_conclusion_display() or format_html('<span class="state-check">{}</span>', UNDECIDED)

    def render_formal_order(self, record: Nominee) -> str:
        return f"第{record.formal_order}位" if record.formal_order else "--"


class QueueTable(PersonTable):
    """资格联审: one row a person, ticked one by one."""

    village = tables.Column("村（社区）", accessor="election__village__name", order_by="election__village_id")
    party = tables.Column("政治面貌", orderable=False, empty_values=())
    bars = tables.Column("负面清单情形", empty_values=(), orderable=False)
    first_check_reason = tables.Column("镇初审意见", orderable=False, empty_values=())
    flags = tables.Column("提示", empty_values=(), orderable=False)
    conclusion = tables.Column("结论", empty_values=())

    class Meta:
        attrs = {"class": "table table-cards"}
        sequence = ("name", "village", "office", "sex", "age", "...")
        order_by = ("village", "office")
        empty_text = "没有符合条件的人员。请放宽查询条件。"

    caption = "联审人员"

    def __init__(self, *args: Any, may: bool, ticked: set[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.may, self.ticked = may, ticked

    def render_name(self, record: Nominee) -> SafeString:
        link = format_html('<a href="{}">{}</a>', reverse("candidate", args=[record.pk]), record.name)
        open_ = record.conclusion in ("", Nominee.Conclusion.HELD)
        return format_html("{} {}", self.tick(record), link) if self.may and open_ else link

    def tick(self, record: Nominee) -> SafeString:
        """Return the box that makes a person one of the batch: it belongs to the form below the table."""
        mark = format_html(" checked") if record.pk in self.ticked else ""
        box = (
            '<input class="form-check-input" type="checkbox" form="batch" name="persons" value="{}" aria-label="{}"{}>'
        )
        return format_html(box, record.pk, f"勾选{record.name}", mark)

    def render_party(self, value: str) -> str:
        return value or "--"

    def render_bars(self, record: Nominee) -> str:
        return "、".join(bar.words for bar in bars_of(record)) or "--"

    def render_first_check_reason(self, record: Nominee) -> str:
        return record.first_check_reason or "初审通过"

    def render_conclusion(self, record: Nominee) -> SafeString | str:
        said = record.get_conclusion_display()
        if not said:
            return format_html('<span class="state-check">{}</span>', UNDECIDED)
        return f"{said}：{record.conclusion_reason}" if record.conclusion_reason else said
