"""Beginning a change of term in a county."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.dates import DateField
from elections.rules import policy


def _packs() -> list[tuple[str, str]]:
    return [(name, policy.load(name).title) for name in policy.packs()]


class CycleForm(forms.Form):
    name = forms.CharField(label="名称", max_length=60, help_text="例如：第十二届村（社区）“两委”换届")
    term_no = forms.IntegerField(
        label="届次", min_value=1, max_value=99, widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4})
    )
    pack = forms.ChoiceField(
        label="规则包", choices=_packs, initial=policy.DEFAULT, help_text="开始后每个村的选举一直适用开始时的规则"
    )
    starts_on = DateField(label="开始日期")
    ends_on = DateField(label="结束日期")
    target_poll_from = DateField(label="投票窗口起", required=False)
    target_poll_until = DateField(label="投票窗口止", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"{field.label}没有填写。请填写。"

    def clean(self) -> dict[str, Any]:
        for first, last, words in (
            ("starts_on", "ends_on", "结束日期应在开始日期以后。请核对两个日期。"),
            ("target_poll_from", "target_poll_until", "投票窗口止应在投票窗口起以后。请核对两个日期。"),
        ):
            one, other = self.cleaned_data.get(first), self.cleaned_data.get(last)
            if one and other and other < one:
                self.add_error(last, words)
        return self.cleaned_data
