"""Jobs: the list of work. The broker only rings; what is to be done, by whom, how far, stands here."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

ATTEMPTS = 3  # a job that brought down three workers is parked for a person to look at


def lease_time() -> timedelta:
    """Return how long a worker is believed without a sign of life; the same time passes before a bell is rung again."""
    return timedelta(seconds=getattr(settings, "JOB_LEASE_SECONDS", 60))


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, now: datetime) -> "JobQuerySet":
        """Return jobs that nobody works on: waiting, or left behind by a worker that died."""
        return self.filter(Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now))

    def take(self, job_id: uuid.UUID | str, worker: str) -> "Job | None":
        """Lease one due job to `worker` (a name used once); None when another has it or it is at its end."""
        now = timezone.now()
        due = self.due(now).filter(pk=job_id)
        due.filter(attempt__gte=ATTEMPTS).update(
            state=Job.State.PARKED, finished=now, lease_until=None, message="多次中断，已停止重试"
        )
        taken = due.filter(attempt__lt=ATTEMPTS).update(
            state=Job.State.RUNNING,
            attempt=F("attempt") + 1,
            worker=worker,
            lease_until=now + lease_time(),
            started=now,
            done=0,
        )
        return self.get(pk=job_id) if taken else None


class Job(models.Model):
    """One piece of background work. Its state changes only by conditional updates (here, `leases`, `services.jobs`)."""

    class State(models.TextChoices):
        QUEUED = "queued", "等待中"
        RUNNING = "running", "正在办理"
        DONE = "done", "已完成"
        FAILED = "failed", "没有完成"
        PARKED = "parked", "已停止重试"
        CANCELLED = "cancelled", "已取消"

    OPEN = (State.QUEUED, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("事项", max_length=40)
    version = models.PositiveSmallIntegerField(default=1)  # of the handler: an older worker leaves the job
    args = models.JSONField("参数", default=dict)  # references only, never data of people
    area_code = models.CharField("区划代码", max_length=12, db_index=True)
    asked_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="jobs")
    state = models.CharField("状态", max_length=10, choices=State, default=State.QUEUED)
    attempt = models.PositiveSmallIntegerField("第几次", default=0)
    worker = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(default=timezone.now)
    done = models.PositiveIntegerField("已完成", default=0)
    total = models.PositiveIntegerField("共", default=0)
    message = models.CharField("说明", max_length=300, blank=True)
    result = models.CharField("结果", max_length=64, blank=True)  # SHA-256 in the store
    result_name = models.CharField("文件名", max_length=120, blank=True)
    created = models.DateTimeField("提出时间", default=timezone.now)
    started = models.DateTimeField("开始时间", null=True)
    finished = models.DateTimeField("结束时间", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "后台任务"
        ordering = ["-created"]
        indexes = [models.Index(fields=["state", "rung_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def percent(self) -> int | None:
        """How far, in whole percent; None while the total is not known."""
        return self.done * 100 // self.total if self.total else None
