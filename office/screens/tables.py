"""Tables of the spine's lists (django-tables2): sorting, paging and phone cards come with the library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_tables2 as tables
from django.db.models import Case, F, QuerySet, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from elections.models import Election
from elections.rules.kinds import Stage, Standing
from elections.rules.wording import cn_date, days_left
from elections.selectors.current import Township

IN_ORDER = Case(*(When(stage=stage, then=place) for place, stage in enumerate(Stage)))


class VillageTable(tables.Table):
    """村（社区）一览: one row a village. Rows: elections with village and summary."""

    name = tables.Column("村（社区）", accessor="village__name", order_by="village__code")
    township = tables.Column("乡镇（街道）", accessor="village__township_code", order_by="village__code")
    stage = tables.Column("环节")
    next_item = tables.Column("下一时限", empty_values=())
    overdue = tables.Column("逾期", accessor="summary__overdue", orderable=False)
    voters = tables.Column(
        "登记人数",
        accessor="summary__voters",
        order_by=("summary__voters", "village__code"),
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )
    poll_day = tables.Column("选举日")

    class Meta:
        attrs = {"class": "table"}
        order_by = "name"
        empty_text = "没有符合条件的村（社区）。请放宽查询条件。"

    def __init__(self, *args: Any, townships: Iterable[Township], today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.townships, self.today = {each.code: each.name for each in townships}, today

    def render_name(self, value: str, record: Election) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("village", args=[record.village_id]), value)

    def render_township(self, value: str) -> str:
        return self.townships.get(value, value)

    def render_stage(self, record: Election) -> str:
        standing = record.standing
        return Stage(record.stage).label if standing == Standing.ACTIVE else Standing(standing).label

    def render_next_item(self, record: Election) -> SafeString | str:
        due = record.summary.next_due
        if due is None:
            return "--"
        words = record.summary.next_label, cn_date(due), days_left(due, self.today)
        return format_html('{} <span class="muted">{} {}</span>', *words)

    def render_overdue(self, value: int) -> SafeString | str:
        return format_html('<span class="state-bad">逾期{}项</span>', value) if value else "--"

    def render_poll_day(self, value: date) -> str:
        return cn_date(value)

    def order_stage(self, rows: QuerySet[Election], descending: bool) -> tuple[QuerySet[Election], bool]:
        return _ordered(rows, IN_ORDER, descending)

    def order_next_item(self, rows: QuerySet[Election], descending: bool) -> tuple[QuerySet[Election], bool]:
        return _ordered(rows, F("summary__next_due"), descending)

    def order_poll_day(self, rows: QuerySet[Election], descending: bool) -> tuple[QuerySet[Election], bool]:
        return _ordered(rows, F("poll_day"), descending)


def _ordered(rows: QuerySet[Election], by: Case | F, descending: bool) -> tuple[QuerySet[Election], bool]:
    """Order the rows: what is not known comes last either way, equal ones in the order of the villages."""
    order = by.desc(nulls_last=True) if descending else by.asc(nulls_last=True)
    return rows.order_by(order, "village"), True
