"""Forms about an audit: shape only. What the law demands is said by the services."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms

from audits.models import Audit, Finding
from elections.forms.dates import DateField
from elections.forms.fields import MoneyField, PlainForm

AREA = {"rows": 3}


class AuditForm(PlainForm):
    """An audit: by whom, of which period, of what; and the report when it is there."""

    auditor = forms.CharField(label="审计单位", max_length=80)
    started_on = DateField(label="进场日期")
    period_from = DateField(label="审计期间起", help_text="一般为本届任期开始之日")
    period_to = DateField(label="审计期间止")
    scope = forms.CharField(
        label="审计范围",
        max_length=300,
        widget=forms.Textarea(attrs=AREA),
        help_text="财务收支、债权债务、集体资产和资源、工程项目、惠农资金等，覆盖两委全体成员",
    )
    reported_on = DateField(label="出具报告日期", required=False)
    conclusion = forms.CharField(
        label="审计结论", max_length=500, required=False, widget=forms.Textarea(attrs=AREA), help_text="出具报告后填写"
    )

    @staticmethod
    def of(audit: Audit | None) -> dict[str, Any]:
        """Return what is known already, for correcting it."""
        return {name: getattr(audit, name) for name in AuditForm.base_fields} if audit else {}


class FindingForm(PlainForm):
    """One problem for the ledger (CP-69)."""

    matter = forms.CharField(label="问题", max_length=200, widget=forms.Textarea(attrs=AREA))
    amount = MoneyField(label="金额（元）", help_text="没有金额的填0")
    responsible = forms.CharField(label="责任人", max_length=50)
    due_on = DateField(label="整改时限")


class ClosureForm(PlainForm):
    """The settlement of a problem: how and when."""

    measure = forms.CharField(label="整改情况", max_length=300, widget=forms.Textarea(attrs=AREA))
    closed_on = DateField(label="整改完成日期")


class PublicationForm(PlainForm):
    """One publication on the notice board (CP-68)."""

    first_day = DateField(label="公示第一天")
    last_day = DateField(label="公示最后一天")
    place = forms.CharField(label="公示地点", max_length=120)


class LastDayForm(PlainForm):
    """Until when a publication hangs."""

    last_day = DateField(label="公示最后一天")


class ObjectionForm(PlainForm):
    """An objection of a villager."""

    received_on = DateField(label="收到日期")
    matter = forms.CharField(label="异议内容", max_length=300, widget=forms.Textarea(attrs=AREA))


class AnswerForm(PlainForm):
    """The answer to an objection."""

    answer = forms.CharField(label="答复", max_length=300, widget=forms.Textarea(attrs=AREA))
    answered_on = DateField(label="答复日期")


class FindingFilter(django_filters.FilterSet):
    """The ledger: all, still open, put right."""

    state = django_filters.ChoiceFilter(
        label="状态",
        empty_label="全部",
        choices=[("open", "未整改"), ("closed", "已整改")],
        method="by_state",
    )

    class Meta:
        model = Finding
        fields: list[str] = []

    def by_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(closed_on__isnull=value == "open")
