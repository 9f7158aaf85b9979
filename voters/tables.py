"""The roll and the faults of a file as tables."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from elections.models import Area
from voters.models import Voter
from voters.rules.categories import category_word
from voters.sealing import masked_numbers

NUMBER = {"td": {"class": "num"}, "th": {"class": "num"}}


class RollTable(tables.Table):
    """One row a person. ``outer``: numbers show three and three digits only."""

    name = tables.Column("姓名", order_by=("initials", "name"))
    number = tables.Column("序号", attrs=NUMBER, empty_values=())
    sex = tables.Column("性别", orderable=False)
    group = tables.Column("村民小组", order_by=("place", "number", "name"))
    household = tables.Column("户号", orderable=False)
    id_number = tables.Column("身份证号", orderable=False, empty_values=(), attrs={"td": {"class": "text-nowrap"}})
    category = tables.Column("登记类型", orderable=False)
    listed = tables.Column("名单", order_by=("listed", "omission"))

    class Meta:
        attrs = {"class": "table table-cards"}
        empty_text = "没有符合条件的人。请放宽查询条件。"

    caption, unit = "选民名单", "人"

    def __init__(self, *args: Any, outer: bool, village: Area, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.outer, self.village = outer, village
        self.columns["group"].column.verbose_name = f"{village.people}小组"

    def render_name(self, value: str, record: Voter) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("voter", args=[self.village.code, record.pk]), value)

    def render_number(self, record: Voter) -> object:
        return record.number or "--"

    def render_id_number(self, record: Voter) -> str:
        return masked_numbers([record], outer=self.outer)[0]

    def render_category(self, record: Voter) -> str:
        return category_word(record.category, community=self.village.is_community)

    def render_listed(self, record: Voter) -> SafeString | str:
        if record.listed:
            return "列入"
        return format_html('<span class="state-check">未列入</span> {}', record.get_omission_display())
