"""Summaries for the lists, one a village: columns to filter, sort and count, and a row for each open task and deadline.

A cache of the facts. An act only marks it as out of date; the clock, or whoever reads first, works it out anew.
"""

from django.db import models

from elections.rules.timetable.items import Kind


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
    next_label = models.CharField(max_length=60, blank=True)  # the soonest deadline of an open task
    next_due = models.DateField(null=True)
    overdue = models.PositiveSmallIntegerField(default=0)  # deadlines of open tasks; the soonest is the first of them
    lines = models.CharField(
        max_length=32, blank=True
    )  # fingerprint of the rows below, which are replaced when it changes

    class Meta:
        verbose_name = "列表摘要"


class SummaryTask(models.Model):
    """An open task of the present stage, or (``step``) a step that nothing stands against any more."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="tasks")
    place = models.PositiveSmallIntegerField()  # order within the village
    step = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=80)
    owner = models.CharField(max_length=20)
    page = models.CharField(max_length=40)
    body = models.CharField(max_length=12)  # of the page
    status = models.CharField(max_length=8)  # todo | doing
    missing = models.TextField(blank=True)  # one sentence a line
    due = models.DateField(null=True)
    due_kind = models.CharField(max_length=4, blank=True)  # 法定 | 本地
    due_source = models.TextField(blank=True)

    class Meta:
        verbose_name = "列表中的事项"
        indexes = [models.Index(fields=["due"])]


class SummaryDeadline(models.Model):
    """One deadline of the timetable, whether or not its time has come."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="deadlines")
    key = models.CharField(max_length=20)
    label = models.CharField(max_length=60)
    kind = models.CharField(max_length=1, choices=[(kind.value, kind.label) for kind in Kind])
    latest = models.DateField()
    cite = models.TextField()
    formula = models.TextField()
    open = models.BooleanField()  # belongs to an open task of the present stage

    class Meta:
        verbose_name = "列表中的时限"
        indexes = [models.Index(fields=["latest"])]
