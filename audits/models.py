"""离任经济责任审计: the audit, its findings ledger, two publications, objections (RS-07, CP-02, CP-64…69)."""

from django.db import models


class Audit(models.Model):
    """The leaving-office audit of one village for one election."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="audit")
    auditor = models.CharField("审计单位", max_length=80)
    started_on = models.DateField("进场日期")
    period_from = models.DateField("审计期间起")
    period_to = models.DateField("审计期间止")
    scope = models.CharField("审计范围", max_length=300)
    reported_on = models.DateField("出具报告日期", null=True, blank=True)
    conclusion = models.CharField("审计结论", max_length=500, blank=True)

    class Meta:
        verbose_name = "离任审计"

    def __str__(self) -> str:
        return self.auditor


class Finding(models.Model):
    """One problem found, with its amount and how it was put right (CP-69)."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="findings")
    matter = models.CharField("问题", max_length=200)
    amount = models.DecimalField("金额（元）", max_digits=14, decimal_places=2, default=0)
    responsible = models.CharField("责任人", max_length=50)
    due_on = models.DateField("整改时限")
    closed_on = models.DateField("整改完成日期", null=True, blank=True)
    measure = models.CharField("整改情况", max_length=300, blank=True)

    class Meta:
        verbose_name = "审计发现问题"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.matter


class Publication(models.Model):
    """One publication of the result on the notice board: at least two, each at least five days (CP-68)."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="publications")
    first_day = models.DateField("公示第一天")
    last_day = models.DateField("公示最后一天")
    place = models.CharField("公示地点", max_length=120)

    class Meta:
        verbose_name = "审计公示"
        ordering = ["first_day"]

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"


class Objection(models.Model):
    """An objection of a villager to the audit, and the answer."""

    audit = models.ForeignKey(Audit, on_delete=models.PROTECT, related_name="objections")
    received_on = models.DateField("收到日期")
    matter = models.CharField("异议内容", max_length=300)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answer = models.CharField("答复", max_length=300, blank=True)

    class Meta:
        verbose_name = "审计异议"
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return self.matter
