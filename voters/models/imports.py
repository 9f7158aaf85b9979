"""Files and pastes on their way into the roll (C54–C56)."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone


class RollImport(models.Model):
    """One file or paste on its way into the roll, and afterwards what it did.

    The rows as they came wait in ``source_sealed`` and what was repaired in ``repairs_sealed`` (compressed JSON, sealed
    with this row's id) until the roll is published; the file itself is not kept. Everything between is worked out anew
    from them, so a reload, a power cut or a killed worker loses nothing (5.12, UX-43).
    """

    class State(models.TextChoices):
        READING = "reading", "读取中"
        OPEN = "open", "检查中"
        DONE = "done", "已导入"
        UNDONE = "undone", "已撤销"
        DROPPED = "dropped", "已放弃"

    class Kind(models.TextChoices):
        FILE = "file", "上传文件"
        PASTE = "paste", "粘贴"
        LAST_TERM = "last_term", "复制上届名单"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_imports")
    kind = models.CharField("来源", max_length=10, choices=Kind, default=Kind.FILE)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    file_name = models.CharField("文件名", max_length=120)
    file_hash = models.CharField("文件指纹", max_length=64)
    file_sealed = models.BinaryField(editable=False, default=b"")  # while it is read, or has more sheets to choose from
    source_sealed = models.BinaryField(editable=False, default=b"")
    repairs_sealed = models.BinaryField(editable=False, default=b"")
    before_sealed = models.BinaryField(editable=False, default=b"")  # rows as they were: what undoing puts back
    choices = models.TextField("选择", editable=False, default="{}")  # columns, ticks: references only
    summary = models.TextField("结果", editable=False, default="{}")  # canonical JSON: figures, no person
    headings_mark = models.CharField(
        max_length=64, blank=True, editable=False
    )  # which columns a file of this shape has
    job = models.ForeignKey("elections.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=0)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "名单导入"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"

    @property
    def said(self) -> dict[str, Any]:
        """The figures of the last check."""
        return json.loads(self.summary)
