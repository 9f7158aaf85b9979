"""Forms of the stage 移交: the itemised list, the signatures, the archive; and the postings of every stage."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from elections.forms.fields import MoneyField
from elections.forms.records import RecordForm, Spoken
from elections.models import ArchiveItem, Handover, HandoverItem, Posting
from elections.rules import notices
from elections.selectors.handover import archive_missing
from elections.selectors.rounds import formed_on


class QuantityField(MoneyField):
    """A quantity with up to two decimals (12.5亩)."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(f"数量“{value}”不是数字。请只填数字，最多两位小数。", code="invalid") from None


class HandoverItemForm(RecordForm):
    """One line of the list."""

    quantity = QuantityField(label="数量", max_digits=12)

    class Meta(Spoken):
        model = HandoverItem
        fields = ("category", "name", "quantity", "unit", "value", "place", "remark")

    def prepare(self) -> None:
        self.fields["unit"].widget.attrs["class"] = "in-xs"
        self.fields["unit"].help_text = "枚、册、本、间、元、亩等"


class SignatureForm(RecordForm):
    """RS-05, RS-06: who signed; the township supervises."""

    groups = (("三方签字", ("giver", "receiver", "presider")), ("监督和日期", ("supervisor", "completed_on")))

    class Meta(Spoken):
        model = Handover
        fields = ("giver", "receiver", "presider", "supervisor", "completed_on")

    def prepare(self) -> None:
        for name in ("giver", "receiver", "presider", "supervisor"):
            self.fields[name].widget.attrs["class"] = "in-sm"
        self.fields["giver"].help_text = "上一届村民委员会负责人"
        self.fields["receiver"].help_text = "新一届村民委员会负责人"

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        start, done = formed_on(self.election), found.get("completed_on")
        if start and done and done < start:
            self.complain("completed_on", "移交完成日期早于新一届产生的日期。请核对日期。")
        return found


class ArchiveForm(RecordForm):
    """One kind of paper in the box; kinds that are filed are corrected in their row."""

    twice = "“{kind}”已经归档。请在原来的一行修改。"

    class Meta(Spoken):
        model = ArchiveItem
        fields = ("kind", "pages", "keeper", "filed_on")

    def prepare(self) -> None:
        kinds = [self.instance.kind] if self.instance.pk else archive_missing(self.election)
        choices = [("", "选择一项")] if self.instance.pk is None else []
        self.fields["kind"] = forms.ChoiceField(label="材料", choices=[*choices, *((kind, kind) for kind in kinds)])
        self.fields["keeper"].widget.attrs["class"] = "in-sm"
        self.from_one("pages")


class PostingForm(RecordForm):
    """A notice that was put up: which, when, where, by whom (NT-03)."""

    class Meta(Spoken):
        model = Posting
        fields = ("key", "posted_on", "place", "posted_by")

    def prepare(self) -> None:
        choices = [("", "选择一项"), *((each.key, each.title) for each in notices.of_body(self.election.body))]
        self.fields["key"] = forms.ChoiceField(label="公告", choices=choices)
        self.fields["posted_by"].widget.attrs["class"] = "in-sm"
        if self.instance.pk is None:
            before = self.election.postings.last()
            if before:  # the same board and the same hands, as a rule
                self.initial["place"], self.initial["posted_by"] = before.place, before.posted_by
