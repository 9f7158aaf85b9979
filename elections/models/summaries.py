"""What the lists show of one village, worked out once after each act instead of for every reader."""

from django.db import models


class Summary(models.Model):
    """The row of one villagers' committee's election in desk, list and overview.

    ``day`` is the day it was worked out for; empty while an act has made it out of date. ``marks`` counts the acts, so
    that a summary worked out before an act can never be stored after it.
    """

    election = models.OneToOneField(
        "elections.Election", on_delete=models.CASCADE, primary_key=True, related_name="summary"
    )
    day = models.DateField(null=True)
    marks = models.PositiveIntegerField(default=0)
    voters = models.PositiveIntegerField(default=0)
    ready = models.CharField(max_length=80, default="null")  # JSON of the step that nothing stands against
    tasks = models.TextField(default="[]", editable=False)
    items = models.TextField(default="[]", editable=False)  # both as ``selectors.digest`` writes them

    class Meta:
        verbose_name = "列表摘要"
