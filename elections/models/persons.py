"""One person, one record: whoever plays a part points here. Names are labels, never keys."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from elections.rules.codes import NATIONS, Education, Politics
from elections.rules.counting.offices import Office
from elections.rules.kinds import SEXES, Body


class Person(models.Model):
    """Somebody in the register of one village: its people, and those who serve there and live elsewhere.

    ``label`` is the name as lists, ballots and papers of this village show it: the bare name where nobody shares it,
    王伟（3组） where somebody does. ``id_sealed`` and ``phone_sealed`` are ciphertexts bound to this row;
    ``id_index`` is the keyed blind index for the whole site. A record that was merged stays and names the other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    village = models.ForeignKey("elections.Area", on_delete=models.PROTECT, related_name="persons")
    name = models.CharField("姓名", max_length=100)
    label = models.CharField("名单上的写法", max_length=160)
    initials = models.CharField("拼音首字母", max_length=40, blank=True)
    sex = models.CharField("性别", max_length=1, choices=list(SEXES.items()))
    birth = models.DateField("出生日期", null=True, blank=True)
    group = models.CharField("村民小组", max_length=40, blank=True)
    mark = models.CharField("区别同名的字样", max_length=20, blank=True)  # typed where group and year do not suffice
    id_index = models.UUIDField(null=True, editable=False)
    id_sealed = models.BinaryField(editable=False, default=b"")
    phone_sealed = models.BinaryField(editable=False, default=b"")
    nation = models.CharField("民族", max_length=2, choices=list(NATIONS.items()), blank=True)
    education = models.CharField("文化程度", max_length=2, choices=[(e.value, e.label) for e in Education], blank=True)
    politics = models.CharField("政治面貌", max_length=2, choices=[(p.value, p.label) for p in Politics], blank=True)
    joined_on = models.DateField("加入日期", null=True, blank=True)
    present_work = models.CharField("现工作", max_length=60, blank=True)
    callings = models.CharField("人员类别", max_length=120, blank=True)  # codes joined by commas
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged")
    merged_why = models.CharField("合并说明", max_length=200, blank=True, editable=False)
    doubt = models.TextField(
        "未能确定的情形", blank=True, default="", editable=False
    )  # until somebody corrects the record
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField("版本", default=0, editable=False)

    class Meta:
        verbose_name = "人员"
        ordering = ["label", "pk"]
        indexes = [models.Index(fields=["village", "name"], name="persons_by_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["village", "label"], condition=models.Q(merged_into=None), name="one_label_a_person"
            ),
            models.UniqueConstraint(
                fields=["id_index"],
                condition=models.Q(merged_into=None, id_index__isnull=False),
                name="one_record_an_id_number",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def calling_codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.callings.split(",") if code)


class Tenure(models.Model):
    """任职: a person held an office of a body of a village from a day until a day, and how that came and ended.

    ``since`` and ``until`` are days inclusive; an empty ``until`` is the present holder.
    """

    class How(models.TextChoices):
        ELECTED = "elected", "选举产生"
        APPOINTED = "appointed", "上级任命"
        SENT = "sent", "选派"
        IMPORTED = "imported", "上届名册录入"

    class Ending(models.TextChoices):
        TERM = "term", "任期届满"
        RESIGNED = "resigned", "辞职"
        REMOVED = "removed", "罢免"
        ENDED = "ended", "职务终止"
        MOVED = "moved", "调任"
        DIED = "died", "去世"
        ERROR = "error", "录入有误"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tenures")
    village = models.ForeignKey("elections.Area", on_delete=models.PROTECT, related_name="tenures")
    body = models.CharField("组织", max_length=12, choices=[(b.value, b.label) for b in Body])
    office = models.CharField("职务", max_length=16, choices=[(o.value, o.label) for o in Office])
    since = models.DateField("任职日期")
    until = models.DateField("离任日期", null=True, blank=True)
    how = models.CharField("产生方式", max_length=10, choices=How)
    round = models.ForeignKey("elections.Round", on_delete=models.PROTECT, null=True, related_name="tenures")
    ending = models.CharField("离任原因", max_length=10, choices=Ending, blank=True)

    class Meta:
        verbose_name = "任职"
        ordering = ["body", "since", "pk"]
        indexes = [models.Index(fields=["village", "body", "until"], name="team_of_a_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "village", "body", "office"],
                condition=models.Q(until=None),
                name="one_open_tenure_an_office",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="tenure_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None, ending="") | models.Q(until__isnull=False) & ~models.Q(ending=""),
                name="ended_with_a_reason",
            ),
        ]
