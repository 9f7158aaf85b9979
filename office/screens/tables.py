"""Tables of the spine's lists (django-tables2): sorting, paging and phone cards come with the library."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from elections.rules.kinds import Stage, Standing
from elections.rules.wording import cn_date, days_left
from office.screens.desk import Row


class VillageTable(tables.Table):
    """村（社区）一览: one row a village."""

    name = tables.Column("村（社区）", accessor="village__name", order_by="village__code")
    township = tables.Column("乡镇（街道）", accessor="village__township_code", empty_values=())
    stage = tables.Column("环节", accessor="election__stage_number")
    next_item = tables.Column("下一时限", empty_values=(), order_by="next_item__latest")
    overdue = tables.Column("逾期", empty_values=(), orderable=False)
    voters = tables.Column("登记人数", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    poll_day = tables.Column("选举日", accessor="election__poll_day")

    class Meta:
        attrs = {"class": "table"}
        order_by = "name"
        empty_text = "没有符合条件的村（社区）。请放宽查询条件。"

    def __init__(self, *args: Any, townships: dict[str, str], today, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.townships, self.today = townships, today

    def render_name(self, value: str, record: Row) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("village", args=[record.village.code]), value)

    def render_township(self, value: str) -> str:
        return self.townships.get(value, value)

    def render_stage(self, record: Row) -> str:
        standing = record.election.standing
        return Stage(record.election.stage).label if standing == Standing.ACTIVE else Standing(standing).label

    def render_next_item(self, record: Row) -> SafeString | str:
        item = record.next_item
        if item is None:
            return "--"
        left = days_left(item.latest, self.today)
        return format_html('{} <span class="muted">{} {}</span>', item.label, cn_date(item.latest), left)

    def render_overdue(self, record: Row) -> SafeString | str:
        if not record.overdue:
            return "--"
        return format_html('<span class="state-bad">逾期{}项</span>', len(record.overdue))

    def render_poll_day(self, value) -> str:
        return cn_date(value)
