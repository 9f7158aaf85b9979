"""The filters of the lists; their state lives in the address, so that it can be shared and survives the way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from elections.forms.dates import DateField
from elections.models import Election
from elections.rules.kinds import Stage, Standing
from elections.selectors.current import Township
from office.screens.schedule import Group


class _ListFilter(forms.Form):
    """A filter with the township, where there is a choice of them."""

    township = forms.ChoiceField(label="乡镇（街道）", required=False)

    def __init__(self, *args: Any, townships: Iterable[Township], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", "全部"), *((each.code, each.name) for each in townships)]
        self.fields["township"] = forms.ChoiceField(label="乡镇（街道）", required=False, choices=choices)
        if len(choices) < 3:
            del self.fields["township"]

    @property
    def asked(self) -> dict[str, Any]:
        """What is asked for; an unreadable filter hides nothing."""
        return {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}

    def in_township(self, elections: QuerySet[Election]) -> QuerySet[Election]:
        """Return those of the chosen township."""
        code = self.asked.get("township")
        return elections.filter(village__code__startswith=code) if code else elections


class VillageFilter(_ListFilter):
    """Name, stage, standing, overdue; from other pages also a finished election and the day of voting."""

    q = forms.CharField(label="名称", required=False, widget=forms.TextInput(attrs={"size": 12}))
    stage = forms.ChoiceField(
        label="环节", required=False, choices=[("", "全部"), *((s.value, s.label) for s in Stage)]
    )
    standing = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((s.value, s.label) for s in Standing)]
    )
    overdue = forms.BooleanField(label="只看逾期", required=False)
    done = forms.BooleanField(required=False, widget=forms.HiddenInput)
    poll_day = forms.DateField(required=False, widget=forms.HiddenInput)
    field_order = ("q", "township", "stage", "standing", "overdue")

    def apply(self, elections: QuerySet[Election]) -> QuerySet[Election]:
        """Return the elections that fit."""
        asked, fits = self.asked, Q()
        if "q" in asked:
            fits &= Q(village__name__contains=asked["q"].strip())
        for name in {"stage", "standing", "poll_day"} & asked.keys():
            fits &= Q(**{name: asked[name]})
        if "overdue" in asked:
            fits &= Q(summary__overdue__gt=0)
        if "done" in asked:
            fits &= Q(stage=Stage.HANDOVER)
        return self.in_township(elections).filter(fits)


class ScheduleFilter(_ListFilter):
    """A township, a group of days, one day."""

    group = forms.ChoiceField(label="时段", required=False)
    day = DateField(label="日期", required=False)
    field_order = ("township", "group", "day")

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", "全部"), *((each.key, each.name) for each in groups)]
        self.fields["group"] = forms.ChoiceField(label="时段", required=False, choices=choices)
