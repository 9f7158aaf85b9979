"""Lists of teams that were taken in at once, and what each of them made."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone


class TeamList(models.Model):
    """名单录入: a list of a team, or of all teams of a township, with what it takes to take it back.

    ``written`` is canonical JSON of what it made and changed, see :mod:`elections.services.team_lists`; it holds keys
    and days, nothing about a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.ForeignKey("elections.Area", on_delete=models.PROTECT, related_name="team_lists")
    count = models.PositiveIntegerField("任职")
    written = models.TextField(editable=False)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_back_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "班子名单录入"
        ordering = ["-made_at"]
