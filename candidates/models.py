"""Posts and seats, nominees, their vetting (NM-)."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.utils import timezone

from elections.rules.canonical import canonical
from elections.rules.kinds import SEXES


class Seat(models.Model):
    """应选职位和名额: one office of one election and how many are to be elected (NM-01)."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="seats")
    office = models.CharField("职务", max_length=16)
    number = models.PositiveSmallIntegerField("应选名额")

    class Meta:
        verbose_name = "职位职数"
        constraints = [models.UniqueConstraint(fields=["election", "office"], name="one_seat_line_an_office")]

    def __str__(self) -> str:
        return f"{self.office} {self.number}"


class Nominee(models.Model):
    """One person nominated for one office: from 初步候选人 to 正式候选人, with every decision on the way."""

    class Source(models.TextChoices):
        PARTY = "party", "村党组织提名"
        VOTERS = "voters", "登记参加选举的村民提名"
        SELF = "self", "自荐"

    class FirstCheck(models.TextChoices):
        PASSED = "passed", "初审通过"
        REFUSED = "refused", "初审不通过"

    class Conclusion(models.TextChoices):
        PASSED = "passed", "通过"
        REFUSED = "refused", "不通过"
        HELD = "held", "暂缓"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="nominees")
    voter = models.ForeignKey("voters.Voter", on_delete=models.PROTECT, null=True, related_name="nominations")
    person = models.ForeignKey("elections.Person", on_delete=models.PROTECT, null=True, related_name="nominations")
    name = models.CharField("姓名", max_length=160)
    sex = models.CharField("性别", max_length=1, choices=list(SEXES.items()))
    office = models.CharField("职务", max_length=16)
    source = models.CharField("提名方式", max_length=8, choices=Source)
    votes = models.PositiveIntegerField("提名票", default=0)
    nominated_on = models.DateField("提名日期")
    education = models.CharField("文化程度", max_length=20, blank=True)
    party = models.CharField("政治面貌", max_length=20, blank=True)
    present_post = models.CharField("现任职务", max_length=60, blank=True)
    withdrawn_on = models.DateField("退出日期", null=True, blank=True)
    bars = models.CharField("负面清单情形", max_length=600, blank=True)  # codes joined by commas
    first_check = models.CharField("镇初审", max_length=8, choices=FirstCheck, blank=True)
    first_check_reason = models.CharField("初审意见", max_length=300, blank=True)
    first_checked_on = models.DateField("初审日期", null=True, blank=True)
    conclusion = models.CharField("县联审结论", max_length=8, choices=Conclusion, blank=True)
    conclusion_reason = models.CharField("结论理由", max_length=300, blank=True)
    concluded_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="+")
    concluded_at = models.DateTimeField("结论时间", null=True, blank=True)
    formal_order = models.PositiveSmallIntegerField("正式候选人次序", null=True, blank=True)

    class Meta:
        verbose_name = "候选人"
        ordering = ["office", "formal_order", "-votes", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["election", "office", "person"],
                condition=models.Q(withdrawn_on__isnull=True),
                name="one_open_nomination_a_person_and_office",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def bar_codes(self) -> tuple[str, ...]:
        """The ticked codes of the negative list."""
        return tuple(code for code in self.bars.split(",") if code)


class Decision(models.Model):
    """One decision of the vetting, kept for good with its reason; the nominee's row shows only the latest."""

    class Act(models.TextChoices):
        FIRST_CHECK = "first_check", "镇初审"
        CONCLUSION = "conclusion", "县联审结论"
        REOPENED = "reopened", "重新审查"

    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="decisions")
    act = models.CharField("事项", max_length=12, choices=Act)
    outcome = models.CharField("结论", max_length=8, blank=True)
    bars = models.CharField("负面清单情形", max_length=600, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = "审查意见"
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.outcome}"


class PublishedLine(NamedTuple):
    """The posted data of a formal candidate (notice 9): never a day of birth, never a number."""

    office: str
    name: str
    sex: str = ""  # the word
    age: int | None = None
    party: str = ""
    education: str = ""
    present_post: str = ""


class FormalList(models.Model):
    """The formal candidates as published (NM-12). A change after publication is a further list; the old one stays."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="formal_lists")
    number = models.PositiveSmallIntegerField("第几次公布")
    published_on = models.DateField("公布日期")
    place = models.CharField("张贴地点", max_length=120)
    order = models.CharField("排列方式", max_length=8, choices=[("votes", "按得票"), ("strokes", "按姓氏笔画")])
    snapshot = models.TextField("名单", editable=False)  # see `text_of`
    fingerprint = models.CharField("指纹", max_length=64)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    met_voters_on = models.DateField("候选人与村民见面日期", null=True, blank=True)  # NM-14

    class Meta:
        verbose_name = "正式候选人名单"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_formal_list_a_number")]

    def __str__(self) -> str:
        return f"正式候选人名单 {self.number}"

    @staticmethod
    def text_of(candidates: Iterable[PublishedLine]) -> str:
        """Return the canonical text of a list, in the order posted."""
        return canonical({"candidates": [each._asdict() for each in candidates]})

    @property
    def candidates(self) -> list[PublishedLine]:
        """Who was posted, in that order."""
        return [PublishedLine(**each) for each in json.loads(self.snapshot)["candidates"]]
