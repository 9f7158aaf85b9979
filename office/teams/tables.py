"""班子情况: one row a village, each figure with what it is a share of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from elections.rules.teams import Figure
from office.teams.overview import VillageLine

NUMBER: dict[str, Any] = {"td": {"class": "num"}, "th": {"class": "num"}}


class TeamTable(tables.Table):
    """Rows: :class:`VillageLine`; the library sorts a list by what the columns' accessors give."""

    name = tables.Column("村（社区）", accessor="village__name", order_by="village__code")
    township = tables.Column("乡镇（街道）", accessor="village__township_code", order_by="village__code")
    people = tables.Column("“两委”人数", accessor="figures__people", order_by="figures__people__part", attrs=NUMBER)
    women = tables.Column("女性", accessor="figures__women", order_by="figures__women__part", attrs=NUMBER)
    age = tables.Column("平均年龄", accessor="figures__age", order_by="figures__age__mean", attrs=NUMBER)
    young = tables.Column("35岁及以下", accessor="figures__young", order_by="figures__young__part", attrs=NUMBER)
    college = tables.Column("大专以上", accessor="figures__college", order_by="figures__college__part", attrs=NUMBER)
    party = tables.Column("党员", accessor="figures__party", order_by="figures__party__part", attrs=NUMBER)
    shoulder = tables.Column("一肩挑", accessor="shoulder_words")
    cross = tables.Column("交叉任职", accessor="figures__cross", order_by="figures__cross__part", attrs=NUMBER)

    class Meta:
        attrs = {"class": "table"}
        order_by = "name"
        empty_text = "没有符合条件的村（社区）。请放宽查询条件。"

    def __init__(self, data: Iterable[VillageLine], *, townships: Mapping[str, str], **kwargs: Any):
        super().__init__(list(data), **kwargs)
        self.townships = townships

    def render_name(self, value: str, record: VillageLine) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("team", args=[record.village.pk]), value)

    def render_township(self, value: str) -> str:
        return self.townships.get(value, value)

    def render_people(self, value: Figure) -> str:
        return str(value.part) if value.part else "没有录入"

    def render_figure(self, value: Figure) -> SafeString:
        """The words, and behind a mark whom they leave out."""
        words = f"{value.mean}岁" if value.mean else f"{value.part}/{value.whole}" if value.whole else "--"
        left_out = "；".join(value.left_out)
        return format_html('{}<span class="visually-hidden">{}</span>', words, f"，{left_out}" if left_out else "")

    render_women = render_age = render_young = render_college = render_party = render_cross = render_figure
