"""The register of proxies as a table with its filter."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from elections.models import Election
from elections.rules.wording import short_date
from elections.views.addresses import address, address_with
from voters.models import ProxyVote, Voter
from voters.selectors.polling import relation_word
from voters.selectors.register import searched

ALL = "all"
STANDINGS = [("in_force", "有效"), ("ended", "已终止"), (ALL, "全部")]


class ProxyFilter(django_filters.FilterSet):
    """Name, initials or number of either side; those in force unless asked otherwise."""

    q = django_filters.CharFilter(label="姓名或者序号", method="by_text")
    standing = django_filters.ChoiceFilter(label="状态", empty_label=None, choices=STANDINGS, method="by_text")

    class Meta:
        model = ProxyVote
        fields: list[str] = []

    def __init__(self, data: Any, *, election: Election, **kwargs: Any):
        super().__init__(data or None, **kwargs)
        self.election = election

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset

    @property
    def found(self) -> QuerySet[ProxyVote]:
        """Who is left; a filter that cannot be read finds nobody."""
        if self.is_bound and not self.form.is_valid():
            return searched(self.election, "", ALL).none()
        said = self.form.cleaned_data if self.is_bound else {}
        return searched(self.election, said.get("q") or "", said.get("standing") or "in_force")


class ProxyTable(tables.Table):
    """One row a proxy. ``may``: whether this person may end one now."""

    number = tables.Column("编号")
    principal = tables.Column("委托人", order_by=("principal__number",))
    agent = tables.Column("受委托人", order_by=("agent__number", "number"))
    relation = tables.Column("关系", orderable=False)
    reason = tables.Column("原因", orderable=False)
    applied_on = tables.Column("申请日期", attrs={"td": {"class": "nowrap"}})
    ended_on = tables.Column("状态", empty_values=(), orderable=False)
    acts = tables.Column(
        "办理",
        empty_values=(),
        orderable=False,
        attrs={"td": {"class": "no-print nowrap"}, "th": {"class": "no-print"}},
    )

    class Meta:
        attrs = {"class": "table table-cards"}
        order_by = "number"
        empty_text = "没有符合条件的委托。请放宽查询条件。"

    caption, unit = "委托投票登记", "份"

    def __init__(self, *args: Any, election: Election, may: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.election, self.may = election, may

    def render_number(self, value: int) -> str:
        return f"第{value}号"

    def render_principal(self, value: Voter) -> SafeString:
        return person(value)

    def render_agent(self, value: Voter) -> SafeString:
        return person(value)

    def render_relation(self, value: str) -> str:
        return relation_word(self.election, value)

    def render_applied_on(self, value: Any) -> str:
        return short_date(value)

    def render_ended_on(self, record: ProxyVote) -> SafeString:
        if record.ended_on is None:
            return format_html('<span class="state-ok">{}</span>', "有效")
        why = f"{record.get_ending_display()}，{short_date(record.ended_on)}"
        return format_html('<span class="state-check nowrap">{}</span><br><span class="muted">{}</span>', "已终止", why)

    def render_acts(self, record: ProxyVote) -> SafeString:
        whose = f"：{record.principal.name}"
        links = []
        if record.ended_on is None:
            links.append((address("proxy_slip", self.election, record.pk), "委托证", whose))
            if self.may:
                links.append((address("proxy_end", self.election, record.pk), "终止", whose))
        elif self.may:
            links.append((address_with("proxy_new", self.election, again=record.number), "重新登记", whose))
        made = format_html_join("", '<a href="{}">{}<span class="visually-hidden">{}</span></a>', links)
        return format_html('<span class="links">{}</span>', made) if links else format_html("{}", "--")


def person(voter: Voter) -> SafeString:
    """王芳, below it 12号，3组."""
    where = "，".join(each for each in (f"{voter.number}号" if voter.number else "", voter.group) if each)
    return format_html('{}<br><span class="muted">{}</span>', voter.name, where)
