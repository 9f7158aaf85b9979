"""Election day, the first day of registration, and the reason when either departs from what was set."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.dates import DateField
from elections.models import Election


class PollDayForm(forms.Form):
    poll_day = DateField(label="选举日")
    registration_start = DateField(label="选民登记开始日", required=False)
    reason = forms.CharField(
        label="理由",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="改期，或者与本地方案的时限不一致时必须填写",
    )

    def __init__(self, *args: Any, election: Election, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial = {"poll_day": election.poll_day, "registration_start": election.registration_start}
        self.fields["poll_day"].error_messages["required"] = "选举日没有填写。请填写投票的那一天。"

    def clean(self) -> dict[str, Any]:
        day, start = self.cleaned_data.get("poll_day"), self.cleaned_data.get("registration_start")
        if day and start and start >= day:
            self.add_error("registration_start", "选民登记开始日应在选举日以前。请核对两个日期。")
        return self.cleaned_data
