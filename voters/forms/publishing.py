"""公布名单, its supplements, objections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from elections.forms.dates import DateField
from elections.forms.fields import NameField, PlainForm
from elections.models import Election
from voters.forms.person import TERM_MISSING, UNTIL_HELP, omission_codes, term_missing
from voters.models import Voter


class PublishForm(PlainForm):
    """Place and person of posting the roll, and the statement that stands unticked."""

    place = forms.CharField(label="张贴地点", max_length=120, help_text="例如：村务公开栏和各村民小组")
    posted_by = NameField(label="张贴人")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    sure = forms.BooleanField(label="已逐组核对，没有错登、重登、漏登；公布后名单锁定，变动须有处理决定并补充公布")


class SupplementForm(PublishForm):
    """The same for a supplement."""

    sure = forms.BooleanField(label="已核对增加、减少、更正的人员和处理决定")


class ObjectionForm(PlainForm):
    """An objection: by whom, to what, received when."""

    person = NameField(label="申诉涉及的人")
    objector = NameField(label="申诉人")
    matter = forms.CharField(label="申诉内容", max_length=300, widget=forms.Textarea({"rows": 3}))
    received_on = DateField(label="收到日期")

    def __init__(self, *args: Any, today: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["received_on"].today = today


class UpholdForm(PlainForm):
    """维持原名单."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea({"rows": 2}))


class RemoveForm(UpholdForm):
    """减少: which person of the list, why."""

    number = forms.IntegerField(label="名单序号", min_value=1, help_text="要移出名单的人在名单上的序号")
    code = forms.ChoiceField(label="原因")
    evidence = forms.CharField(label="依据", max_length=200, help_text="证明材料的名称或者文号")

    until = DateField(label="期满日期", required=False, help_text=UNTIL_HELP)

    field_order = ("number", "code", "evidence", "until", "reason")

    def __init__(self, *args: Any, election: Election, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(each.value, each.label) for each in omission_codes(election)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if term_missing(found) and "until" not in self.errors:
            self.add_error("until", TERM_MISSING)
        return found


class ListForm(UpholdForm):
    """增加 somebody who was registered but not listed."""

    voter = forms.ChoiceField(label="未列入名单的人")

    field_order = ("voter", "reason")

    def __init__(self, *args: Any, omitted: list[Voter], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["voter"].choices = [
            (str(voter.pk), f"{voter.name}（{voter.group or '未分组'}，{voter.get_omission_display()}）")
            for voter in omitted
        ]
