"""The journal: every act in words that cannot be changed unseen, one chain for each area."""

import json
from functools import cached_property
from typing import Any, NotRequired, TypedDict

from django.db import models


class EntryText(TypedDict):
    """The body of an entry."""

    act: str
    actor: int | None
    area: str
    at: str
    clock_went_back: NotRequired[int]  # seconds
    db: str
    details: dict[str, Any]
    hash: str
    key: int
    obj: str
    prev: str
    request: str
    role: str
    seq: int


def read_body(text: str) -> EntryText:
    """Return what an entry says. Raises ``ValueError`` for a text that is none."""
    return json.loads(text)


class JournalEntry(models.Model):
    """One act. Written only by `elections.journal.record`; triggers refuse every change (append_only.py).

    `body` is canonical JSON, kept as text exactly as it was hashed; `mac` binds it to all entries before it. The other
    columns repeat the body so that they can be searched; verification compares them.
    """

    area_code = models.CharField("区划代码", max_length=12)
    seq = models.PositiveIntegerField("序号")
    at = models.DateTimeField("时间")
    act = models.CharField("事项", max_length=60)
    actor = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="+")
    obj = models.CharField("对象", max_length=120, blank=True, db_index=True)
    body = models.TextField("正文")
    mac = models.CharField("校验值", max_length=64)

    class Meta:
        verbose_name = "操作记录"
        ordering = ["area_code", "seq"]
        constraints = [models.UniqueConstraint(fields=["area_code", "seq"], name="one_entry_a_place")]

    def __str__(self) -> str:
        return f"{self.area_code}-{self.seq} {self.act}"

    @cached_property
    def said(self) -> EntryText:
        """The body as written: act, actor, area, at, details, obj, request, role, seq and the chain's own keys."""
        return read_body(self.body)

    @property
    def role(self) -> str:
        return self.said["role"]

    @property
    def details(self) -> dict[str, Any]:
        return self.said["details"]


class JournalHead(models.Model):
    """The newest entry of a chain, under a keyed seal: a tail that is cut off is missed."""

    area_code = models.CharField(max_length=12, primary_key=True)
    seq = models.PositiveIntegerField()
    mac = models.CharField(max_length=64)
    at = models.DateTimeField()
    key = models.PositiveSmallIntegerField()
    keyed = models.CharField(max_length=64)

    class Meta:
        verbose_name = "操作记录末条"

    def __str__(self) -> str:
        return f"{self.area_code}-{self.seq}"
