"""Facts of the vote: arrangement, staff, rounds, count sheets. No row ever joins a voter and a choice (VT-18)."""

from django.db import models
from django.utils import timezone


class PollArrangement(models.Model):
    """投票时间、地点、方式 as published (VT-02, VT-04)."""

    class Form(models.TextChoices):
        MEETING = "meeting", "召开选举大会"
        STATIONS = "stations", "设立投票站"

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="arrangement")
    place = models.CharField("投票地点", max_length=120)
    opens_at = models.TimeField("开始时间")
    closes_at = models.TimeField("截止时间")
    form = models.CharField("投票方式", max_length=10, choices=Form)
    secret_booth = models.BooleanField("已设秘密写票处", default=False)
    mobile_boxes = models.PositiveSmallIntegerField("流动票箱（个）", default=0)
    notice_on = models.DateField("公布日期", null=True, blank=True)

    class Meta:
        verbose_name = "投票安排"


class StaffMember(models.Model):
    """选举工作人员: never a candidate, never a candidate's near relative (EC-18, VT-13)."""

    class Task(models.TextChoices):
        CHIEF = "chief", "总监票人"
        SCRUTINEER = "scrutineer", "监票人"
        TELLER = "teller", "计票人"
        CALLER = "caller", "唱票人"
        CHECKER = "checker", "验证发票人"
        HELPER = "helper", "代书人"
        BOX = "box", "流动票箱人员"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="staff")
    person = models.ForeignKey("elections.Person", on_delete=models.PROTECT, null=True, related_name="staff_places")
    name = models.CharField("姓名", max_length=160)
    task = models.CharField("工作", max_length=12, choices=Task)

    class Meta:
        verbose_name = "选举工作人员"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "person", "task"], name="one_task_a_record"),
            models.UniqueConstraint(fields=["election", "name", "task"], name="one_task_a_person"),
        ]


class Round(models.Model):
    """One vote: the first, a rerun (另行选举) or a second vote between tied persons (再次投票)."""

    class Kind(models.TextChoices):
        FIRST = "first", "第一次投票"
        RERUN = "rerun", "另行选举"
        TIE = "tie", "再次投票"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("第几次")
    kind = models.CharField("种类", max_length=6, choices=Kind)
    held_on = models.DateField("投票日期")
    registered = models.PositiveIntegerField("登记参加选举人数")  # N, frozen when the round opens (VR-18)
    contest = models.TextField("应选职务和人选", editable=False)  # canonical JSON: posts, people, kin, seated
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.TextField("计票结论", blank=True, editable=False)  # canonical JSON of counting.Outcome

    class Meta:
        verbose_name = "投票"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_round_a_number")]


class CountSheet(models.Model):
    """The figures of one round as typed from the paper. A correction is a new sheet; the old one stays."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets")
    number = models.PositiveSmallIntegerField("第几稿")
    issued_in_person = models.PositiveIntegerField("本人领票")
    issued_by_proxy = models.PositiveIntegerField("委托领票", default=0)
    returned = models.PositiveIntegerField("收回选票")
    invalid = models.PositiveIntegerField("无效票", default=0)
    blank = models.PositiveIntegerField("弃权票", default=0)
    votes = models.TextField("得票", editable=False)  # canonical JSON {office: {name: votes}}
    write_ins = models.TextField("另选他人", default="[]", editable=False)  # canonical JSON [{name, sex, on_roll}, …]
    typed_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    typed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "计票单"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_sheet_a_number")]

    @property
    def issued(self) -> int:
        """I = issued in person + by proxy (VT-19)."""
        return self.issued_in_person + self.issued_by_proxy


class Seated(models.Model):
    """A person elected (当选), with the round that elected them."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="seated")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seated")
    person = models.ForeignKey("elections.Person", on_delete=models.PROTECT, null=True, related_name="seats_won")
    office = models.CharField("职务", max_length=16)
    name = models.CharField("姓名", max_length=160)
    sex = models.CharField("性别", max_length=1)
    votes = models.PositiveIntegerField("得票")
    why = models.CharField("当选依据", max_length=300)

    class Meta:
        verbose_name = "当选人"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["election", "name"], name="one_seat_a_person")]


class ResultReport(models.Model):
    """The days on which the result was announced on the spot, posted, and reported to the township (RS-01, RS-02)."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="result_report")
    announced_on = models.DateField("当场宣布日期")
    posted_on = models.DateField("张榜公布日期", null=True, blank=True)
    reported_on = models.DateField("报镇备案日期", null=True, blank=True)

    class Meta:
        verbose_name = "结果公布和备案"
