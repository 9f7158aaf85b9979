"""Forms of the stage 投票: arrangement, staff, figures of a count, confirmation, announcement and report."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.fields import PlainForm
from elections.forms.persons import PersonField
from elections.forms.records import PersonRecordForm, RecordForm, Spoken
from elections.models import PollArrangement, ResultReport, StaffMember
from elections.selectors.contest import conflicts_of


class ArrangementForm(RecordForm):
    """VT-02, VT-04: when, where, how, as published."""

    groups = (
        ("时间和地点", ("place", "opens_at", "closes_at")),
        ("方式", ("form", "secret_booth", "mobile_boxes")),
        ("公布", ("notice_on",)),
    )

    class Meta(Spoken):
        model = PollArrangement
        fields = ("place", "opens_at", "closes_at", "form", "secret_booth", "mobile_boxes", "notice_on")

    def prepare(self) -> None:
        self.fields["mobile_boxes"].required = False
        self.fields[
            "mobile_boxes"
        ].help_text = f"每个流动票箱不少于{self.election.policy.mobile_box_min_staff}名工作人员"
        if self.instance.pk is None:
            self.initial["form"] = self.election.policy.voting_form

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        opens, closes = found.get("opens_at"), found.get("closes_at")
        if opens and closes and closes <= opens:
            self.complain("closes_at", f"截止时间应晚于开始时间（{opens.hour}:{opens.minute:02}）。请核对两个时间。")
        return found


class StaffForm(PersonRecordForm):
    """EC-18, VT-13: a candidate or a candidate's near relative is refused while being entered."""

    name = PersonField(label="姓名")
    keys = {"name": "person"}
    field_order = ("name", "task")
    twice = "{name}已经担任这一项工作。请在原来的一行修改。"

    class Meta(Spoken):
        model = StaffMember
        fields = ("task",)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if self.named and found.get("task"):
            task = StaffMember.Task(found["task"]).label
            for sentence in conflicts_of(self.election, self.named["person"], str(task)):
                self.complain("name", f"{sentence}。")
        return found


class ResultReportForm(RecordForm):
    """RS-01, RS-02: announced on the spot, posted the same or the next day, reported to the township."""

    class Meta(Spoken):
        model = ResultReport
        fields = ("announced_on", "posted_on", "reported_on")

    def prepare(self) -> None:
        last = self.election.rounds.exclude(confirmed_at=None).last()
        self.held_on = last.held_on if last else None
        if self.instance.pk is None:
            self.initial["announced_on"] = self.held_on

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        announced = found.get("announced_on")
        if announced and self.held_on is None:
            self.complain("announced_on", "投票结果还没有确认。请先确认结果，再登记宣布日期。")
        elif announced and announced < self.held_on:
            self.complain("announced_on", "当场宣布日期早于投票日期。请核对日期。")
        self.not_before("posted_on", "announced_on")
        self.not_before("reported_on", "announced_on")
        return found


class ConfirmForm(PlainForm):
    """The sheet the page showed, and the statement nobody ticked beforehand."""

    sheet = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(label="已与监票人签字的计票单核对一致")
