"""Published rolls, objections and changes after publication (VR-12…16)."""

import json
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.utils import timezone

from elections.rules.canonical import canonical
from voters.rules.categories import CAUSES


class RollLine(NamedTuple):
    """One line of a roll as it is posted: nothing of a person but name, sex, group and class (VR-19)."""

    number: int
    group: str
    name: str
    sex: str
    category: str

    @property
    def group_name(self) -> str:
        return self.group or "未分组"


class RollVersion(models.Model):
    """A published roll or supplement: number, N, fingerprint, frozen text of what was posted (VR-12, VR-15)."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_versions")
    number = models.PositiveSmallIntegerField("第几版")  # 1 = the roll, 2… = supplements
    published_on = models.DateField("公布日期")
    place = models.CharField("张贴地点", max_length=120)
    count = models.PositiveIntegerField("登记参加选举人数")
    added = models.PositiveIntegerField("增加", default=0)
    removed = models.PositiveIntegerField("减少", default=0)
    corrected = models.PositiveIntegerField("更正", default=0)
    snapshot = models.TextField("名单", editable=False)  # see `text_of`
    fingerprint = models.CharField("指纹", max_length=64)  # SHA-256 of the snapshot
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "公布的名单"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_roll_version_a_number")]

    def __str__(self) -> str:
        return f"第{self.number}版"

    @staticmethod
    def text_of(lines: Iterable[RollLine]) -> str:
        """Return the canonical text of a roll: [[number, group, name, sex, category], …]."""
        return canonical(list(lines))

    @property
    def lines(self) -> list[RollLine]:
        """What was posted, in the order of the numbers."""
        return [RollLine(*line) for line in json.loads(self.snapshot)]


class RollObjection(models.Model):
    """名单申诉: received within five days, decided within three, the decision published (VR-13…15)."""

    class Decision(models.TextChoices):
        ADD = "add", "增加"
        REMOVE = "remove", "减少"
        CORRECT = "correct", "更正"
        REJECT = "reject", "维持原名单"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_objections")
    voter = models.ForeignKey(
        "voters.Voter", on_delete=models.PROTECT, null=True, blank=True, related_name="objections"
    )
    person = models.CharField("申诉涉及的人", max_length=100)
    objector = models.CharField("申诉人", max_length=100)
    matter = models.CharField("申诉内容", max_length=300)
    received_on = models.DateField("收到日期")
    in_time = models.BooleanField("在申诉期限内", default=True)  # a late one may still show an obvious error (VR-16)
    answer_by = models.DateField("处理时限")
    decision = models.CharField("处理决定", max_length=8, choices=Decision, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    published_in = models.ForeignKey(RollVersion, on_delete=models.PROTECT, null=True, related_name="objections")
    published_on = models.DateField("决定公布日期", null=True, blank=True)

    class Meta:
        verbose_name = "名单申诉"
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.received_on}"


class RollChange(models.Model):
    """名单变动: one change of one voter's row by hand — who, when, what, why. The only way once the roll is published.

    ``before_sealed`` and ``after_sealed`` hold what changed (compressed JSON), sealed with this row's id.
    """

    class Kind(models.TextChoices):
        REGISTER = "register", "登记"
        CORRECT = "correct", "更正"
        OMIT = "omit", "移出名单"
        RESTORE = "restore", "列入名单"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_changes")
    voter = models.ForeignKey("voters.Voter", on_delete=models.PROTECT, related_name="changes", db_constraint=False)
    kind = models.CharField("变动", max_length=8, choices=Kind)
    reason = models.CharField("理由", max_length=300, blank=True)
    cause = models.CharField("增加的原因", max_length=16, choices=[(c.value, w) for c, w in CAUSES.items()], blank=True)
    objection = models.ForeignKey(RollObjection, on_delete=models.PROTECT, null=True, related_name="changes")
    after_publication = models.BooleanField("公布后", default=False)
    posted = models.BooleanField("改动公布的内容", default=False)  # a supplement has to tell it (VR-15)
    columns = models.CharField("改动的项目", max_length=200, blank=True)
    before_sealed = models.BinaryField(editable=False, default=b"")
    after_sealed = models.BinaryField(editable=False, default=b"")
    published_in = models.ForeignKey(RollVersion, on_delete=models.PROTECT, null=True, related_name="changes")
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "名单变动"
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()
