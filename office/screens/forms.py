"""The filters of the lists; their state lives in the address, so that it can be shared and survives the way back."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.rules.kinds import Stage, Standing
from office.screens.desk import Row


class VillageFilter(forms.Form):
    """Name, stage, standing, overdue."""

    q = forms.CharField(label="名称", required=False, widget=forms.TextInput(attrs={"size": 12}))
    township = forms.ChoiceField(label="乡镇（街道）", required=False)
    stage = forms.ChoiceField(
        label="环节", required=False, choices=[("", "全部"), *((s.value, s.label) for s in Stage)]
    )
    standing = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), *((s.value, s.label) for s in Standing)]
    )
    overdue = forms.BooleanField(label="只看逾期", required=False)
    done = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, townships: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = [("", "全部"), *townships.items()]
        self.fields["township"] = forms.ChoiceField(label="乡镇（街道）", required=False, choices=choices)
        if len(townships) < 2:
            del self.fields["township"]

    def apply(self, rows: list[Row]) -> list[Row]:
        """The rows that fit; an unreadable filter hides nothing."""
        if not self.is_valid():
            return rows
        return [row for row in rows if self._fits(row, self.cleaned_data)]

    def _fits(self, row: Row, asked: dict[str, Any]) -> bool:
        election = row.election
        return (
            asked["q"].strip() in row.village.name
            and asked.get("township", "") in ("", row.village.township_code)
            and asked["stage"] in ("", election.stage)
            and asked["standing"] in ("", election.standing)
            and (not asked["overdue"] or bool(row.overdue))
            and (not asked["done"] or election.stage == Stage.HANDOVER)
        )
