"""Files and pastes on their way into the roll."""

import json
import uuid
from dataclasses import asdict, dataclass, field
from typing import NamedTuple

from django.db import models
from django.utils import timezone

from elections.rules.canonical import canonical


@dataclass(frozen=True)
class Figures:
    """The outcome of a file, as kept: how many rows of each kind, how often each fault; nobody's row.

    ``refused`` counts those under age and the skipped too. ``codes``: level:code → times."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    to_check: int = 0
    under_age: int = 0
    skipped: int = 0
    not_listed: dict[str, int] = field(default_factory=dict)
    cleaned: dict[str, int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    known: bool = False

    @property
    def left(self) -> int:
        """Rows that did not come into the roll and still may."""
        return self.refused - self.under_age - self.skipped + self.to_check

    @property
    def text(self) -> str:
        return canonical(asdict(self))


class Choices(NamedTuple):
    """Decisions about an import: which column of ours stands where, rows looked into, rows left out.

    References only, nobody's data. None: nothing was said of it."""

    mapping: dict[str, int] | None = None
    ticks: tuple[int, ...] | None = None
    skips: tuple[int, ...] | None = None

    @property
    def text(self) -> str:
        said = {name: value for name, value in self._asdict().items() if value is not None}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)


class RollImport(models.Model):
    """One file or paste on its way into the roll, and afterwards what it did.

    The rows as they came wait in ``source_sealed`` and what was repaired in ``repairs_sealed`` (compressed JSON, sealed
    with this row's id) until the roll is published; the file itself is not kept. Everything between is worked out anew
    from them, so a reload, a power cut or a killed worker loses nothing.
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
    choices = models.TextField("选择", editable=False, default="{}")  # see `Choices`
    summary = models.TextField("结果", editable=False, default="{}")  # see `Figures`
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
    def said(self) -> Figures | None:
        """The figures of the last check; None before there was one."""
        found = json.loads(self.summary)
        return Figures(**found) if found else None

    @property
    def chosen(self) -> Choices:
        """What was decided about it so far."""
        said = json.loads(self.choices)
        return Choices(
            said.get("mapping"), *(tuple(said[name]) if name in said else None for name in ("ticks", "skips"))
        )
