"""Choices about cards and sheets before they are printed."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.fields import CountField, PlainForm
from voters.documents.polling import Kind, PrintRequest, Split

MOST_TABLES = 20


class PrintForm(PlainForm):
    """One paper; the kind stands in the form."""

    paper: str
    submit: str
    kind = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, initial={"kind": self.paper}, auto_id=f"id_{self.paper}_%s", **kwargs)

    def asked(self) -> PrintRequest:
        """Return what was asked for."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "kind"}
        return PrintRequest(self.paper, **said)


class CardsForm(PrintForm):
    """选民证."""

    paper, submit = Kind.CARDS, "生成选民证"
    first = CountField(label="从序号", min_value=1, required=False, widget=forms.TextInput({"class": "in-xs"}))
    last = CountField(label="到序号", min_value=1, required=False, widget=forms.TextInput({"class": "in-xs"}))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", f"到序号{last}小于从序号{first}。请核对后重新填写。")
        return found


class HouseholdsForm(PrintForm):
    """选民登记核对表."""

    paper, submit = Kind.HOUSEHOLDS, "生成核对表"
    apart = forms.BooleanField(label="每户单独一页", required=False)


class IssueForm(PrintForm):
    """领票登记表."""

    paper, submit = Kind.ISSUE, "生成领票登记表"
    tables = CountField(
        label="发票处（个）", min_value=1, max_value=MOST_TABLES, initial=1, widget=forms.TextInput({"class": "in-xs"})
    )
    split = forms.ChoiceField(
        label="选民分到各处", choices=Split.choices, initial=Split.GROUPS, widget=forms.RadioSelect
    )


FORMS: dict[str, type[PrintForm]] = {form.paper: form for form in (CardsForm, HouseholdsForm, IssueForm)}
