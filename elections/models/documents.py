"""Papers: printed from a frozen snapshot, stored under the hash of their bytes."""

import uuid

from django.db import models
from django.utils import timezone


class Paper(models.Model):
    """One official paper of an election. The snapshot is fixed when it is made; the bytes follow from it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="papers")
    village = models.ForeignKey("elections.Area", on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField("文书", max_length=24)
    number = models.PositiveSmallIntegerField("第几份")  # per election and kind; a correction is a new paper
    title = models.CharField("标题", max_length=120)
    snapshot = models.TextField("要素", editable=False)  # canonical JSON exactly as hashed
    fingerprint = models.CharField("指纹", max_length=64, unique=True)  # SHA-256 of kind, template version, snapshot
    code = models.CharField("校验码", max_length=12, unique=True)  # what /check/<code>/ is asked for
    pdf = models.CharField("PDF", max_length=64, blank=True)  # SHA-256 of the bytes in the store
    pages = models.PositiveSmallIntegerField("页数", default=0)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("生成时间", default=timezone.now)

    class Meta:
        verbose_name = "文书"
        ordering = ["-made_at"]
        constraints = [models.UniqueConstraint(fields=["election", "kind", "number"], name="one_paper_a_number")]

    def __str__(self) -> str:
        return self.title
