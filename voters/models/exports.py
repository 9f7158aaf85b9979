"""Lists with full numbers, and how often a limited act was done."""

import uuid

from django.db import models
from django.utils import timezone


class RollExport(models.Model):
    """A list with full numbers that somebody asked for: why, how many rows, who agreed, how often it was taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_exports")
    number = models.PositiveIntegerField("份号")
    query = models.CharField("范围", max_length=2000, blank=True)  # the filter of the list, as in its address
    rows = models.PositiveIntegerField("人数")
    reason = models.CharField("用途", max_length=200)
    asked_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField("下载次数", default=0)

    class Meta:
        verbose_name = "带身份证号的名单"
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_export_a_number")]

    def __str__(self) -> str:
        return f"第{self.number}份"


class Tally(models.Model):
    """A count of how often a person did something limited in one hour: looking up full numbers, uploading."""

    user = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=20)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "每小时次数"
        constraints = [models.UniqueConstraint(fields=["user", "act", "hour"], name="one_tally_an_hour")]

    def __str__(self) -> str:
        return f"{self.act} {self.count}"
