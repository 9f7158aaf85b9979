"""The ledger of findings as a table."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from audits.models import Finding
from audits.rules import Totals
from elections.rules.wording import cn_date

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}, "tf": {"class": "num"}}


class FindingTable(tables.Table):
    """One row a problem; the foot adds the amounts up. ``may`` shows the acts."""

    matter = tables.Column("问题", orderable=False, footer="合计")
    amount = tables.Column("金额（元）", attrs=NUMBER)
    responsible = tables.Column("责任人")
    due_on = tables.Column("整改时限")
    closed_on = tables.Column("状态", empty_values=())
    measure = tables.Column("整改情况", orderable=False, empty_values=())
    acts = tables.Column("办理", orderable=False, empty_values=(), attrs={"td": {"class": "acts"}})

    class Meta:
        attrs = {"class": "table table-cards"}
        order_by = "pk"
        empty_text = "没有符合条件的问题。请放宽查询条件。"

    caption, unit = "问题台账", "项"

    def __init__(self, *args: Any, totals: Totals, may: bool, **kwargs: Any):
        super().__init__(*args, exclude=() if may else ("acts",), **kwargs)
        self.columns["amount"].column._footer = f"{totals.amount:,.2f}"

    def render_amount(self, value: Any) -> str:
        return f"{value:,.2f}"

    def render_due_on(self, value: Any) -> str:
        return cn_date(value)

    def render_closed_on(self, record: Finding) -> SafeString | str:
        if record.closed_on:
            return f"已整改（{cn_date(record.closed_on)}）"
        return format_html('<span class="state-bad">{}</span>', "未整改")

    def render_measure(self, record: Finding) -> str:
        return record.measure or "--"

    def render_acts(self, record: Finding) -> str:
        return render_to_string("audits/_finding_acts.html", {"finding": record}, request=self.request)
