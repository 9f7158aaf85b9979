"""Forms of the table where ballots are handed out: scanning, typing, pressing."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.fields import PlainForm
from voters.models import CheckIn
from voters.rules import cards
from voters.selectors.check_in import TABLES


class TableForm(forms.Form):
    """Which table this is."""

    table = forms.ChoiceField(
        label="发票处", choices=list(TABLES.items()), widget=forms.Select({"class": "form-select in-sm"})
    )


class ScanForm(PlainForm):
    """A card or a number of the roll."""

    code = forms.CharField(
        label="扫描选民证，或者输入名单序号",
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autofocus": True,
                "inputmode": "numeric",
                "class": "form-control in-md",
                "enterkeyhint": "go",
            }
        ),
    )

    def clean_code(self) -> Any:
        try:
            return cards.read(self.cleaned_data["code"])
        except cards.Unreadable as error:
            raise forms.ValidationError(str(error)) from None


class GiveForm(forms.Form):
    """The person shown, and who takes the ballot."""

    number = forms.IntegerField(min_value=1)
    way = forms.ChoiceField(choices=CheckIn.Way.choices)


class UndoForm(forms.Form):
    """The reason for taking back a ballot handed out."""

    why = forms.ChoiceField(choices=CheckIn.Undoing.choices)
