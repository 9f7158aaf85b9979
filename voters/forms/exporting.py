"""Asking for a list with full numbers; looking for a person by the end of the id number."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.fields import PlainForm
from voters.rules.identity import normalise


class ExportForm(PlainForm):
    """The purpose of a list with full numbers."""

    reason = forms.CharField(label="用途", max_length=200, widget=forms.Textarea({"rows": 2}))
    query = forms.CharField(required=False, widget=forms.HiddenInput)


class LastFourForm(PlainForm):
    """The last four characters of a number."""

    last = forms.CharField(
        label="身份证号后四位", widget=forms.TextInput({"autocomplete": "off", "class": "in-xs", "inputmode": "text"})
    )

    def clean_last(self) -> Any:
        last = normalise(self.cleaned_data["last"])
        if len(last) != 4 or not last[:3].isdecimal() or last[3] not in "0123456789X":
            raise forms.ValidationError("身份证号后四位是三位数字加一位数字或X。请核对后重新填写。")
        return last
