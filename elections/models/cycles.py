"""Cycles of change of term, and the Election: one village × one cycle × one body."""

import json

from django.core import serializers
from django.core.serializers.base import DeserializedObject
from django.db import models
from django.utils import timezone

from elections.rules import kinds, policy


def _choices(kinds) -> list[tuple[str, str]]:
    return [(each.value, each.label) for each in kinds]


class Cycle(models.Model):
    """One change of term in one county (第十二届换届)."""

    county = models.ForeignKey("elections.Area", on_delete=models.PROTECT, related_name="cycles")
    name = models.CharField("名称", max_length=60)
    term_no = models.PositiveSmallIntegerField("届次")
    pack = models.CharField("规则包", max_length=40, default="national-2025")
    starts_on = models.DateField("开始")
    ends_on = models.DateField("结束")
    target_poll_from = models.DateField("投票窗口起", null=True, blank=True)
    target_poll_until = models.DateField("投票窗口止", null=True, blank=True)

    class Meta:
        verbose_name = "换届批次"
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.name


class Election(models.Model):
    """One election. ``stage`` and ``standing`` move only through ``services.moves``."""

    village = models.ForeignKey("elections.Area", on_delete=models.PROTECT, related_name="elections")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="elections")
    body = models.CharField("选举对象", max_length=12, choices=_choices(kinds.Body))
    attempt = models.PositiveSmallIntegerField("第几次", default=1)  # 重新选举 makes a new record
    stage = models.CharField("环节", max_length=14, choices=_choices(kinds.Stage), default=kinds.Stage.PREPARATION)
    standing = models.CharField("状态", max_length=10, choices=_choices(kinds.Standing), default=kinds.Standing.ACTIVE)
    version = models.PositiveIntegerField("版本", default=0)
    stage_since = models.DateTimeField("进入本环节时间", default=timezone.now)
    poll_day = models.DateField("选举日", null=True, blank=True)
    registration_start = models.DateField("选民登记开始日", null=True, blank=True)
    pack = models.CharField("规则包", max_length=40)
    policy_values = models.TextField("开始时的规则", editable=False)  # frozen: an election keeps what it began under

    class Meta:
        verbose_name = "选举"
        ordering = ["village", "body"]
        constraints = [
            models.UniqueConstraint(fields=["village", "cycle", "body", "attempt"], name="one_election_each"),
        ]
        indexes = [models.Index(fields=["cycle", "body", "stage"])]

    def __str__(self) -> str:
        return f"{self.village} {self.get_body_display()}"

    @property
    def policy(self) -> policy.Policy:
        """The rule pack as it stood when this election began."""
        return policy.thaw(self.policy_values)

    @property
    def stage_number(self) -> int:
        return kinds.Stage(self.stage).number

    @property
    def is_open(self) -> bool:
        return self.standing == kinds.Standing.ACTIVE


class StandingChange(models.Model):
    """暂缓、恢复、无效 or 归档: who approved it, on which paper, and why."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="standing_changes")
    act = models.CharField("事项", max_length=20)
    reason = models.CharField("理由", max_length=500)
    approval = models.CharField("批准文号", max_length=80, blank=True)
    approved_on = models.DateField("批准日期", null=True, blank=True)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "状态变更"
        ordering = ["made_at"]


class Waiver(models.Model):
    """A soft gate passed by the township with a written reason: stored, shown, listed for the county."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="waivers")
    guard = models.CharField("条件", max_length=80)
    text = models.CharField("当时的问题", max_length=300)
    reason = models.CharField("理由", max_length=500)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "说明理由后通过"
        constraints = [models.UniqueConstraint(fields=["election", "guard"], name="one_waiver_a_guard")]


class Posting(models.Model):
    """A notice put up (张贴): the key of the notice, the first day, the place, who. It starts legal clocks (NT-03)."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="postings")
    key = models.CharField("公告", max_length=20)
    posted_on = models.DateField("张贴日期")
    place = models.CharField("张贴地点", max_length=120)
    posted_by = models.CharField("张贴人", max_length=50)

    class Meta:
        verbose_name = "张贴登记"
        ordering = ["posted_on"]


class Removal(models.Model):
    """A fact taken out by somebody: kept whole, so that it can be put back."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="removals")
    what = models.CharField("内容", max_length=40)
    data = models.TextField(editable=False)  # see `text_of`
    removed_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(default=timezone.now)
    restored_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "删除记录"
        ordering = ["-removed_at"]

    @staticmethod
    def text_of(row: models.Model) -> str:
        """Return the row as Django writes rows."""
        return serializers.serialize("json", [row])

    @property
    def label(self) -> str:
        """What kind of row it was, as ``app.model``."""
        return json.loads(self.data)[0]["model"]

    def row(self) -> DeserializedObject:
        """Return the row as it was, to be saved again."""
        return next(iter(serializers.deserialize("json", self.data)))
