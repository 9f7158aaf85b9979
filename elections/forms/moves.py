"""A step, a reason, an act beside the stages."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.dates import DateField
from elections.rules.stages import StandingMove

REASON = "写明事实和依据，县换届办可以看到"


class ReasonForm(forms.Form):
    """The version the page showed and, where one is demanded, the reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=REASON, required=False
    )

    def __init__(self, *args: Any, required: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
        self.fields["reason"].error_messages["required"] = "理由没有填写。请写明事实和依据。"

    def clean_version(self) -> int:
        """Read the version; a page that says none is older than any election."""
        version = self.cleaned_data["version"]
        return -1 if version is None else version


class StandingForm(forms.Form):
    """The reason and, where an approval from above is needed, its paper and day."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=REASON)
    approval = forms.CharField(label="批准文号", max_length=80, required=False)
    approved_on = DateField(label="批准日期", required=False)

    def __init__(self, *args: Any, row: StandingMove, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not row.guards:
            del self.fields["approval"], self.fields["approved_on"]
        if row.act == "close":
            self.fields["statement"] = forms.BooleanField(label="档案已与目录逐项核对，归档后不能再改")
        for field in self.fields.values():
            field.error_messages["required"] = f"{field.label}没有填写。请填写后再办。"

    def clean(self) -> dict[str, Any]:
        self.cleaned_data.pop("statement", None)
        return self.cleaned_data
