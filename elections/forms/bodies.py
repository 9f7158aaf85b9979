"""Forms of the two other bodies: the Party record by stage (PB-), the supervision committee (RP-07…09)."""

from __future__ import annotations

from typing import Any

from elections.forms.persons import PersonField
from elections.forms.preparation import MeetingForm
from elections.forms.records import PersonRecordForm, RecordForm, Spoken
from elections.models import Meeting, PartyRecord, SupervisionMember, SupervisionRecord
from elections.rules.counting import party as counting
from elections.rules.kinds import Stage
from elections.selectors.supervision import SeatAndKin, seat_and_kin_of

# Which facts belong to which stage of the Party organisation's election, in the order of PB-23.
SECTIONS: dict[Stage, tuple[str, ...]] = {
    Stage.PREPARATION: ("request_on", "reply_on"),
    Stage.REGISTRATION: ("full_members", "due", "left_out", "left_out_approved_on", "left_out_voted_on"),
    Stage.NOMINATION: ("members_recommended_on", "masses_recommended_on", "seats", "candidates"),
    Stage.VETTING: ("vetted_on", "inspected_on", "notice_first_day", "notice_last_day", "candidates_reply_on"),
    Stage.VOTING: ("meeting_on", "present", "issued", "returned", "elected", "secretary_elected_on"),
    Stage.HANDOVER: ("reported_on", "approved_on"),
}
TITLES = {
    Stage.PREPARATION: "换届请示和批复",
    Stage.REGISTRATION: "核定应到会人数",
    Stage.NOMINATION: "两推",
    Stage.VETTING: "联审、考察、公示和批复",
    Stage.VOTING: "党员大会选举",
    Stage.HANDOVER: "结果报告和批复",
}


class PartyForm(RecordForm):
    """The section of the present stage; what other stages recorded is shown, not asked."""

    ahead = ("notice_last_day",)

    class Meta(Spoken):
        model = PartyRecord
        fields = tuple(name for names in SECTIONS.values() for name in names)

    def prepare(self) -> None:
        section = SECTIONS.get(Stage(self.election.stage), ())
        for name in [name for name in self.fields if name not in section]:
            del self.fields[name]
        policy = self.election.policy
        if "candidates" in self.fields and self.instance.seats:
            need = self.instance.seats + counting.surplus(self.instance.seats, policy.party_surplus)
            self.fields["candidates"].help_text = f"应选{self.instance.seats}名的，候选人应不少于{need}名"
        if "notice_last_day" in self.fields:
            self.fields["notice_last_day"].help_text = f"公示不少于{policy.party_notice_days}个工作日"
        if "due" in self.fields:
            self.fields["left_out"].required = False
            self.fields["due"].help_text = "有选举权的正式党员，减去经批准和表决不计入的人数"

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for later, earlier in ORDERED:
            self.not_before(later, earlier)
        for part, whole in PARTS:
            self.not_more(part, whole)
        self._due_is_the_rest(found)
        return found

    def _due_is_the_rest(self, found: dict[str, Any]) -> None:
        """PB-06: refuse more people due and left out together than there are full members."""
        members, due, left_out = found.get("full_members"), found.get("due"), found.get("left_out")
        if members and due and due + (left_out or 0) > members:
            words = f"应到会{due}人加上不计入{left_out or 0}人，多于正式党员{members}人。请核对三个数。"
            self.complain("due", words)


ORDERED = (
    ("reply_on", "request_on"),
    ("notice_last_day", "notice_first_day"),
    ("secretary_elected_on", "meeting_on"),
    ("approved_on", "reported_on"),
)
PARTS = (("due", "full_members"), ("left_out", "full_members"), ("issued", "present"))


class SupervisionMeetingForm(MeetingForm):
    """RP-07: by the villagers' or the representatives' meeting."""

    purpose = Meeting.Purpose.SUPERVISION

    class Meta(Spoken):
        model = Meeting
        fields = tuple(name for name in MeetingForm.Meta.fields if name != "published_on")


class SupervisionMemberForm(PersonRecordForm):
    """One member with the facts that bar (RP-07). What is known of him is not overridden by a tick left out."""

    name = PersonField(label="姓名")
    keys = {"name": "person"}
    field_order = ("name", "chair", "bookkeeping", "kin_on_committee", "on_committee")
    twice = "{name}已经在名单上。请在原来的一行修改。"

    class Meta(Spoken):
        model = SupervisionMember
        fields = ("chair", "bookkeeping", "kin_on_committee", "on_committee")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        person = self.named["person"].person if self.named else None
        known = seat_and_kin_of(self.election, person) if person else SeatAndKin()
        if known.seat and not found.get("on_committee"):
            self.complain("on_committee", f"{person}已当选{known.seat}。请勾选，或者核对是不是同一人。")
        if known.kin and not found.get("kin_on_committee"):
            self.complain("kin_on_committee", f"{person}与{known.kin}有登记的亲属关系。请勾选，或者更正亲属关系。")
        return found


class SupervisionRecordForm(RecordForm):
    """RP-09: vetting done, result published."""

    class Meta(Spoken):
        model = SupervisionRecord
        fields = ("vetted_on", "published_on")
