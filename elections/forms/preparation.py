"""Forms of the stage 准备: bodies, survey, talks, training, meetings, the election committee."""

from __future__ import annotations

from typing import Any

from django import forms

from elections.forms.fields import CountField
from elections.forms.persons import PersonField
from elections.forms.records import PersonRecordForm, RecordForm, Spoken
from elections.models import Kinship, Meeting, Survey, Talks, Training, WorkingBody
from elections.rules.election_committee import WORDS, kin_word
from elections.rules.facts import MeetingFacts
from elections.selectors.kin import turned_round


class WorkingBodyForm(RecordForm):
    class Meta(Spoken):
        model = WorkingBody
        fields = ("kind", "head", "size", "formed_on")

    def prepare(self) -> None:
        self.fields["head"].widget.attrs["class"] = "in-sm"
        self.from_one("size")


class SurveyForm(RecordForm):
    """CP-21, CP-51: what is known of the village is filled in; the grades and causes are the rule pack's."""

    causes = forms.MultipleChoiceField(label="原因", required=False, widget=forms.CheckboxSelectMultiple)
    groups = (
        ("人口", ("done_on", "population", "households", "adults", "party_members")),
        ("选情", ("difficulty", "causes", "note")),
        ("先整顿后换届", ("needs_rectification", "rectified_on")),
    )

    class Meta(Spoken):
        model = Survey
        fields = (
            "done_on", "population", "households", "adults", "party_members", "difficulty", "causes", "note",
            "needs_rectification", "rectified_on",
        )  # fmt: skip
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def prepare(self) -> None:
        policy, village = self.election.policy, self.election.village
        grades = [(each.code, each.words) for each in policy.difficulty_grades]
        self.fields["difficulty"] = forms.ChoiceField(label="选情等级", choices=grades, widget=forms.RadioSelect)
        self.fields["causes"].choices = [(each.code, each.words) for each in policy.difficulty_causes]
        self.fields["note"].widget = forms.Textarea(attrs={"rows": 3})
        self.initial["causes"] = [code for code in self.instance.causes.split(",") if code]
        if self.instance.pk is None:
            for name in ("population", "households", "party_members"):
                self.initial[name] = getattr(village, name)

    def clean_causes(self) -> str:
        return ",".join(self.cleaned_data["causes"])

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for name in ("households", "adults"):
            self.not_more(name, "population")
        self.not_more("party_members", "adults")
        if found.get("rectified_on") and not found.get("needs_rectification"):
            self.complain("rectified_on", "没有勾选“需要先整顿”，不填整顿完成日期。请勾选，或者清空日期。")
        return found


class TalksForm(RecordForm):
    """CP-27: once with every current member of both committees."""

    class Meta(Spoken):
        model = Talks
        fields = ("due", "done", "finished_on")

    def prepare(self) -> None:
        self.fields["due"].help_text = "现任村“两委”成员人数"

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        self.not_more("done", "due")
        if found.get("done") and not found.get("finished_on"):
            self.complain("finished_on", "已谈人数不是0，还要写明最近一次谈话日期。请填写。")
        return found


class TrainingForm(RecordForm):
    class Meta(Spoken):
        model = Training
        fields = ("held_on", "topic", "attendees")

    def prepare(self) -> None:
        self.from_one("attendees")


# Which kinds of meeting may decide what (EC-03, EC-17, NM-01, RP-07).
WHO_DECIDES = {
    Meeting.Purpose.ELECTION_COMMITTEE: ("villagers", "representatives", "group"),
    Meeting.Purpose.PLAN: ("villagers", "representatives"),
    Meeting.Purpose.SEATS: ("villagers", "representatives"),
    Meeting.Purpose.SUPERVISION: ("villagers", "representatives"),
}

FIGURES = ("adults", "households", "members", "present", "present_households", "in_favour")


class MeetingForm(RecordForm):
    """One meeting with attendance and votes (EC-04); the arithmetic is judged by ``meetings``, not here."""

    purpose: Meeting.Purpose
    present = CountField(label="实到人数")
    in_favour = CountField(label="赞成人数")
    groups = (
        ("", ("kind", "held_on")),
        ("应到", ("adults", "households", "members")),
        ("实到和表决", ("present", "present_households", "in_favour")),
        ("公布", ("published_on",)),
    )

    class Meta(Spoken):
        model = Meeting
        fields = (
            "kind", "held_on", "adults", "households", "members", "present", "present_households", "in_favour",
            "published_on",
        )  # fmt: skip

    def prepare(self) -> None:
        self.instance.purpose = self.purpose
        may = WHO_DECIDES[self.purpose]
        self.fields["kind"].choices = [(value, label) for value, label in Meeting.Kind.choices if value in may]
        for name in ("adults", "households"):
            self.fields[name].help_text = f"{'村民会议、村民小组会议' if 'group' in may else '村民会议'}填写"
        self.fields["members"].help_text = "村民代表会议填写"
        self.fields["present_households"].help_text = "按户派代表参加的填写"
        self.fields["present_households"].required = False

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        self.not_before("published_on", "held_on")
        if "kind" not in found:
            return found
        by_representatives = found["kind"] == Meeting.Kind.REPRESENTATIVES
        for name in ("adults", "households", "present_households") if by_representatives else ("members",):
            found[name] = 0
        self._insist_on_figures(found, by_representatives)
        return found

    def facts(self) -> MeetingFacts | None:
        """Return what can be read so far, for the arithmetic beside the form; ``None`` before the kind is chosen."""
        found = self.cleaned_data
        if not found.get("kind"):
            return None
        figures = {name: found.get(name) or 0 for name in FIGURES}
        return MeetingFacts(found["kind"], found.get("held_on") or self.today, **figures)

    def _insist_on_figures(self, found: dict[str, Any], by_representatives: bool) -> None:
        if by_representatives and found.get("members") == 0:
            self.complain("members", "代表（组成人员）应到人数没有填写。请填写。")
        if not by_representatives and found.get("adults") == 0 and found.get("households") == 0:
            self.complain("adults", "18周岁以上应到人数和应到户数都没有填写。请至少填写一项。")


class PlanMeetingForm(MeetingForm):
    """EC-17."""

    purpose = Meeting.Purpose.PLAN

    class Meta(MeetingForm.Meta):
        labels = {"published_on": "选举办法和方案公布日期"}


class ElectionCommitteeMeetingForm(MeetingForm):
    """EC-03, EC-07."""

    purpose = Meeting.Purpose.ELECTION_COMMITTEE


class KinshipForm(PersonRecordForm):
    """A declared relation; a word that stands for two keys of the law is offered once."""

    name = PersonField(label="姓名")
    other = PersonField(label="亲属姓名")
    keys = {"name": "person", "other": "relative"}
    field_order = ("name", "other", "relation", "declared_by", "declared_on")
    twice = "{name}和{other}的关系已经登记。请在原来的一行修改。"

    class Meta(Spoken):
        model = Kinship
        fields = ("relation", "declared_by", "declared_on")

    def prepare(self) -> None:
        super().prepare()
        words = {word: key for key, word in reversed(WORDS.items())}
        choices = [("", "选择一项"), *((key, word) for key, word in WORDS.items() if words[word] == key)]
        self.fields["relation"] = forms.ChoiceField(label="关系", choices=choices, help_text="后一人是前一人的什么亲属")
        self.fields["declared_by"].widget.attrs["class"] = "in-sm"
        self.fields["declared_on"].required = False
        self.order_fields(self.field_order)
        if self.instance.pk is None:
            self.initial["declared_on"] = self.today

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        one, other = found.get("name"), found.get("other")
        if one and other and (one.key or one.known) == (other.key or other.known):
            self.complain("other", "两处填的是同一个人。请填写另一个人。")
        elif one and other and one.person and other.person:
            turned = turned_round(self.instance)
            if turned:
                words = f"已经登记{turned.name}的{kin_word(turned.relation)}是{turned.other}。请在原来的一行修改。"
                self.complain("other", words)
        return found
